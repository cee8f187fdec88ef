"""What of a state of knowledge maps the names in logs to one employee and to series; it grants nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from access.accounts import AccountNormalising
from access.facts import Facts, Login, Period


class NameFacts:
    """Narrows facts to those that map names; what several narrowings ask for is looked up once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = replace(facts, holdings=(), accesses=(), duties=(), officer_duties=(), positions={})

    def of(self, employee_id: str) -> Facts:
        """Give what maps the names in logs, as far as they can be an employee's; empty = whoever's they are."""
        if not employee_id:
            return self._facts
        logins = [login for key in self._keys.get(employee_id, ()) for login in self._by_key[key]]
        people = {employee_id, *(login.employee_id for login in logins)}
        return replace(
            self._facts,
            employees={one: self._facts.employees[one] for one in people if one in self._facts.employees},
            employments=_of(people, self._employments),
            offices=_of(people, self._offices),
            logins=tuple(logins),
        )

    @cached_property
    def _by_key(self) -> dict[str, list[Login]]:
        """The logins by the form in which most of them compare: those that differ in it differ in every form."""
        by_key = defaultdict[str, list[Login]](list)
        for login in self._facts.logins:
            by_key[AccountNormalising().key(login.login)].append(login)
        return by_key

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        keys = defaultdict[str, list[str]](list)
        for key, logins in self._by_key.items():
            for employee_id in {login.employee_id for login in logins}:
                keys[employee_id].append(key)
        return keys

    @cached_property
    def _employments(self) -> dict[str, list[Period]]:
        return _by_employee(self._facts.employments)

    @cached_property
    def _offices(self) -> dict[str, list[Period]]:
        return _by_employee(self._facts.offices)


def _by_employee(periods: Iterable[Period]) -> dict[str, list[Period]]:
    by_employee = defaultdict[str, list[Period]](list)
    for period in periods:
        by_employee[period.employee_id].append(period)
    return by_employee


def _of(people: Iterable[str], periods: dict[str, list[Period]]) -> tuple[Period, ...]:
    return tuple(period for one in people for period in periods.get(one, ()))
