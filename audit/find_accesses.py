"""Findings: accesses that were not authorized or could not be resolved, grouped so that a person can deal with them.

One finding for each (who, what, reason, month): who is the employee, else the account; what is the data series, else
the resource; the month is in the entity's time zone (DOMAIN.md section 4).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.resolve_grants import Policy, grants_by_pair
from access.rules import Grant
from audit.build_cases import CaseBuilder
from audit.decided import FLAGGED
from audit.map_names import standing_of, target_of
from audit.rules import REASONS, explain_reason
from config.bulk import load_rows, one_row
from config.clock import from_microseconds, microseconds, months_between
from config.compare_sql import offer_compare_form
from config.errors import Conflict

# Each flagged access with the short, stable key of its finding; a resource has one key in all its spellings.
_KEYED = """
    CREATE OR REPLACE TABLE flagged AS
    SELECT p.*, m.month, substr(sha256(concat_ws(chr(31),
        CASE WHEN p.employee_id IS NULL THEN 'account' ELSE 'employee' END, coalesce(p.employee_id, p.account_form),
        CASE WHEN p.code IS NULL THEN 'resource' ELSE 'series' END, coalesce(p.code, compare_form(p.resource)),
        r.reason, m.month)), 1, 16) AS finding
    FROM picked p JOIN rules r USING (rule) JOIN months m ON m.start <= p.instant AND p.instant < m."end"
    WHERE p.rule IN {flagged}
"""
_GROUPED = """
    CREATE OR REPLACE TABLE found AS
    SELECT
        finding, any_value(rule) AS rule, any_value(employee_id) AS employee_id,
        any_value(account_form) AS account_form, any_value(code) AS code,
        arg_min(resource, (instant, place)) AS resource, any_value(month) AS month,
        count(*) AS events, min(instant) AS first, max(instant) AS last,
        count(DISTINCT nullif(compare_form(subject), '')) AS subjects,
        string_agg(DISTINCT action, '; ' ORDER BY action) AS actions,
        string_agg(DISTINCT source, '; ' ORDER BY source) AS sources,
        arg_min(struct_pack(instant := instant, account := account, resource := resource, action := action,
            purpose := purpose, typed := raw_purpose, resource_rule := resource_rule, account_rule := account_rule),
            (instant, place)) AS first_event
    FROM flagged
    GROUP BY finding
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


def key_flagged(policy: Policy) -> None:
    """Make the table `flagged` of the flagged events of the table `picked`, each with its `month` and its `finding`."""
    connection = policy.connection
    first, last = one_row(connection, f"SELECT min(instant), max(instant) FROM picked WHERE rule IN {FLAGGED}")  # noqa: S608 - numbers
    months = [] if first is None else list(_months(from_microseconds(first), from_microseconds(last), policy))
    load_rows(connection, "months", [("month", str), ("start", int), ("end", int)], months)
    offer_compare_form(connection)
    connection.execute(_KEYED.format(flagged=FLAGGED))


def find_accesses(policy: Policy, builder: CaseBuilder) -> list[Found]:
    """Group the table `flagged` by finding, each explained by its first event; in a stated order.

    Raises:
        Conflict: The decision table does not give the reason of a first event; nothing may be published.
    """
    connection = policy.connection
    connection.execute(_GROUPED)
    connection.execute(
        "CREATE OR REPLACE TABLE found_pairs AS "
        "SELECT DISTINCT employee_key * getvariable('series_count') + series_key AS pair "
        "FROM found JOIN employees USING (employee_id) JOIN series USING (code)"
    )
    grants = grants_by_pair(connection, "found_pairs")
    found = [_found(row, policy, grants, builder) for row in connection.execute("FROM found").fetchall()]
    return sorted(found, key=lambda one: (one.month, one.reason, one.who, one.what, one.key))


def _months(first: datetime, last: datetime, policy: Policy) -> Iterator[tuple[str, int, int]]:
    for month, start, end in months_between(first, last, policy.facts.zone):
        yield month, microseconds(start), microseconds(end)


def _found(row: tuple[Any, ...], policy: Policy, grants: Mapping[int, Sequence[Grant]], builder: CaseBuilder) -> Found:
    key, rule, employee_id, account, code, resource, month, events, first, last, *counted, event = row
    employee, series = employee_id or "", code or ""
    case = builder.build(
        time=from_microseconds(event["instant"]),
        account=event["account"],
        resource=event["resource"],
        action=event["action"],
        purpose=event["purpose"],
        typed=event["typed"],
        target=target_of(event["resource_rule"], series),
        standing=standing_of(event["account_rule"]),
        employee_id=employee,
        series=series,
        grants=grants.get(policy.pair(employee, series), ()) if employee and series else (),
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
        key=key,
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
