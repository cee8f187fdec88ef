"""What the names in logs mean: whose account, which series, which described purpose. Each distinct name is asked once.

The results are small tables for the deciding SQL; times are microseconds since 1970 in UTC.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from access.accounts import AccountNormalising, normal_system
from access.facts import Facts, Login, Period, SeriesFacts
from audit.case import Standing, Target
from audit.rules import DECISION_TABLE, rule_number
from inventory.match_resources import IGNORE, PUBLIC, ResourceMap

# Later than any end of a period, so that the last spell of an account holds every event.
BEYOND = 2**63 - 1
# Rows of the decision table, counted from 1; NO_RULE follows the last.
NO_RULE = len(DECISION_TABLE) + 1
_NOT_EMPLOYED, _SHARED, _UNKNOWN = map(rule_number, ("not_employed", "shared_account", "unknown_account"))
_IN_OFFICE, _UNTESTABLE = map(rule_number, ("officer_without_duty", "untestable_access"))
_IGNORED, _PUBLIC_DATA, _UNINVENTORIED = map(rule_number, ("ignored", "public_data", "uninventoried_resource"))
_RULE_OF_WORD = {IGNORE: _IGNORED, PUBLIC: _PUBLIC_DATA}


class Spell(NamedTuple):
    """Whose an account (by its name's number) is during [start, end).

    `rule` is the row of the decision table that this fits by itself: 3, 5, 6, or 12 where the employee holds a
    designated office then; else NO_RULE.
    """

    account: int
    start: int
    end: int
    employee_id: str
    rule: int


class AccountMap:
    """Finds whose an account of a system is, at any time from `first` to `last`, in microseconds since 1970 in UTC."""

    def __init__(self, facts: Facts, first: int, last: int) -> None:
        self._first, self._last = first, last
        self._logins: dict[str, list[Login]] = defaultdict(list)
        for login in facts.logins:
            self._logins[normal_system(login.system)].append(login)
        self._by_key: dict[tuple[str, AccountNormalising], dict[str, list[Login]]] = {}
        self._employments, self._offices = facts.employments_of, facts.offices_of

    def spells(self, number: int, system: str, key: str, normalising: AccountNormalising) -> Iterator[Spell]:
        """Give the spells of an account, which together cover the time asked for.

        Args:
            number: The number of the account's name.
            key: The account in the form in which the source's accounts compare.
        """
        logins = self._logins_of(system, normalising).get(key, [])
        if not logins:
            yield Spell(number, self._first, BEYOND, "", _UNKNOWN)
            return
        edges = {edge for login in logins for edge in (login.start, login.end)}
        for employee_id in {login.employee_id for login in logins}:
            for period in (*self._employments.get(employee_id, ()), *self._offices.get(employee_id, ())):
                edges |= {period.start, period.end}
        start, before = self._first, self._state(logins, self._first)
        for edge in sorted(edge for edge in edges if self._first < edge <= self._last):
            state = self._state(logins, edge)
            if state != before:
                yield Spell(number, start, edge, *before)
                start, before = edge, state
        yield Spell(number, start, BEYOND, *before)

    def _logins_of(self, system: str, normalising: AccountNormalising) -> dict[str, list[Login]]:
        key = (normal_system(system), normalising)
        if key not in self._by_key:
            logins: dict[str, list[Login]] = defaultdict(list)
            for login in self._logins[key[0]]:
                logins[normalising.key(login.login)].append(login)
            self._by_key[key] = logins
        return self._by_key[key]

    def _state(self, logins: list[Login], instant: int) -> tuple[str, int]:
        """Give whose an account is at an instant, and the rule that this fits."""
        login = next((one for one in logins if one.start <= instant < one.end), None)
        if login is None:
            return "", _UNKNOWN
        if login.kind != "personal":
            return "", _SHARED
        if not login.employee_id:
            return "", _UNKNOWN
        if not _holds(self._employments.get(login.employee_id, ()), instant):
            return login.employee_id, _NOT_EMPLOYED
        in_office = _holds(self._offices.get(login.employee_id, ()), instant)
        return login.employee_id, _IN_OFFICE if in_office else NO_RULE


def _holds(periods: Iterable[Period], instant: int) -> bool:
    return any(period.start <= instant < period.end for period in periods)


class MappedResource(NamedTuple):
    """What a resource, or all that share a name, maps to.

    Args:
        resource: The number of its name.
        behind: The number behind the name, as stored; 0 where the name stands for all.
        code: The series' code; empty where it maps to none.
        rule: The row of the decision table that this fits by itself: 1, 2, 4 or 13; else NO_RULE.
    """

    resource: int
    behind: int
    code: str
    rule: int


def map_resource(
    resources: ResourceMap, series: Mapping[str, SeriesFacts], system: str, text: str, *, number: int, behind: int = 0
) -> MappedResource:
    """Say what a system's resource maps to.

    Args:
        text: The resource.
        number: That of its name.
        behind: As in MappedResource.
    """
    target = resources.series_of(system, text)
    if target is None:
        return MappedResource(number, behind, "", _UNINVENTORIED)
    if target in _RULE_OF_WORD:
        return MappedResource(number, behind, "", _RULE_OF_WORD[target])
    described = series[target]
    rule = _PUBLIC_DATA if described.public else _UNTESTABLE if described.untestable else NO_RULE
    return MappedResource(number, behind, target, rule)


def target_of(resource_rule: int, series: str) -> Target:
    """Say what a resource maps to, by its rule and the series' code, empty where there is none."""
    if series:
        return Target.SERIES
    return {_IGNORED: Target.IGNORE, _PUBLIC_DATA: Target.PUBLIC}.get(resource_rule, Target.NOTHING)


def standing_of(account_rule: int) -> Standing:
    """Say whose an account is, by its rule."""
    by_rule = {_NOT_EMPLOYED: Standing.NOT_EMPLOYED, _SHARED: Standing.SHARED, _UNKNOWN: Standing.UNKNOWN}
    return by_rule.get(account_rule, Standing.EMPLOYEE)
