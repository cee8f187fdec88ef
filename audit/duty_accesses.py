"""The accesses of one employee to one series that a duty's actions and purposes cover, counted in a period."""

from dataclasses import dataclass
from datetime import datetime

from access.resolve_grants import Keyed
from access.rules import Grant, GrantKind
from config.clock import from_microseconds, microseconds

_COUNTED = """
    WITH theirs AS (
        SELECT e.*
        FROM numbered_events e
        JOIN account_spells a ON a.account = e.account AND a.start <= epoch_us(e.time) AND epoch_us(e.time) < a."end"
        JOIN resource_rules r ON r.resource = e.resource
        LEFT JOIN counted_resource_rules c
            ON r.by_count AND c.resource = e.resource AND c.resource_count = e.resource_count
        WHERE a.employee_key = $employee AND e.time >= make_timestamp($start) AND e.time < make_timestamp($end)
            AND (CASE WHEN c.resource IS NULL THEN r.series_key ELSE c.series_key END) = $series
    )
    SELECT n.meaning, coalesce(p.meaning, t.purpose_whole), count(*), min(epoch_us(t.time)), max(epoch_us(t.time))
    FROM theirs t
    LEFT JOIN names n ON n.kind = 'action' AND n.number = t.action
    LEFT JOIN names p ON p.kind = 'purpose' AND p.number = t.purpose
    GROUP BY ALL
"""


@dataclass(frozen=True)
class Covered:
    """How many accesses a duty covers, and the first and the last of them; None where there is none."""

    count: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Scope:
    """Whose accesses to what are asked for, with which actions and purposes, and when: during [start, end)."""

    employee_id: str
    series: str
    actions: str
    purposes: str
    start: datetime
    end: datetime


def covered_accesses(names: Keyed, scope: Scope) -> Covered:
    """Count accesses among those that were opened, by what maps their names."""
    if scope.employee_id not in names.employee_keys or scope.series not in names.series_keys:
        return Covered(0, None, None)
    asked = {
        "employee": names.employee_keys[scope.employee_id],
        "series": names.series_keys[scope.series],
        "start": microseconds(scope.start),
        "end": microseconds(scope.end),
    }
    duty = Grant("", GrantKind.TEMPORARY_DUTY, "", scope.actions, scope.purposes, scope.start, scope.end, None, "")
    kinds = [
        (count, first, last)
        for action, purpose, count, first, last in names.connection.execute(_COUNTED, asked).fetchall()
        if duty.covers_action(action or "") and duty.covers_purpose(purpose)
    ]
    if not kinds:
        return Covered(0, None, None)
    counts, firsts, lasts = zip(*kinds, strict=True)
    return Covered(sum(counts), from_microseconds(min(firsts)), from_microseconds(max(lasts)))
