"""Import who works here, or worked here, and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.disable_officials import disable_officials_who_left
from access.headings import EMAIL_HEADINGS, EMPLOYEE_ID_HEADINGS, HIRE_DATE_HEADINGS, MANAGER_ID_HEADINGS, NAME_HEADINGS
from access.import_rows import AccessImporter
from access.managers import check_managers, manager_of_row
from access.stated import EMPLOYEES, EMPLOYMENTS, StatedEmployee, StatedEmployment
from config.spellings import Spellings
from config.tables.facts import Fact, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row
from config.tables.options import AS_IT_IS, ImportOptions, Option
from config.texts import compare_form


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
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._put_aside: dict[str, int] = {}

    def put_aside(self, row: Row | None) -> None:
        """Remember whose row is refused, as others may name them as their manager."""
        if row is not None:
            self._put_aside.setdefault(compare_form(row.text("employee_id")), row.number)

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one employee and one period of employment."""
        employee_id = self._ids.of(row.text("employee_id"))
        start, end = self._period(row, "hire_date", "separation_date")
        if not row.states("separation_date"):
            end = self._ends.get((employee_id, start))
        manager_id = manager_of_row(self, row, employee_id, self._ids)
        employee = StatedEmployee(employee_id, row.text("name"), row.text("email"), manager_id)
        if not (row.states("email") and row.states("manager_id")) and (before := self._recorded.get(employee_id)):
            email = row.text("email", before.email)
            manager_id = manager_id if row.states("manager_id") else before.manager_id
            employee = employee._replace(email=email, manager_id=manager_id)
        return employee, StatedEmployment(employee_id, start, end)

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find managers who are nobody here, or who are above themselves."""
        return check_managers(plans.of(EMPLOYEES), self._put_aside)

    def follow_up(self, now: datetime, by: str) -> Iterable[str]:
        """Disable the officials whose employment has ended."""
        return disable_officials_who_left(self._session, now=now, by=by)

    @cached_property
    def _ids(self) -> Spellings:
        return Spellings(employee.employee_id for employee in self.current(EMPLOYEES).facts)

    @cached_property
    def _recorded(self) -> Mapping[str, StatedEmployee]:
        return {employee.employee_id: employee for employee in self.current(EMPLOYEES).facts}

    @cached_property
    def _ends(self) -> Mapping[tuple[str, datetime | None], datetime | None]:
        employments = self.current(EMPLOYMENTS).facts
        return {(employment.employee_id, employment.start): employment.end for employment in employments}
