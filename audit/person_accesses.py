"""The accesses of one person in a period, each decided by what is known now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.draw_lanes import Tick
from audit.kept import Kept
from audit.map_names import standing_of, target_of
from audit.masked_subjects import hide
from audit.rules import decide
from config.bulk import plain_faults
from config.clock import from_microseconds
from config.texts import compare_form
from config.work import Work

_OF_PERSON = """
    CREATE OR REPLACE TABLE of_person AS
    SELECT e.*, a.rule AS account_rule, coalesce(c.rule, r.rule) AS resource_rule,
        CASE WHEN c.resource IS NULL THEN r.series_key ELSE c.series_key END AS series_key
    FROM numbered_events e
    JOIN account_spells a ON a.account = e.account AND a.start <= epoch_us(e.time) AND epoch_us(e.time) < a."end"
    JOIN resource_rules r ON r.resource = e.resource
    LEFT JOIN counted_resource_rules c
        ON r.by_count AND c.resource = e.resource AND c.resource_count = e.resource_count
    WHERE a.employee_key = {employee}
"""
_IN_ORDER = """
    SELECT epoch_us(time), account, resource, action, purpose, subject, resource_rule, account_rule, series_key
    FROM in_words('of_person') ORDER BY time, place LIMIT {most}
"""


@dataclass(frozen=True)
class PersonAccesses:
    """The first accesses of a person in a period, and how many there are."""

    first: Sequence[Tick]
    count: int


def person_accesses(
    work: Work, kept: Kept, employee_id: str, span: tuple[datetime, datetime], *, most: int
) -> PersonAccesses:
    """Decide the accesses of a person during [start, end), the first of them.

    Args:
        kept: What is at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    known = kept.policy.of(work)
    with plain_faults(), kept.accesses_of(work, employee_id, *span) as names:
        key = names.employee_keys.get(employee_id)
        if key is None:
            return PersonAccesses((), 0)
        names.connection.execute(_OF_PERSON.format(employee=key))
        count: int = names.connection.execute("SELECT count(*) FROM of_person").fetchall()[0][0]
        rows = names.connection.execute(_IN_ORDER.format(most=most)).fetchall()
    return PersonAccesses(_ticks(known, employee_id, rows), count)


def _ticks(policy: Policy, employee_id: str, rows: Sequence[tuple[Any, ...]]) -> list[Tick]:
    builder, codes, ticks = CaseBuilder(policy), list(policy.series_keys), list[Tick]()
    for instant, account, resource, action, purpose, subject, resource_rule, account_rule, series_key in rows:
        code = "" if series_key is None else codes[series_key]
        case = builder.build(
            time=from_microseconds(instant),
            account=account,
            resource=resource,
            action=action,
            purpose=purpose,
            target=target_of(resource_rule, code),
            standing=standing_of(account_rule),
            employee_id=employee_id,
            series=code,
        )
        decision = decide(case)
        # the drawing is of what they did; whom it was about is not shown here
        what = case.series_name or hide(case.resource, compare_form(subject or ""), "(masked)") or "(no resource)"
        ticks.append(Tick(case.time, decision.verdict, f"{case.action} of {what}, {decision.reason.replace('_', ' ')}"))
    return ticks
