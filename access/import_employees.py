"""Import who works here, or worked here, and when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from access.headings import EMAIL_HEADINGS, EMPLOYEE_ID_HEADINGS, HIRE_DATE_HEADINGS, MANAGER_ID_HEADINGS, NAME_HEADINGS
from access.import_rows import AccessImporter
from access.stated import EMPLOYEES, EMPLOYMENTS, StatedEmployee, StatedEmployment
from config.tables.facts import Fact, Plan, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row

_CHAIN_SHOWN = 8


class EmployeeImporter(AccessImporter):
    """Reads `employee_id, name, email?, manager_id?, hire_date, separation_date?`; a rehire is a second row.

    A separation date is the last day of employment. What the file has no column for stays as it is recorded.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", needed=True, also=EMPLOYEE_ID_HEADINGS, holds=Holds.ID),
        OurColumn("name", needed=True, also=NAME_HEADINGS),
        OurColumn("email", also=EMAIL_HEADINGS),
        OurColumn("manager_id", also=MANAGER_ID_HEADINGS, holds=Holds.ID),
        OurColumn("hire_date", needed=True, also=HIRE_DATE_HEADINGS, holds=Holds.DATE),
        OurColumn(
            "separation_date", also=("termination date", "date of separation", "end of employment"), holds=Holds.DATE
        ),
    )
    tables: ClassVar[StatedTables] = (EMPLOYEES, EMPLOYMENTS)

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one employee and one period of employment."""
        employee_id = row.text("employee_id")
        start, end = self._period(row, "hire_date", "separation_date")
        if not row.states("separation_date"):
            end = self._ends.get((employee_id, start))
        employee = StatedEmployee(employee_id, row.text("name"), row.text("email"), row.text("manager_id"))
        if not (row.states("email") and row.states("manager_id")) and (before := self._recorded.get(employee_id)):
            email, manager_id = row.text("email", before.email), row.text("manager_id", before.manager_id)
            employee = employee._replace(email=email, manager_id=manager_id)
        return employee, StatedEmployment(employee_id, start, end)

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans.of(EMPLOYEES))

    @cached_property
    def _recorded(self) -> Mapping[str, StatedEmployee]:
        return {employee.employee_id: employee for employee in self.current(EMPLOYEES).facts}

    @cached_property
    def _ends(self) -> Mapping[tuple[str, datetime | None], datetime | None]:
        employments = self.current(EMPLOYMENTS).facts
        return {(employment.employee_id, employment.start): employment.end for employment in employments}


def check_managers(plan: Plan[StatedEmployee]) -> list[Contradiction]:
    """Find the newly stated employees whose manager is nobody here, or is managed by them in the end."""
    manager_of = {employee.employee_id: employee.manager_id for _, employee in plan.then_current()}
    stated = {employee.employee_id: number for number, employee in plan.opened}
    nobody = "is no known employee_id; import the manager too, or correct the id"
    refused = [employee for employee in stated if manager_of[employee] and manager_of[employee] not in manager_of]
    found = [Contradiction(stated[employee], "manager_id", nobody) for employee in refused]
    if refused:
        recorded = {employee.employee_id for employee in (*plan.kept, *plan.closed.values())}
        found += _under_refused(manager_of, stated, refused, recorded)
    return found + [
        Contradiction(
            stated[employee], "manager_id", f"makes a circle of managers, {_chain(circle)}; correct one of them"
        )
        for circle in _circles(manager_of)
        for employee in circle
        if employee in stated
    ]


def _under_refused(
    manager_of: Mapping[str, str], stated: Mapping[str, int], refused: Iterable[str], recorded: Collection[str]
) -> list[Contradiction]:
    """Find, level by level, those whose manager would be a new employee whose own row is refused."""
    team: dict[str, list[str]] = defaultdict(list)
    for employee in stated:
        team[manager_of[employee]].append(employee)
    waiting, found = list(refused), list[Contradiction]()
    while waiting:
        manager = waiting.pop()
        if manager in recorded:
            continue  # an earlier version of this row is current
        for employee in team[manager]:
            reason = f"is the employee of row {stated[manager]}, which is refused; correct that row"
            found.append(Contradiction(stated[employee], "manager_id", reason))
            waiting.append(employee)
    return found


def _circles(manager_of: Mapping[str, str]) -> list[list[str]]:
    circles: list[list[str]] = []
    seen: set[str] = set()
    for first in manager_of:
        path: dict[str, int] = {}
        employee = first
        while employee in manager_of and employee not in seen:
            seen.add(employee)
            path[employee] = len(path)
            employee = manager_of[employee]
        if employee in path:
            circles.append(list(path)[path[employee] :])
    return circles


def _chain(circle: Sequence[str]) -> str:
    shown = " -> ".join([*circle[:_CHAIN_SHOWN], circle[0]])
    return f"{shown}, with {len(circle) - _CHAIN_SHOWN} more between" if len(circle) > _CHAIN_SHOWN else shown
