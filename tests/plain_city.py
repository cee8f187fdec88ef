"""The plainest city of the reference: one employee without any grant, and rows that replace its own."""

import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO

from tests.cities.files import COLUMNS
from tests.reference.facts import Cells, City, Row

Lines = dict[str, str]

LOADED = datetime(2024, 1, 1, tzinfo=UTC)
LIVE = datetime(2025, 3, 1, 12, tzinfo=UTC)

# One employee without any grant; Chicago is at -06:00 until 2025-03-09 08:00Z, then at -05:00.
PLAIN: Lines = {
    "inventory": "Permit files,,private,Minn. Stat. 13.43,,S1",
    "positions": "P1,Clerk,Permits\nP2,Assessor,Taxes",
    "employees": "E1,Ann Olson,,,2020-01-01,",
    "accounts": "permits,ann,E1,,,",
    "resources": "permits,db.s1.*,S1",
}
VIEWED = {
    "system": "permits",
    "time": "2025-03-15T12:00:00Z",
    "account": "ann",
    "resource": "db.s1.list",
    "action": "view",
    "subject": "C-1",
    "purpose": "",
}


def a_city(rows: Lines, *, zone: str = "America/Chicago", late: Lines | None = None) -> City:
    """Build the plain city with some kinds' rows replaced.

    Args:
        rows: CSV lines by kind, their cells in the order of the columns in DOMAIN.md section 5; entered before go-live.
        zone: The entity's zone, and its logs'.
        late: More rows, entered at the very instant of go-live.
    """
    read: dict[str, list[Row]] = {}
    for entered_at, by_kind in ((LOADED, PLAIN | rows), (LIVE, late or {})):
        for kind, lines in by_kind.items():
            rows_of_kind = csv.DictReader(StringIO(lines), COLUMNS[kind])
            read.setdefault(kind, []).extend(Row(cells, entered_at) for cells in rows_of_kind)
    return City(zone, read, source_zones={"permits": zone}, went_live_at=LIVE)


@dataclass(frozen=True)
class Sample:
    """A city, one event in it and the answer; the claim says why."""

    claim: str
    answer: str
    rows: Lines = field(default_factory=dict)
    event: Cells = field(default_factory=dict)
    late: Lines = field(default_factory=dict)
    zone: str = "America/Chicago"


def inventory(classes: str, work_access: str = "") -> Lines:
    return {"inventory": f'Permit files,,"{classes}",,"{work_access}",S1'}


def duty(**cells: str) -> Lines:
    """Give a temporary duty of March 2025 for any action and purpose, changed by keyword."""
    plain = {"employee_id": "E1", "series": "S1", "actions": "*", "start": "2025-03-01", "end": "2025-03-31"}
    return {"temporary-duties": ",".join((plain | cells).get(name, "") for name in COLUMNS["temporary-duties"])}


def access(holder_type: str, holder: str, **cells: str) -> Lines:
    """Give work access without limits, changed by keyword."""
    plain = {"series": "S1", "holder_type": holder_type, "holder": holder, "actions": "*"}
    return {"work-access": ",".join((plain | cells).get(name, "") for name in COLUMNS["work-access"])}


def at(time: str) -> Cells:
    return {"time": time}


CLERK: Lines = {"assignments": "E1,P1,2024-01-01,,"}
CLERK_IN_MARCH: Lines = {"assignments": "E1,P1,2025-03-01,2025-03-31,"}
OFFICER: Lines = {"officers": "hr_manager,E1,2025-01-01,"}
ANY_DUTY: Lines = {"officer-duties": "E1,*,data request,2025-03-01,2025-03-31,"}
LEFT: Lines = {"employees": "E1,Ann Olson,,,2020-01-01,2025-03-14"}
REHIRED: Lines = {"employees": "E1,Ann Olson,,,2020-01-01,2025-01-31\nE1,Ann Olson,,,2025-03-15,"}
