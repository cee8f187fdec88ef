"""The engine under every import: receipts, repetition, change, dry runs, bad rows and headings."""

import csv
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_kinds import IMPORT_KINDS
from access.import_positions import PositionImporter
from access.models import Assignment, Position
from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.tables.facts import Plans
from config.tables.heading_mapping import HeadingMapping
from config.tables.kind import Contradiction
from config.tables.refused_rows import RefusedRow
from tests.databases import on_both
from tests.importing import JULY_1, counts, current_rows, import_text, refusals

HEADINGS = "position_code,title,department\n"
THREE = HEADINGS + "P1,Clerk,Finance\nP2,Assessor,Assessing\nP3,Clerk,Police\n"


@on_both
def test_every_row_of_a_file_is_counted_once(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, HEADINGS + "P1,Clerk,Finance\nP2,Clerk,Police\n")
    mixed = HEADINGS + "P1,Clerk,Finance\nP2,Chief Clerk,Police\nP3,Assessor,Assessing\nP4,,Assessing\n,,\n"

    receipt = import_text(session, PositionImporter, tmp_path, mixed, skip_bad_rows=True)

    assert counts(receipt) == (1, 1, 1, 1)
    assert receipt.read == 4
    assert str(receipt) == (
        "table.csv: 4 rows read: 1 added, 1 changed, 1 unchanged, 1 refused. 1 earlier version closed."
    )


def test_the_same_file_again_changes_nothing(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)

    receipt = import_text(session, PositionImporter, tmp_path, THREE, now=JULY_1 + timedelta(days=1))

    assert counts(receipt) == (0, 0, 3, 0)
    assert {row.recorded_at for row in current_rows(session, Position)} == {JULY_1}
    assert len(session.exec(select(Position)).all()) == 3


@on_both
def test_a_changed_fact_closes_one_row_and_opens_another_at_the_same_instant(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)
    later = JULY_1 + timedelta(days=1)

    receipt = import_text(session, PositionImporter, tmp_path, THREE.replace("Assessor", "Appraiser"), now=later)

    versions = session.exec(select(Position).where(Position.position_code == "P2").order_by("id")).all()
    assert receipt.closed == 1
    assert [(row.title, row.recorded_at, row.superseded_at, row.superseded_by) for row in versions] == [
        ("Assessor", JULY_1, later, "clerk"),
        ("Appraiser", later, None, None),
    ]


def test_what_is_missing_from_a_file_stands(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)

    receipt = import_text(session, PositionImporter, tmp_path, HEADINGS + "P4,Mayor,Council\n")

    assert receipt.closed == 0
    assert [row.position_code for row in current_rows(session, Position)] == ["P1", "P2", "P3", "P4"]


def test_a_dry_run_gives_the_receipt_and_records_nothing(session: Session, tmp_path: Path) -> None:
    text = THREE.replace("title", "what they do")
    mapping = {"what they do": "title"}

    receipt = import_text(session, PositionImporter, tmp_path, text, mapping=mapping, dry_run=True)

    assert counts(receipt) == (3, 0, 0, 0)
    assert current_rows(session, Position) == []
    assert session.exec(select(HeadingMapping)).all() == []
    assert not (tmp_path / "table.rejects.csv").exists()


def test_a_file_with_a_bad_row_imports_nothing_and_says_where(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="1 of 4 rows cannot be taken; nothing was imported") as refusal:
        import_text(session, PositionImporter, tmp_path, THREE + "P4,,Police\n")

    assert refusal.value.details == (
        "table.csv, row 5, column title: is empty, but every row needs it; fill the cell.",
    )
    assert current_rows(session, Position) == []


def test_skipped_rows_are_written_to_a_rejects_file_that_can_be_mended_and_imported(
    session: Session, tmp_path: Path
) -> None:
    bad = THREE + 'P4,,"Police, Records"\n'
    import_text(session, PositionImporter, tmp_path, bad, skip_bad_rows=True)
    rejects = tmp_path / "table.rejects.csv"
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        [reject] = csv.DictReader(file)

    assert reject["refused because"].startswith("table.csv, row 5, column title: is empty")
    mended = rejects.read_text(encoding="utf-8-sig").replace("P4,,", "P4,Clerk,")
    receipt = import_text(session, PositionImporter, tmp_path, mended, name="mended.csv")
    assert counts(receipt) == (1, 0, 0, 0)
    assert current_rows(session, Position)[-1].department == "Police, Records"


@on_both
@pytest.mark.parametrize("letter", ["x", "🂡"])
def test_a_key_longer_than_an_index_holds_is_refused_on_every_database(
    session: Session, tmp_path: Path, letter: str
) -> None:
    [sentence] = refusals(session, PositionImporter, tmp_path, THREE + f"{letter * 501},Clerk,Police\n")

    assert sentence.startswith('table.csv, row 5, column position_code: "')
    assert sentence.endswith("has 501 characters; shorten it to 500 at most.")
    receipt = import_text(session, PositionImporter, tmp_path, THREE + f"{letter * 500},Clerk,Police\n")
    assert counts(receipt) == (4, 0, 0, 0)


def test_rejects_that_cannot_be_written_stop_the_import(session: Session, tmp_path: Path) -> None:
    (tmp_path / "table.rejects.csv").mkdir()

    with pytest.raises(Conflict, match="Nothing was imported"):
        import_text(session, PositionImporter, tmp_path, THREE + "P4,,Police\n", skip_bad_rows=True)

    assert current_rows(session, Position) == []


def test_of_two_rows_that_say_otherwise_of_one_thing_the_later_is_refused(session: Session, tmp_path: Path) -> None:
    text = THREE + "P1,Chief Clerk,Finance\n"

    [sentence] = refusals(session, PositionImporter, tmp_path, text)

    assert sentence == (
        'table.csv, row 5, column title: "Chief Clerk" contradicts row 2, which says "Clerk" of position_code P1; '
        "keep one of the two."
    )


def test_a_row_that_repeats_what_stands_does_not_save_one_that_contradicts_it(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)
    text = HEADINGS + "P1,Chief Clerk,Finance\nP1,Clerk,Finance\n"

    receipt = import_text(session, PositionImporter, tmp_path, text, dry_run=True)

    assert counts(receipt) == (0, 1, 0, 1)
    assert receipt.refused[0].number == 3


def test_a_row_written_twice_counts_once_as_added(session: Session, tmp_path: Path) -> None:
    receipt = import_text(session, PositionImporter, tmp_path, THREE + "P1,Clerk,Finance\n")

    assert counts(receipt) == (3, 0, 1, 0)


def test_several_periods_of_one_position_may_begin_together(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)
    import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\nE1,Ann Olson,2020-01-01\n")
    headings = "employee_id,position_code,start_date,end_date\n"
    import_text(session, AssignmentImporter, tmp_path, headings + "E1,P1,2025-01-01,2025-01-31\n")
    text = headings + "E1,P1,2025-01-01,2025-01-31\nE1,P1,2025-01-01,2025-06-30\n"

    receipt = import_text(session, AssignmentImporter, tmp_path, text)

    assert counts(receipt) == (1, 0, 1, 0)
    assert len(current_rows(session, Assignment)) == 2


def test_an_end_entered_later_changes_the_period_that_began_then(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE)
    import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\nE1,Ann Olson,2020-01-01\n")
    headings = "employee_id,position_code,start_date,end_date\n"
    import_text(session, AssignmentImporter, tmp_path, headings + "E1,P1,2025-01-01,\n")

    receipt = import_text(session, AssignmentImporter, tmp_path, headings + "E1,P1,2025-01-01,2025-06-30\n")

    assert counts(receipt) == (0, 1, 0, 0)
    assert len(current_rows(session, Assignment)) == 1


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


def test_a_row_with_too_few_cells_is_refused_and_kept_as_it_stood(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, THREE + "P4,Clerk\n", skip_bad_rows=True)

    with (tmp_path / "table.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        [reject] = csv.DictReader(file)
    assert reject["refused text"] == "P4,Clerk"
    assert reject["refused row"] == "5"


def test_a_table_is_recorded_in_one_statement_whatever_cells_are_empty(session: Session, tmp_path: Path) -> None:
    rows = "E1,Ann,2020-01-01,\nE2,Bo,2020-01-01,2021-01-01\nE3,Cy,2020-01-01,\n"
    statements: list[str] = []
    listening = (session.connection(), "before_cursor_execute", lambda *asked: statements.append(asked[2]))

    event.listen(*listening)
    import_text(session, EmployeeImporter, tmp_path, f"employee_id,name,hire_date,separation_date\n{rows}")
    event.remove(*listening)

    assert len([asked for asked in statements if asked.startswith("INSERT INTO employments")]) == 1


def test_a_refused_row_is_data_that_can_be_shown_in_other_words(session: Session, tmp_path: Path) -> None:
    receipt = import_text(session, PositionImporter, tmp_path, THREE + "P1,Head,Finance\nP5\n", dry_run=True)

    assert receipt.refused == (
        RefusedRow(
            file="table.csv",
            number=5,
            column="title",
            heading="title",
            value="Head",
            reason='contradicts row 2, which says "Clerk" of position_code P1; keep one of the two',
            cells=("P1", "Head", "Finance"),
        ),
        RefusedRow(
            file="table.csv",
            number=6,
            column="",
            heading="",
            value="",
            reason="there are 1 cells under 3 headings; a separator is missing, or a line ends inside a cell that has "
            "no quotation marks",
            source="P5",
        ),
    )


def test_a_file_that_states_nothing_new_is_not_checked_again(session: Session, tmp_path: Path) -> None:
    text = "employee_id,name,hire_date\nE1,Ann,2020-01-01\n"
    import_text(session, EmployeeImporter, tmp_path, text)

    import_text(session, _NeverChecked, tmp_path, text)

    with pytest.raises(AssertionError, match="checked"):
        import_text(session, _NeverChecked, tmp_path, text.replace("Ann", "Anne"))


class _NeverChecked(EmployeeImporter):
    def check(self, plans: Plans) -> Sequence[Contradiction]:
        raise AssertionError(f"checked {plans}")


# --- Every kind on every database ---

ONE_ROW_EACH = {
    "positions": "position_code,title,department\nP1,Clerk,Finance\n",
    "employees": "employee_id,name,hire_date\nE1,Zo\u00eb,2020-01-06\n",
    "inventory": "name,code,work_access\nPayroll,PAY,Clerk; some\n",
    "assignments": "employee_id,position_code,start_date,recorded_at\nE1,P1,2020-01-06,2020-01-05T09:30:15.000001Z\n",
    "roster": "name,title,department,hire_date\nAnn,Clerk,Police,1/5/1999\n",
    "accounts": "system,login,employee_id,start\nhris,ann,E1,2020-01-06\n",
    "work-access": "series,holder_type,holder,actions,purposes\nPAY,everyone,,view;print,audit\n",
    "temporary-duties": "employee_id,series,actions,start,end,granted_by,reason\nE1,PAY,*,2025-01-01,2025-02-01,Bo,x\n",
    "officers": "office,employee_id,start\nadministrator,E1,2020-01-06\n",
    "officer-duties": "employee_id,series,duty,start,end\nE1,*,requests,2025-01-01,2025-12-31\n",
    "resources": "system,pattern,series\nhris,/pay/*,PAY\n",
}


def test_a_row_of_every_kind_is_recorded_and_known_again(session: Session, tmp_path: Path) -> None:
    def outcomes() -> dict[str, tuple[int, int, int, int]]:
        return {
            kind: counts(import_text(session, IMPORT_KINDS[kind], tmp_path, text))
            for kind, text in ONE_ROW_EACH.items()
        }

    assert outcomes() == dict.fromkeys(IMPORT_KINDS, (1, 0, 0, 0))
    assert outcomes() == dict.fromkeys(IMPORT_KINDS, (0, 0, 1, 0))


# --- What is too long, too wide or no text ---


def test_a_cell_longer_than_any_cell_of_a_workbook_is_refused(session: Session, tmp_path: Path) -> None:
    text = HEADINGS.replace("\n", ",notes\n") + f"P1,{'x' * 32_768},Finance,\nP2,Clerk,Finance,{'y' * 32_768}\n"

    [sentence] = refusals(session, PositionImporter, tmp_path, text)

    assert sentence == (
        f'table.csv, row 2, column title: "{"x" * 80}\u2026" has 32,768 characters; shorten it to 32,767 at most.'
    )


def test_of_thousands_of_headings_a_sentence_names_the_first(session: Session, tmp_path: Path) -> None:
    headings = [f"column {number} {'x' * 99}" for number in range(16_384)]

    for mapping, said in [({}, "has no column for position_code"), ({"y" * 9_999: "title"}, 'has no heading "yyy')]:
        with pytest.raises(Invalid, match=said) as refusal:
            import_text(session, PositionImporter, tmp_path, ",".join(headings) + "\n", mapping=mapping)
        assert len(str(refusal.value)) < 4_000


@pytest.mark.skipif(sys.platform == "darwin", reason="names are text there")
def test_a_name_that_is_no_text_is_written_out(session: Session, tmp_path: Path) -> None:
    receipt = import_text(
        session, PositionImporter, tmp_path, THREE + "P4,,Police\n", name="caf\udce9.csv", skip_bad_rows=True
    )

    assert receipt.file == "caf\\udce9.csv"
    assert receipt.refused[0].sentence.isprintable()
    assert (tmp_path / "caf\udce9.rejects.csv").exists()


def test_a_name_too_long_to_write_rejects_beside_it_stops_the_import(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=r"that name is too long\. Nothing was imported; give the file a shorter name"):
        import_text(
            session, PositionImporter, tmp_path, THREE + "P4,,Police\n", name=f"{'n' * 251}.csv", skip_bad_rows=True
        )

    assert current_rows(session, Position) == []
    assert [path.suffix for path in tmp_path.iterdir() if path.is_file()] == [".csv"]


def test_a_file_that_needs_more_memory_than_allowed_is_refused(session: Session, tmp_path: Path) -> None:
    less_than_nothing = -1_000  # as what other tests held before may be used again

    with pytest.raises(Invalid, match=r"table\.csv needs more memory than the "):
        import_text(session, PositionImporter, tmp_path, THREE, memory_limit_mb=less_than_nothing)

    assert current_rows(session, Position) == []
