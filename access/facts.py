"""All that was known at an instant of people, positions, logins, series and work access, ready to be resolved.

Times are microseconds since 1970 in UTC, with `ALWAYS` and `FOREVER` where a period is open. A row of a grant says from
which event on it is timely (`timely_from`): the time at which it was recorded, less the grace of its kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Period(NamedTuple):
    """Somebody's period of employment or office."""

    employee_id: str
    start: int
    end: int


class Holding(NamedTuple):
    """An employee holds a position during a period."""

    employee_id: str
    position_code: str
    start: int
    end: int
    timely_from: int


class Access(NamedTuple):
    """Work access of a holder: a position's code, a department, an employee's id, or everyone."""

    grant_id: str
    series: str
    holder_type: str
    holder: str
    actions: int
    purposes: str
    start: int
    end: int
    timely_from: int
    authority: str


class Duty(NamedTuple):
    """A temporary duty, or an officer's specified duty (series may then be `*`), of one employee."""

    grant_id: str
    employee_id: str
    series: str
    actions: int
    purposes: str
    start: int
    end: int
    timely_from: int
    authority: str


class Revocation(NamedTuple):
    """A temporary duty was revoked: by whom, from when on, and until when it had been planned."""

    by: str
    at: int
    planned_end: int


class Login(NamedTuple):
    """Whose login it is, during a period; a shared or service login, or one of nobody, has no employee."""

    system: str
    login: str
    kind: str
    employee_id: str
    start: int
    end: int


class MeantPurpose(NamedTuple):
    """Which purpose is meant by a text that people type, or by a pattern of such texts; see `PurposeMeaning`."""

    source: str
    match: str
    typed: str
    purpose: str


@dataclass(frozen=True)
class SeriesFacts:
    """What the decision needs of a data series, and what lists of it mark.

    Args:
        retired: From when on it takes in nothing new; in microseconds since 1970 in UTC.
    """

    code: str
    name: str
    public: bool
    untestable: tuple[str, ...]
    retired: int | None = None


@dataclass(frozen=True)
class EmployeeFacts:
    """What explanations need of an employee."""

    employee_id: str
    name: str
    manager_id: str


@dataclass(frozen=True)
class PositionFacts:
    """A position's title and department."""

    position_code: str
    title: str
    department: str


@dataclass(frozen=True)
class Facts:
    """Everything known at one instant of the service's own clock."""

    zone: ZoneInfo
    employees: Mapping[str, EmployeeFacts]
    positions: Mapping[str, PositionFacts]
    series: Mapping[str, SeriesFacts]
    employments: tuple[Period, ...]
    offices: tuple[Period, ...]
    holdings: tuple[Holding, ...]
    accesses: tuple[Access, ...]
    duties: tuple[Duty, ...]
    officer_duties: tuple[Duty, ...]
    logins: tuple[Login, ...]
    patterns: tuple[tuple[str, str, str], ...]  # system, pattern, series
    purposes: tuple[MeantPurpose, ...] = ()
    revocations: Mapping[str, Revocation] = field(default_factory=dict)  # by the id of the grant

    @cached_property
    def employments_of(self) -> Mapping[str, Sequence[Period]]:
        """When each employee is employed; one who never is has none."""
        return _by_employee(self.employments)

    @cached_property
    def offices_of(self) -> Mapping[str, Sequence[Period]]:
        """When each employee holds an office; one who never does has none."""
        return _by_employee(self.offices)

    @cached_property
    def accesses_to(self) -> Mapping[str, Sequence[Access]]:
        """The work access to each series, in its order; one to which there is none has none."""
        accesses = defaultdict[str, list[Access]](list)
        for access in self.accesses:
            accesses[access.series].append(access)
        return dict(accesses)


def _by_employee(periods: Iterable[Period]) -> dict[str, list[Period]]:
    by_employee = defaultdict[str, list[Period]](list)
    for period in periods:
        by_employee[period.employee_id].append(period)
    return dict(by_employee)
