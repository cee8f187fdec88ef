"""The engine under every import: receipts, repetition, change, dry runs and bad rows."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_positions import PositionImporter
from access.models import Assignment, Position
from config.errors import Invalid
from config.tables.heading_mapping import HeadingMapping
from tests.config.tables.positions import HEADINGS, THREE
from tests.databases import on_both
from tests.importing import JULY_1, counts, current_rows, import_text, refusals


@on_both
def test_every_row_of_a_file_is_counted_once(session: Session, tmp_path: Path) -> None:
    import_text(session, PositionImporter, tmp_path, HEADINGS + "P1,Clerk,Finance\nP2,Clerk,Police\n")
    mixed = HEADINGS + "P1,Clerk,Finance\nP2,Chief Clerk,Police\nP3,Assessor,Assessing\nP4,,Assessing\n,,\n"

    receipt = import_text(session, PositionImporter, tmp_path, mixed, skip_bad_rows=True)

    assert counts(receipt) == (1, 1, 1, 1)
    assert receipt.read == 4
    assert str(receipt) == (
        "table.csv: 4 rows read: 1 added, 1 changed, 1 unchanged, 1 refused. 1 earlier version closed. Import 2."
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
