"""Which heading of a file serves a column: by usual spellings, by what the user said, remembered."""

from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_positions import PositionImporter
from access.models import Position
from config.errors import Invalid
from config.remedies import Advice, Remedy
from tests.config.tables.positions import THREE
from tests.importing import counts, current_rows, import_text


@pytest.mark.parametrize(
    "headings",
    [
        "POSITION CODE,Title,Department",
        "PositionCode,Job Title,Dept.",
        "Position-Code,Title (as posted),Department Name:",
        "Position #,Job Titles,Department",
    ],
)
def test_headings_are_known_in_their_usual_spellings(headings: str, session: Session, tmp_path: Path) -> None:
    receipt = import_text(session, PositionImporter, tmp_path, headings + "\nP1,Clerk,Finance\n")

    assert counts(receipt) == (1, 0, 0, 0)


def test_of_several_headings_that_mean_one_column_the_likeliest_serves(session: Session, tmp_path: Path) -> None:
    text = "position_code,title,AGENCY_NAME,DEPARTMENT_NAME\nP1,Clerk,City,Finance\n"

    receipt = import_text(session, PositionImporter, tmp_path, text)

    assert receipt.columns["department"] == "DEPARTMENT_NAME"
    assert receipt.notices == ("Columns kept out, as nothing here is called so: AGENCY_NAME.",)


def test_content_without_a_heading_between_others_is_left_out_with_a_notice(session: Session, tmp_path: Path) -> None:
    text = "position_code,,title,department\nP1,,Clerk,Finance\nP2,x,Clerk,Finance\n"

    receipt = import_text(session, PositionImporter, tmp_path, text)

    assert counts(receipt) == (2, 0, 0, 0)
    assert receipt.notices == ("Content without a heading was left out: column 2 (first in line 3).",)


def test_a_number_of_a_thing_is_not_taken_for_its_name(session: Session, tmp_path: Path) -> None:
    text = "position_code,title,DEPTID,Department (ID),Division\nP1,Clerk,A1,A1,Finance\n"

    receipt = import_text(session, PositionImporter, tmp_path, text)

    assert receipt.columns["department"] == "Division"


def test_a_missing_column_is_named_with_the_headings_there_are(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        import_text(session, PositionImporter, tmp_path, "position_code,what they do\nP1,Clerk\n")

    assert str(refusal.value) == (
        "table.csv has no column for title, department. Its headings (row 1) are: position_code, what they do."
    )
    assert refusal.value.remedy == Remedy(Advice.MAP_HEADING, about="title")


def test_what_the_user_says_of_a_heading_is_remembered(session: Session, tmp_path: Path) -> None:
    text = THREE.replace("title", "what they do")
    import_text(session, PositionImporter, tmp_path, text, mapping={"What they do": "title"})

    receipt = import_text(session, PositionImporter, tmp_path, text)

    assert counts(receipt) == (0, 0, 3, 0)


def test_the_users_word_on_a_heading_comes_before_our_own(session: Session, tmp_path: Path) -> None:
    text = "position_code,title,payroll name,department\nP1,CLK2,Clerk,Finance\n"

    receipt = import_text(session, PositionImporter, tmp_path, text, mapping={"payroll name": "title"})

    assert receipt.columns["title"] == "payroll name"
    assert current_rows(session, Position)[0].title == "Clerk"


def test_a_heading_said_anew_comes_before_the_one_said_of_other_files(session: Session, tmp_path: Path) -> None:
    text = "position_code,old words,new words,department\nP1,CLK2,Clerk,Finance\n"
    import_text(session, PositionImporter, tmp_path, text, mapping={"old words": "title"})

    receipt = import_text(session, PositionImporter, tmp_path, text, mapping={"new words": "title"})

    assert receipt.columns["title"] == "new words"


def test_a_mapping_of_a_heading_that_the_file_lacks_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match='has no heading "job"'):
        import_text(session, PositionImporter, tmp_path, THREE, mapping={"job": "title"})


def test_two_headings_said_to_mean_one_column_are_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match='both "title" and "department" were said to be title'):
        import_text(session, PositionImporter, tmp_path, THREE, mapping={"title": "title", "department": "title"})
