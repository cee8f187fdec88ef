"""Import who works here, or worked here, and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.headings import EMAIL_HEADINGS, EMPLOYEE_ID_HEADINGS, HIRE_DATE_HEADINGS, MANAGER_ID_HEADINGS, NAME_HEADINGS
from access.import_rows import AccessImporter
from access.models import Employee, Employment
from config.database import Recorded
from config.tables.kind import Column, Contradiction, Fact, Plan, Plans, Row, StatedTable, standing_rows

_CHAIN_SHOWN = 8


class EmployeeImporter(AccessImporter):
    """Reads `employee_id, name, email?, manager_id?, hire_date, separation_date?`; a rehire is a second row.

    A separation date is the last day of employment. What the file has no column for stays as it is recorded.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee_id", needed=True, also=EMPLOYEE_ID_HEADINGS),
        Column("name", needed=True, also=NAME_HEADINGS),
        Column("email", also=EMAIL_HEADINGS),
        Column("manager_id", also=MANAGER_ID_HEADINGS),
        Column("hire_date", needed=True, also=HIRE_DATE_HEADINGS),
        Column("separation_date", also=("termination date", "date of separation", "end of employment")),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        Employee: StatedTable(identity=("employee_id",)),
        Employment: StatedTable(identity=("employee_id", "start")),
    }

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__(session, zone)
        self._recorded = {row.employee_id: row for row in standing_rows(session, Employee)}
        self._ends = {(row.employee_id, row.start): row.end for row in standing_rows(session, Employment)}

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one employee and one period of employment."""
        employee_id = row.text("employee_id")
        recorded = self._recorded.get(employee_id)
        start, end = self._period(row, "hire_date", "separation_date")
        if not row.states("separation_date"):
            end = self._ends.get((employee_id, start))
        employee = Fact(
            Employee,
            employee_id=employee_id,
            name=row.text("name"),
            email=stated_or_recorded(row, "email", recorded),
            manager_id=stated_or_recorded(row, "manager_id", recorded),
        )
        return [employee, Fact(Employment, employee_id=employee_id, start=start, end=end)]

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans[Employee])


def stated_or_recorded(row: Row, column: str, recorded: Any) -> str:  # noqa: ANN401 - a standing row of any table, or None
    """Give a cell's text; of what the file has no column for, the text that stands."""
    return row.text(column) if recorded is None or row.states(column) else str(getattr(recorded, column))


def check_managers(plan: Plan) -> list[Contradiction]:
    """Find the newly stated employees whose manager is nobody here, or is managed by them in the end."""
    manager_of = {row.employee_id: row.manager_id for _, row in plan.standing()}
    stated = {row.employee_id: number for number, row in plan.opened}
    recorded = {row.employee_id for row in (*plan.kept, *plan.closed)}
    nobody = "is no known employee_id; import the manager too, or correct the id"
    refused = {one for one in stated if manager_of[one] and manager_of[one] not in manager_of}
    found = [Contradiction(stated[one], "manager_id", nobody) for one in refused]
    found += _under_refused(manager_of, stated, refused, recorded)
    return found + [
        Contradiction(stated[one], "manager_id", f"makes a circle of managers, {_chain(circle)}; correct one of them")
        for circle in _circles(manager_of)
        for one in circle
        if one in stated
    ]


def _under_refused(
    manager_of: Mapping[str, str], stated: Mapping[str, int], refused: Iterable[str], recorded: Iterable[str]
) -> list[Contradiction]:
    """Find, level by level, those whose manager would be a new employee whose own row is refused."""
    team: dict[str, list[str]] = defaultdict(list)
    for one in stated:
        team[manager_of[one]].append(one)
    known, waiting, found = set(recorded), list(refused), list[Contradiction]()
    while waiting:
        manager = waiting.pop()
        if manager in known:
            continue  # an earlier version of this row stands
        for one in team[manager]:
            reason = f"is the employee of row {stated[manager]}, which is refused; correct that row"
            found.append(Contradiction(stated[one], "manager_id", reason))
            waiting.append(one)
    return found


def _circles(manager_of: Mapping[str, str]) -> list[list[str]]:
    circles: list[list[str]] = []
    seen: set[str] = set()
    for first in manager_of:
        path: dict[str, int] = {}
        one = first
        while one in manager_of and one not in seen:
            seen.add(one)
            path[one] = len(path)
            one = manager_of[one]
        if one in path:
            circles.append(list(path)[path[one] :])
    return circles


def _chain(circle: Sequence[str]) -> str:
    shown = " -> ".join([*circle[:_CHAIN_SHOWN], circle[0]])
    return f"{shown}, with {len(circle) - _CHAIN_SHOWN} more between" if len(circle) > _CHAIN_SHOWN else shown
