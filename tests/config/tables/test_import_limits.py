"""What is recorded of every kind of table, and what is too long, too wide or no text for any."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from access.import_employees import EmployeeImporter
from access.import_kinds import IMPORT_KINDS
from access.import_positions import PositionImporter
from access.login_forms import state_login_form
from access.models import LoginForm, Position
from config.errors import Conflict, Invalid
from config.tables.facts import Plans
from config.tables.kind import Contradiction
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.refused_rows import RefusedRow
from tests.config.tables.positions import HEADINGS, THREE
from tests.importing import JULY_1, counts, current_rows, import_text, refusals


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
    "purposes": "source,typed,match,purpose\nhris,aud chk,text,audit\n",
    "cases": "case_number,opened,closed\n25-004711,2025-01-05,2025-03-01\n",
    "trainings": "employee_id,training,completed,expires\nE1,CJIS,2025-01-05,2027-01-04\n",
}


def test_a_row_of_every_kind_is_recorded_and_known_again(session: Session, tmp_path: Path) -> None:
    options = {"roster": ImportOptions(as_of=JULY_1.date(), partial=True, yes=True)}
    how: dict[str, Any] = {
        "strip_domain_prefix": True,
        "strip_domain_suffix": True,
        "recorded_at": JULY_1,
        "recorded_by": "HR",
    }
    state_login_form(session, LoginForm(source="hris", system="hris", **how))  # of a source is said what purposes mean

    def outcomes() -> dict[str, tuple[int, int, int, int]]:
        return {
            kind: counts(import_text(session, IMPORT_KINDS[kind], tmp_path, text, options=options.get(kind, AS_IT_IS)))
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
    with pytest.raises(Conflict, match=r"\(that name is too long\)\. Nothing was imported\."):
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


# --- Rows that only look like some ---


def test_headings_that_stand_again_between_the_rows_are_no_row(session: Session, tmp_path: Path) -> None:
    [sentence] = refusals(session, PositionImporter, tmp_path, THREE + HEADINGS + "P4,Mayor,Council\n")

    assert sentence == "table.csv, row 5: it repeats the headings, as where files were put together; delete it."


def test_a_cell_of_which_nothing_can_be_seen_is_empty(session: Session, tmp_path: Path) -> None:
    [sentence] = refusals(session, PositionImporter, tmp_path, HEADINGS + "\u200b\ufeff,Clerk,Finance\n")

    assert sentence == "table.csv, row 2, column position_code: is empty, but every row needs it; fill the cell."
