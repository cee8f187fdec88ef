"""From what is known to a case: all that the decision table needs to decide one access and say why."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NotRequired, TypedDict, Unpack

from access.facts import Access, Facts, Period
from access.resolve_grants import Policy
from access.rules import Grant
from audit.case import Case, Standing, Target
from config.clock import from_microseconds, microseconds

_MOST_HOLDERS = 4


class MappedAccess(TypedDict):
    """An access whose names have been mapped.

    Args:
        time: When, in UTC.
        target: What the resource maps to, a `Target`.
        standing: Whose the account is then, a `Standing`.
        employee_id: Whose the account is; empty where it is nobody's.
        series: The code of the series that the resource maps to; empty where it maps to none.
        typed: What stands in the log where it means the purpose.
    """

    time: datetime
    account: str
    resource: str
    action: str
    purpose: str
    typed: NotRequired[str]
    target: str
    standing: str
    employee_id: str
    series: str


class CaseBuilder:
    """Builds cases of one state of knowledge; what several cases ask for is looked up once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._facts = policy.facts
        self._holders_of = cache(self._holders_in_words)

    def build(self, *, grants: Sequence[Grant] | None = None, **access: Unpack[MappedAccess]) -> Case:
        """Build the case of an access whose names have been mapped.

        Args:
            grants: The employee's grants of the series where they are at hand; None = look them up.
            access: What was done, by whom, to what.
        """
        time, employee_id, series = access["time"], access["employee_id"], access["series"]
        employee, described = self._facts.employees.get(employee_id), self._facts.series.get(series)
        manager = self._facts.employees.get(employee.manager_id) if employee else None
        return Case(
            time=time,
            zone=self._facts.zone,
            account=access["account"],
            resource=access["resource"],
            action=access["action"],
            purpose=access["purpose"],
            target=Target(access["target"]),
            standing=Standing(access["standing"]),
            series_name=described.name if described else "",
            series_public=described.public if described else False,
            untestable=described.untestable if described else (),
            employee_name=employee.name if employee else "",
            supervisor=manager.name if manager else "",
            in_office=_at(self._facts.offices_of.get(employee_id, ()), time) is not None,
            last_separation=self._last_separation(employee_id, time),
            grants=self._policy.grants_of(employee_id, series) if grants is None else grants,
            holders=self._holders_of(series),
            revocations=self._facts.revocations,
            typed=access.get("typed", access["purpose"]),
        )

    def standing_of(self, employee_id: str, time: datetime) -> Standing:
        """Say whether an employee is employed at an instant."""
        employed = _at(self._facts.employments_of.get(employee_id, ()), time) is not None
        return Standing.EMPLOYEE if employed else Standing.NOT_EMPLOYED

    def _last_separation(self, employee_id: str, time: datetime) -> datetime | None:
        instant = microseconds(time)
        ends = [period.end for period in self._facts.employments_of.get(employee_id, ()) if period.end <= instant]
        return from_microseconds(max(ends)) if ends else None

    def _holders_in_words(self, series: str) -> str:
        accesses = self._facts.accesses_to.get(series, ())
        words = list(dict.fromkeys(holder_in_words(self._facts, access) for access in accesses))
        more = f" and {len(words) - _MOST_HOLDERS} more" if len(words) > _MOST_HOLDERS else ""
        return ", ".join(words[:_MOST_HOLDERS]) + more


def holder_in_words(facts: Facts, access: Access) -> str:
    """Say who has work access."""
    if access.holder_type == "position":
        position = facts.positions[access.holder]
        return f"{position.title} ({position.department})"
    if access.holder_type == "employee":
        return facts.employees[access.holder].name
    return "every employee" if access.holder_type == "everyone" else f"the department {access.holder}"


def _at(periods: Sequence[Period], time: datetime) -> Period | None:
    instant = microseconds(time)
    return next((period for period in periods if period.start <= instant < period.end), None)
