"""The nouns of the sample city; those that refer to another do so by its number in the city's list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.sample_city.systems import System
from app.sample_city.year import Period

ENTITY = "City of Otter Prairie, Minnesota"


@dataclass(frozen=True)
class Department:
    """A department or one district's part of it; its first title is its head's."""

    name: str
    shift: str
    systems: tuple[str, ...]
    size: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """A job; level 0 heads the department."""

    code: str
    title: str
    department: int
    level: int


@dataclass(frozen=True)
class Series:
    """One row of the inventory."""

    code: str
    name: str
    description: str
    classification: str
    citation: str
    work_access: str
    department: int
    systems: tuple[str, ...]
    retention: str
    purposes: tuple[str, ...]
    subject: str

    @property
    def reference(self) -> str:
        """Name the series as the other files do."""
        return self.code or self.name

    @property
    def public(self) -> bool:
        """Say whether every class of the series is public."""
        return self.classification == "Public"


@dataclass(frozen=True)
class Employee:
    """A person on the payroll, at present or before."""

    employee_id: str
    name: str
    login: str
    department: int
    manager: int | None
    employments: tuple[Period, ...]

    def employed_at(self, instant: int) -> bool:
        """Say whether the person is employed then."""
        return any(period.holds_at(instant) for period in self.employments)


@dataclass(frozen=True)
class Assignment:
    """An employee's holding of a position, both dates included."""

    employee: int
    position: int
    start: date
    end: date | None
    recorded_at: int | None = None

    @property
    def period(self) -> Period:
        """Give the days as a period of instants."""
        return Period.of_dates(self.start, self.end)


@dataclass(frozen=True)
class Account:
    """A login of one system, and the ways the system's log writes it."""

    system: int
    login: str
    logged: tuple[str, ...]
    employee: int | None
    kind: str
    period: Period


@dataclass(frozen=True)
class WorkAccess:
    """One row of the work access file; None stands for any action or purpose."""

    series: int
    holder_type: str
    holder: int | None
    actions: tuple[str, ...] | None
    purposes: tuple[str, ...] | None
    period: Period
    authority: str
    recorded_at: int | None = None


@dataclass(frozen=True)
class TemporaryDuty:
    """A manager's assignment of a series to one employee for a limited time."""

    employee: int
    series: int
    actions: tuple[str, ...] | None
    purposes: tuple[str, ...] | None
    period: Period
    granted_by: int
    reason: str
    recorded_at: int | None
    revoked_at: int | None


@dataclass(frozen=True)
class Officer:
    """A designated office held by an employee."""

    office: str
    employee: int
    period: Period


@dataclass(frozen=True)
class OfficerDuty:
    """What an officer is to do with a series, or with all of them (None)."""

    employee: int
    series: int | None
    duty: str
    period: Period
    recorded_at: int | None


@dataclass(frozen=True)
class LaterRoster:
    """A roster as of a day.

    Args:
        employees: The employees as the other files know them: who left is employed, who is back is not, and who has a
            new name has the old one.
        assignments: The assignments as the other files know them: who moved holds the old position.
        leavers: The numbers of those who left with the day before.
        movers: The numbers of those who hold another position from the day on.
    """

    employees: Sequence[Employee]
    assignments: Sequence[Assignment]
    leavers: Sequence[int]
    movers: Sequence[int]


@dataclass
class City:
    """Everything the city's files say; each list is made from those before it."""

    systems: tuple[System, ...]
    departments: Sequence[Department] = ()
    positions: Sequence[Position] = ()
    employees: Sequence[Employee] = ()
    series: Sequence[Series] = ()
    assignments: Sequence[Assignment] = ()
    accounts: Sequence[Account] = ()
    officers: Sequence[Officer] = ()
    work_access: Sequence[WorkAccess] = ()
    officer_duties: Sequence[OfficerDuty] = ()
    duties: Sequence[TemporaryDuty] = ()
    roster: LaterRoster | None = None

    @cached_property
    def positions_of(self) -> list[list[int]]:
        """Give the positions of each department, its head's first."""
        found: list[list[int]] = [[] for _ in self.departments]
        for number, position in enumerate(self.positions):
            found[position.department].append(number)
        return found

    @cached_property
    def not_public(self) -> list[int]:
        """Give the series that are not wholly public."""
        return [number for number, one in enumerate(self.series) if not one.public]

    @cached_property
    def accounts_of(self) -> dict[tuple[int, int], list[Account]]:
        """Give the accounts of each (employee, system)."""
        found: dict[tuple[int, int], list[Account]] = defaultdict(list)
        for account in self.accounts:
            if account.employee is not None:
                found[account.employee, account.system].append(account)
        return found

    @cached_property
    def system_numbers(self) -> dict[str, int]:
        """Give each system's number by its name."""
        return {system.name: number for number, system in enumerate(self.systems)}

    def holds_office_at(self, employee: int, instant: int) -> bool:
        """Say whether the employee is a designated officer then."""
        return any(officer.employee == employee and officer.period.holds_at(instant) for officer in self.officers)
