"""Rosters of a small town, imported one after the other, and what then stands."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session, select

from access.import_roster import RosterImporter
from access.models import Assignment, Employment
from config.applied_imports import AppliedImport
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from config.tables.receipt import Receipt
from tests.importing import CHICAGO, current_rows

HEADINGS = "employee_id,name,title,department,hire_date\n"
OFFICERS = tuple(f"{number},Officer {number},Officer,Police,1999-03-01\n" for number in range(10, 30))
ANN, BO = "1,Ann Olson,Officer,Police,1972-05-01\n", "2,Bo Larson,Clerk,Finance,2010-02-01\n"
FIRST = HEADINGS + "".join((ANN, BO, *OFFICERS))
NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
MARCH_1, APRIL_1 = date(2025, 3, 1), date(2025, 4, 1)
MIDNIGHT_OF_MARCH_1 = datetime(2025, 3, 1, 6, tzinfo=UTC)


def roster(
    session: Session,
    folder: Path,
    text: str,
    as_of: date | None = None,
    *,
    partial: bool = False,
    yes: bool = False,
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> Receipt:
    """Import a roster as the door does, each a minute after the one before."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(as_of=as_of, partial=partial, yes=yes)
    request = ImportRequest("roster", path, {}, dry_run, skip_bad_rows, options=options)
    now = NOON.replace(minute=len(session.exec(select(AppliedImport)).all()))
    return import_table(session, RosterImporter(session, CHICAGO, options), request, now=now, by="clerk")[0]


def listed(receipt: Receipt, name: str) -> list[tuple[int | None, str, str, str]]:
    """Give the entries of a list of a receipt; none where it has no such list."""
    return [
        (entry.number, entry.subject, entry.was, entry.now)
        for listing in receipt.listings
        if listing.name == name
        for entry in listing.entries
    ]


def held(session: Session, employee_id: str) -> list[tuple[str, str, str]]:
    """Give what an employee holds: code, first and last day as local dates, empty where open."""
    return [
        (row.position_code, local(row.start), local(row.end))
        for row in current_rows(session, Assignment)
        if row.employee_id == employee_id
    ]


def employed(session: Session, employee_id: str) -> list[tuple[str, str]]:
    rows = [row for row in current_rows(session, Employment) if row.employee_id == employee_id]
    return [(local(row.start), local(row.end)) for row in rows]


def local(instant: datetime | None) -> str:
    return f"{instant.astimezone(CHICAGO):%Y-%m-%d}" if instant else ""
