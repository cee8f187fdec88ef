"""What the stories of misuse stand on: who could open what then, and which rule an access would meet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from app.sample_city.chance import Chance
from app.sample_city.city import Account, City, Employee
from app.sample_city.reach import Grant, Reach
from app.sample_city.year import DAY, HOUR, MINUTE, SECOND, YEAR_END, YEAR_START, in_repeated_hour

_WAKING_HOURS = range(6 * HOUR, 22 * HOUR)
Held = tuple[int, int, Grant]  # employee, series, grant


class Attempt(NamedTuple):
    """An access that an employee makes with an own login."""

    employee: int
    series: int
    time: int
    action: str
    purpose: str


class IdleLogin(NamedTuple):
    """A login that is open during [start, end) although its holder is not employed then."""

    account: Account
    start: int
    end: int
    why: str


class Scene:
    """The city on the stage of the stories."""

    def __init__(self, city: City, reach: Reach, chance: Chance) -> None:
        self.city, self.reach, self.chance = city, reach, chance
        self.untestable = sorted(reach.untestable)
        officers = {officer.employee for officer in city.officers}
        self.staff = [number for number in range(len(city.employees)) if number not in officers]

    @cached_property
    def _held(self) -> list[Held]:
        """Every grant of the staff that is of some use in the year."""
        every = ((number, series, grant) for number in self.staff for series, grant in self._grants_of(number))
        return [held for held in every if held[2].end > YEAR_START and held[2].start < YEAR_END]

    def _grants_of(self, employee: int) -> Iterator[tuple[int, Grant]]:
        for series, grants in self.reach.grants[employee].items():
            for grant in grants:
                yield series, grant

    @cached_property
    def ended(self) -> list[Held]:
        """Give the grants that end in the year."""
        return [held for held in self._held if held[2].end < YEAR_END]

    @cached_property
    def to_begin(self) -> list[Held]:
        """Give the grants that begin in the year."""
        return [held for held in self._held if held[2].start > YEAR_START]

    @cached_property
    def recorded_late(self) -> list[Held]:
        """Give the grants that were recorded only after some of the year in which they hold."""
        return [held for held in self._held if held[2].timely_from > max(held[2].start, YEAR_START)]

    @cached_property
    def with_actions(self) -> list[Held]:
        """Give the grants of some actions only."""
        return [held for held in self._held if held[2].actions is not None]

    @cached_property
    def with_purposes(self) -> list[Held]:
        """Give the grants for some purposes only."""
        return [held for held in self._held if held[2].purposes is not None]

    @cached_property
    def idle_logins(self) -> list[IdleLogin]:
        """Give the logins that were open while their holders were not employed."""
        return [
            idle
            for account in self.city.accounts
            if account.employee is not None
            for idle in _idle(account, self.city.employees[account.employee])
        ]

    @cached_property
    def closed_logins(self) -> list[Account]:
        """Give the logins that end in the year and that nobody has afterwards."""
        times = Counter((account.system, account.login) for account in self.city.accounts)
        closed = [account for account in self.city.accounts if YEAR_START < account.period.end < YEAR_END]
        return [account for account in closed if times[account.system, account.login] == 1]

    def login_for(self, employee: int, series: int, instant: int) -> Account | None:
        """Give the login with which an employee can open a series then, if there is one."""
        if not self.city.employees[employee].employed_at(instant):
            return None
        for system in (self.city.system_numbers[name] for name in self.city.series[series].systems):
            for account in self.city.accounts_of.get((employee, system), []):
                if account.period.holds_at(instant):
                    return account
        return None

    def read_as_meant(self, system: int, instant: int) -> bool:
        """Say whether a system's log can write the instant so that it is read as the same."""
        return self.city.systems[system].clock != "local" or not in_repeated_hour(instant)

    def reason_for(self, attempt: Attempt) -> str:
        """Say which of the rules about grants, 7 to 16 of the decision table, an access meets first."""
        time = attempt.time
        grants = self.reach.grants[attempt.employee].get(attempt.series, [])
        in_force = [grant for grant in grants if grant.start <= time < grant.end]
        if in_force:
            return _reason_in_force(in_force, attempt)
        if self.city.holds_office_at(attempt.employee, time):
            return "officer_without_duty"
        if attempt.series in self.reach.untestable:
            return "untestable_access"
        if any(grant.end <= time for grant in grants):
            return "assignment_ended"
        return "assignment_not_begun" if grants else "no_work_assignment"

    def series_in(self, system: int) -> Sequence[int]:
        """Give the series that a system holds and that are not wholly public."""
        name = self.city.systems[system].name
        return [number for number in self.city.not_public if name in self.city.series[number].systems]

    def some_moment(self, start: int, end: int) -> int:
        """Draw a full second in [start, end), in waking hours where that is easy."""
        for _ in range(8):
            moment = self.chance.randrange(start, end, SECOND)
            if (moment - YEAR_START) % DAY in _WAKING_HOURS:  # an hour off in summer: near enough for a story
                return moment
        return self.chance.randrange(start, end, SECOND)

    def burst(self, first: int, most: int) -> list[int]:
        """Give one to `most` moments that follow each other within minutes."""
        times = [first]
        for _ in range(self.chance.randrange(most)):
            times.append(times[-1] + self.chance.randrange(15 * SECOND, 4 * MINUTE, SECOND))
        return times


def _idle(account: Account, person: Employee) -> Iterator[IdleLogin]:
    """Find the times of the year before, between and after a person's employments when the login is open."""
    start = account.period.start
    for number, employment in enumerate(person.employments):
        yield from _cut(
            account, start, employment.start, "between two employments" if number else "before the first day"
        )
        start = employment.end
    yield from _cut(account, start, account.period.end, "after separation")


def _cut(account: Account, start: int, end: int, why: str) -> Iterator[IdleLogin]:
    first, last = max(start, account.period.start, YEAR_START), min(end, account.period.end, YEAR_END)
    if first < last:
        yield IdleLogin(account, first, last, why)


def _reason_in_force(in_force: Sequence[Grant], attempt: Attempt) -> str:
    right_action = [grant for grant in in_force if grant.actions is None or attempt.action in grant.actions]
    if not right_action:
        return "action_exceeds_assignment"
    right_purpose = [grant for grant in right_action if grant.purposes is None or attempt.purpose in grant.purposes]
    if not right_purpose:
        return "purpose_not_described"
    timely = any(grant.timely_from <= attempt.time for grant in right_purpose)
    return "assigned" if timely else "backdated"
