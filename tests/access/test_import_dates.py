"""Dates in imported tables: midnights, fillers, the order of day and month, periods that end before they start."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_roster import RosterImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.models import Assignment, Employment, TemporaryDuty
from tests.importing import current_rows, import_text, refusals

EMPLOYEES = "employee_id,name,hire_date,separation_date\n"


def _ends(session: Session, folder: Path, *cells: str) -> tuple[list[datetime | None], tuple[str, ...]]:
    rows = "".join(f"E{n},Ann,2020-01-01,{cell}\n" for n, cell in enumerate(cells, 1))
    receipt = import_text(session, EmployeeImporter, folder, EMPLOYEES + rows)
    return [employment.end for employment in current_rows(session, Employment)], receipt.notices


def test_a_midnight_in_any_spelling_is_that_day_and_is_counted(session: Session, tmp_path: Path) -> None:
    spellings = ("2025-03-31 00:00:00", "3/31/2025 0:00", "2025-03-31T00:00", "31-Mar-2025 12:00 AM", "2025-03-31")

    ends, notices = _ends(session, tmp_path, *spellings)

    assert set(ends) == {datetime(2025, 4, 1, 5, tzinfo=UTC)}
    [notice] = notices
    assert notice == (
        "Column separation_date: 4 cells with the clock time 0:00 and no offset; read as the date (row 2, 3, 4, 5)."
    )


def test_a_midnight_with_its_offset_is_that_instant(session: Session, tmp_path: Path) -> None:
    ends, notices = _ends(session, tmp_path, "2025-03-31T00:00:00-05:00")

    assert (ends, notices) == ([datetime(2025, 3, 31, 5, tzinfo=UTC)], ())


def test_fillers_leave_a_period_open_and_are_counted(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,1/1/1900,12/31/9999\nE2,Bo,0001-01-01,2999-12-31 23:59:59\nE3,Cy,1901-01-01,2899-12-31\n"

    receipt = import_text(session, EmployeeImporter, tmp_path, text)

    periods = [(period.start is None, period.end is None) for period in current_rows(session, Employment)]
    assert periods == [(True, True), (True, True), (False, False)]
    assert [notice.split(" in a")[0] for notice in receipt.notices] == [
        "Column hire_date: 2 cells",
        "Column separation_date: 2 cells",
    ]


def test_a_filler_where_a_period_needs_both_sides_is_refused(people: Session, tmp_path: Path) -> None:
    duties = "employee_id,series,actions,start,end,granted_by,reason,recorded_at,revoked_at\n"
    text = (
        f"{duties}E1,S2,view,2025-03-01,9999-12-31,E2,leave,,\nE1,S2,view,2025-03-01,2025-03-31,E2,leave,9999-12-31,\n"
    )

    sentences = refusals(people, TemporaryDutyImporter, tmp_path, text)
    import_text(people, TemporaryDutyImporter, tmp_path, f"{duties}E1,S2,view,2025-03-01,2025-03-31,E2,x,,12/31/9999\n")

    assert ["column end" in sentences[0], "column recorded_at" in sentences[1]] == [True, True]
    assert [duty.revoked_at for duty in current_rows(people, TemporaryDuty)] == [None]


@pytest.mark.parametrize(
    ("cells", "day", "told"),
    [
        (("3/4/2025", "5/6/2025"), (2025, 3, 5), "none of its dates"),
        (("3/4/2025", "3/31/2025"), (2025, 3, 5), ""),
        (("3/4/2025", "31/12/2025"), (2025, 4, 4), "day first"),
    ],
)
def test_the_whole_column_tells_whether_day_or_month_stands_first(
    session: Session, tmp_path: Path, cells: tuple[str, ...], day: tuple[int, int, int], told: str
) -> None:
    ends, notices = _ends(session, tmp_path, *cells)

    assert ends[0] == datetime(*day, 6 if day[1] < 4 and day[2] < 9 else 5, tzinfo=UTC)
    assert [told in notice for notice in notices] == ([True] if told else [])


def test_a_column_that_proves_both_orders_refuses_what_is_doubtful(session: Session, tmp_path: Path) -> None:
    cells = ("3/4/2025", "3/31/2025", "31/12/2025", "2025-05-01", "4/4/2025")
    text = EMPLOYEES + "".join(f"E{n},Ann,2020-01-01,{cell}\n" for n, cell in enumerate(cells, 1))

    sentences = refusals(session, EmployeeImporter, tmp_path, text)

    assert [sentence.split(",")[1] for sentence in sentences] == [" row 2", " row 4"]
    assert 'month first ("3/31/2025" in row 3) and with the day first ("31/12/2025" in row 4)' in sentences[0]


def test_a_roster_is_looked_over_for_the_order_as_well(session: Session, tmp_path: Path) -> None:
    text = "name,title,department,hire_date\nAnn,Clerk,Finance,3/4/2025\nBo,Clerk,Finance,31/12/2024\n"

    import_text(session, RosterImporter, tmp_path, text)

    assert min(held.start for held in current_rows(session, Assignment) if held.start) == datetime(
        2024, 12, 31, 6, tzinfo=UTC
    )


def test_a_period_that_ends_the_day_before_it_starts_is_refused_in_every_kind(people: Session, tmp_path: Path) -> None:
    duty = "employee_id,series,actions,start,end,granted_by,reason\nE1,S2,view,2025-03-31,2025-03-30,E2,leave\n"
    held = "employee_id,position_code,start_date,end_date\nE1,P1,2025-03-31,3/30/2025 0:00\n"
    employed = EMPLOYEES + "E9,Lo,2025-11-29T00:00:00-06:00,2025-11-28\n"

    found = [
        refusals(people, importer, tmp_path, text)
        for importer, text in (
            (TemporaryDutyImporter, duty),
            (AssignmentImporter, held),
            (EmployeeImporter, employed),
        )
    ]

    assert ["a period cannot end before it starts" in sentence for [sentence] in found] == [True] * 3


def test_a_period_of_one_day_is_one_day(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,2025-03-31,2025-03-31\n")

    [employment] = current_rows(session, Employment)
    assert (employment.start, employment.end) == (
        datetime(2025, 3, 31, 5, tzinfo=UTC),
        datetime(2025, 4, 1, 5, tzinfo=UTC),
    )
