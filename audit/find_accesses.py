"""Findings: accesses that were not authorized or could not be resolved, grouped so that a person can deal with them.

One finding for each (who, what, reason, month): who is the employee, else the account; what is the data series, else
the resource; the month is in the entity's time zone (DOMAIN.md section 4).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.resolve_grants import Policy, grants_by_pair
from access.rules import Grant
from audit.build_cases import CaseBuilder
from audit.decided import FLAGGED, Decided
from audit.map_names import standing_of, target_of
from audit.rules import REASONS, explain_reason
from config.bulk import load_rows, one_row
from config.clock import from_microseconds, microseconds, months_between
from config.compare_sql import offer_compare_form
from config.errors import Conflict
from config.texts import compare_form

_GROUPED = """
    CREATE OR REPLACE TABLE found AS
    SELECT
        rule, employee_key, any_value(account_form) FILTER (employee_key IS NULL) AS account_form,
        series_key, arg_min(resource, (instant, place)) FILTER (series_key IS NULL) AS resource, month,
        count(*) AS events, min(instant) AS first, max(instant) AS last,
        count(DISTINCT nullif(compare_form(subject), '')) AS subjects,
        string_agg(DISTINCT action, '; ' ORDER BY action) AS actions,
        string_agg(DISTINCT source, '; ' ORDER BY source) AS sources,
        arg_min(struct_pack(instant := instant, account := account, resource := resource, action := action,
            purpose := purpose, resource_rule := resource_rule, account_rule := account_rule), (instant, place))
            AS first_event
    FROM flagged JOIN months ON months.start <= instant AND instant < months."end"
    GROUP BY rule, employee_key, CASE WHEN employee_key IS NULL THEN account_form END,
        series_key, CASE WHEN series_key IS NULL THEN compare_form(resource) END, month
"""


@dataclass(frozen=True)
class Found:
    """What one audit counted for one finding."""

    key: str
    who: str
    who_is_employee: bool
    what: str
    what_is_series: bool
    reason: str
    month: str
    events: int
    first: datetime
    last: datetime
    subjects: int
    actions: str
    sources: str
    explanation: str


def find_accesses(decided: Decided, builder: CaseBuilder) -> list[Found]:
    """Group the flagged events of the table `picked`, each group explained by its first event; in a stated order.

    Raises:
        Conflict: The decision table does not give the reason of a first event; nothing may be published.
    """
    policy, connection = decided.policy, decided.connection
    connection.execute(f"CREATE OR REPLACE VIEW flagged AS FROM picked WHERE rule IN {FLAGGED}")
    first, last = one_row(connection, "SELECT min(instant), max(instant) FROM flagged")
    if first is None:
        return []
    months = list(_months(from_microseconds(first), from_microseconds(last), policy))
    load_rows(connection, "months", [("month", str), ("start", int), ("end", int)], months)
    offer_compare_form(connection)
    connection.execute(_GROUPED)
    connection.execute(
        "CREATE OR REPLACE TABLE found_pairs AS "
        "SELECT DISTINCT employee_key * getvariable('series_count') + series_key AS pair FROM found "
        "WHERE employee_key IS NOT NULL AND series_key IS NOT NULL"
    )
    grants = grants_by_pair(connection, "found_pairs")
    rows = connection.execute("FROM found ORDER BY month, rule, employee_key, account_form, series_key, resource")
    names = _Names(policy)
    found = [_found(row, names, grants, builder) for row in rows.fetchall()]
    return sorted(found, key=lambda one: (one.month, one.reason, one.who, one.what))


class _Names:
    """The ids behind an employee's and a series' keys, empty for none, and the key of both together."""

    def __init__(self, policy: Policy) -> None:
        self._employees = {key: name for name, key in policy.employee_keys.items()}
        self._codes = {key: code for code, key in policy.series_keys.items()}
        self._policy = policy

    def of(self, employee_key: int | None, series_key: int | None) -> tuple[str, str, int | None]:
        employee, series = self._employees.get(employee_key or 0, ""), self._codes.get(series_key or 0, "")
        employee, series = employee if employee_key is not None else "", series if series_key is not None else ""
        return employee, series, self._policy.pair(employee, series) if employee and series else None


def _months(first: datetime, last: datetime, policy: Policy) -> Iterator[tuple[str, int, int]]:
    for month, start, end in months_between(first, last, policy.facts.zone):
        yield month, microseconds(start), microseconds(end)


def _found(row: tuple[Any, ...], names: _Names, grants: Mapping[int, Sequence[Grant]], builder: CaseBuilder) -> Found:
    rule, employee_key, account, series_key, resource, month, events, first, last, *counted, event = row
    employee, series, pair = names.of(employee_key, series_key)
    case = builder.build(
        time=from_microseconds(event["instant"]),
        account=event["account"],
        resource=event["resource"],
        action=event["action"],
        purpose=event["purpose"],
        target=target_of(event["resource_rule"], series),
        standing=standing_of(event["account_rule"]),
        employee_id=employee,
        series=series,
        grants=grants.get(pair, ()) if pair is not None else (),
    )
    who, what, reason = employee or account, series or resource, REASONS[rule - 1]
    subjects, actions, sources = counted
    explanation = explain_reason(case, reason)
    if explanation is None:
        raise Conflict(
            f"The audit published nothing: it decided an access of {who} to {what} in {month} as {reason}, but the "
            "decision table answers otherwise. This is a fault of the program; keep the data folder and report it."
        )
    return Found(
        key=finding_key(who, what, reason, month, employee=bool(employee), series=bool(series)),
        who=who,
        who_is_employee=bool(employee),
        what=what,
        what_is_series=bool(series),
        reason=reason,
        month=month,
        events=events,
        first=from_microseconds(first),
        last=from_microseconds(last),
        subjects=subjects,
        actions=actions,
        sources=sources,
        explanation=explanation,
    )


def finding_key(who: str, what: str, reason: str, month: str, *, employee: bool, series: bool) -> str:
    """Give the short, stable key of a finding; a resource has one key in all its spellings."""
    named = what if series else compare_form(what)
    parts = ("employee" if employee else "account", who, "series" if series else "resource", named, reason, month)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
