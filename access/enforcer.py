"""The question "may this employee do this, then?" put to Casbin; nothing else imports Casbin.

Time is resolved before Casbin: an enforcer holds the policy in force at one instant, as it was known. It is built from
what is known, not from resolved grants: Casbin itself finds the way from employee to position to department, so its
answer checks the resolver's.
"""

from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import casbin

from access.facts import Access, Duty, Facts, Holding, Period
from access.resolve_grants import action_words
from access.rules import normal_purpose
from config.texts import compare_form

Row = TypeVar("Row", Period, Duty)

_EVERYONE = "everyone"
_OFFICE = "designated officer"


class Enforcers:
    """Makes Casbin enforcers of one state of knowledge."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._model = files("access").joinpath("model.conf").read_text("utf-8")
        self._accesses: dict[str, list[Access]] = defaultdict(list)
        for access in facts.accesses:
            self._accesses[_holder(access)].append(access)
        self._holdings: dict[str, list[Holding]] = defaultdict(list)
        for holding in facts.holdings:
            self._holdings[holding.employee_id].append(holding)
        self._employments = _by_employee(facts.employments)
        self._offices = _by_employee(facts.offices)
        self._duties = _by_employee(facts.duties)
        self._officer_duties = _by_employee(facts.officer_duties)

    def at(self, instant: int, *, employees: Iterable[str] | None = None, late_too: bool = False) -> "Enforcer":
        """Give an enforcer of the policy in force at an instant (microseconds since 1970 in UTC).

        Args:
            employees: Only these employees' lines, which makes it quick to build and to ask; None = everybody's.
            late_too: Hold also what was recorded too late to be timely at the instant.
        """
        roles: set[tuple[str, str]] = set()
        lines: set[tuple[str, str, str, str, str]] = set()
        for employee in self._facts.employees if employees is None else employees:
            me = f"employee:{employee}"
            roles |= set(self._roles(employee, me, instant, late_too=late_too))
            lines |= set(self._own_lines(employee, me, instant, late_too=late_too))
        holders = {holder for _, holder in roles} | {me for me, _ in roles}
        if employees is not None:
            holders |= {f"employee:{employee}" for employee in employees}
        for holder in holders if employees is not None else self._accesses:
            lines |= {
                (holder, one.series, action_words(one.actions), one.purposes, "")
                for one in self._accesses[holder]
                if _in_force(one, instant, late_too=late_too)
            }
        return Enforcer(self._model, sorted(lines), sorted(roles))

    def _roles(self, employee: str, me: str, instant: int, *, late_too: bool) -> Iterable[tuple[str, str]]:
        if any(_holds(period, instant) for period in self._employments[employee]):
            yield me, _EVERYONE
        if any(_holds(period, instant) for period in self._offices[employee]):
            yield me, _OFFICE
        for holding in self._holdings[employee]:
            if _in_force(holding, instant, late_too=late_too):
                position = f"position:{holding.position_code}"
                yield me, position
                yield position, f"department:{compare_form(self._facts.positions[holding.position_code].department)}"

    def _own_lines(
        self, employee: str, me: str, instant: int, *, late_too: bool
    ) -> Iterable[tuple[str, str, str, str, str]]:
        for duty in self._duties[employee]:
            if _in_force(duty, instant, late_too=late_too):
                yield me, duty.series, action_words(duty.actions), duty.purposes, ""
        for duty in self._officer_duties[employee]:
            if _in_force(duty, instant, late_too=late_too):
                yield me, duty.series, "*", "*", _OFFICE


class Enforcer:
    """A Casbin enforcer of the policy in force at one instant."""

    def __init__(self, model: str, lines: list[tuple[str, str, str, str, str]], roles: list[tuple[str, str]]) -> None:
        self._casbin = casbin.Enforcer(casbin.Enforcer.new_model(text=model))
        self._casbin.add_function("lists", lists)
        if lines:
            self._casbin.add_policies([list(line) for line in lines])
        if roles:
            self._casbin.add_grouping_policies([list(role) for role in roles])

    def allows(self, employee: str, series: str, action: str, purpose: str) -> bool:
        """Say whether the policy lets an employee do this to a series for this purpose."""
        return bool(self._casbin.enforce(f"employee:{employee}", series, action, normal_purpose(purpose)))


def lists(listed: str, asked: str) -> bool:
    """Say whether `*`, or a list joined with `;`, contains what is asked; a list never contains what is not given."""
    return listed == "*" or (asked != "" and asked in listed.split(";"))


def _holder(access: Access) -> str:
    if access.holder_type == "department":
        return f"department:{compare_form(access.holder)}"  # positions may spell one department in several ways
    return _EVERYONE if access.holder_type == _EVERYONE else f"{access.holder_type}:{access.holder}"


def _holds(period: Period, instant: int) -> bool:
    return period.start <= instant < period.end


def _in_force(grant: Access | Holding | Duty, instant: int, *, late_too: bool) -> bool:
    return grant.start <= instant < grant.end and (late_too or grant.timely_from <= instant)


def _by_employee(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_employee: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_employee[row.employee_id].append(row)
    return by_employee
