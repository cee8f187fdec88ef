"""What the names in logs mean: whose account, which series, which described purpose. Each distinct name is asked once.

The results are small tables for the deciding SQL; times are microseconds since 1970 in UTC.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from access.accounts import AccountNormalising
from access.facts import Facts, Login, Period
from access.rules import normal_purpose
from audit.rules import Standing, Target
from config.clock import ALWAYS
from inventory.match_resources import IGNORE, PUBLIC, ResourceMap

# Later than any end of a period, so that the last spell of an account holds every event.
BEYOND = 2**63 - 1


class Spell(NamedTuple):
    """Whose an account is during [start, end), and whether that employee holds a designated office then.

    `account_key` is the form in which accounts compare.
    """

    source_key: int
    account: str
    account_key: str
    start: int
    end: int
    standing: str
    employee_id: str
    in_office: bool


class AccountMap:
    """Finds whose an account of a system is, at any time."""

    def __init__(self, facts: Facts) -> None:
        self._logins: dict[str, list[Login]] = defaultdict(list)
        for login in facts.logins:
            self._logins[login.system.strip().casefold()].append(login)
        self._by_key: dict[tuple[str, AccountNormalising], dict[str, list[Login]]] = {}
        self._employments = _by_employee(facts.employments)
        self._offices = _by_employee(facts.offices)

    def spells(self, source_key: int, system: str, account: str, normalising: AccountNormalising) -> Iterator[Spell]:
        """Give the spells of an account, which together cover all time."""
        key = normalising.key(account)
        logins = self._logins_of(system, normalising).get(key, [])
        people = {login.employee_id for login in logins}
        edges = {ALWAYS} | {edge for login in logins for edge in (login.start, login.end)}
        for employee_id in people:
            for period in (*self._employments[employee_id], *self._offices[employee_id]):
                edges |= {period.start, period.end}
        before: tuple[str, str, bool] | None = None
        start = ALWAYS
        for edge in sorted(edges):
            state = self._state(logins, edge)
            if before is not None and state != before:
                yield Spell(source_key, account, key, start, edge, *before)
                start = edge
            before = state
        if before is not None:
            yield Spell(source_key, account, key, start, BEYOND, *before)

    def _logins_of(self, system: str, normalising: AccountNormalising) -> dict[str, list[Login]]:
        key = (system.strip().casefold(), normalising)
        if key not in self._by_key:
            logins: dict[str, list[Login]] = defaultdict(list)
            for login in self._logins[key[0]]:
                logins[normalising.key(login.login)].append(login)
            self._by_key[key] = logins
        return self._by_key[key]

    def _state(self, logins: list[Login], instant: int) -> tuple[str, str, bool]:
        login = next((one for one in logins if one.start <= instant < one.end), None)
        if login is None:
            return Standing.UNKNOWN, "", False
        if login.kind != "personal":
            return Standing.SHARED, "", False
        if not login.employee_id:
            return Standing.UNKNOWN, "", False
        employed = any(period.start <= instant < period.end for period in self._employments[login.employee_id])
        in_office = any(period.start <= instant < period.end for period in self._offices[login.employee_id])
        return (Standing.EMPLOYEE if employed else Standing.NOT_EMPLOYED), login.employee_id, in_office


def _by_employee(periods: Iterable[Period]) -> dict[str, list[Period]]:
    by_employee: dict[str, list[Period]] = defaultdict(list)
    for period in periods:
        by_employee[period.employee_id].append(period)
    return by_employee


class MappedResource(NamedTuple):
    """What a resource of a source maps to; `code` is empty unless it is a series."""

    source_key: int
    stem: str
    number: str
    target: str
    code: str


def map_resource(resources: ResourceMap, source_key: int, system: str, stem: str, number: str = "") -> MappedResource:
    """Say what a system's resource maps to: its stem with the number behind it."""
    series = resources.series_of(system, stem + number)
    if series is None:
        return MappedResource(source_key, stem, number, Target.NOTHING, "")
    if series in {PUBLIC, IGNORE}:
        return MappedResource(source_key, stem, number, series, "")
    return MappedResource(source_key, stem, number, Target.SERIES, series)


def map_purposes(named: Iterable[str], given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair the purposes as logs give them with the described ones that grants name, where they are the same."""
    described = set(named)
    for purpose in given:
        if (normal := normal_purpose(purpose)) in described:
            yield purpose, normal
