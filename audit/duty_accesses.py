"""The accesses of one employee to one series that a duty's actions and purposes cover, counted in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from access.rules import Grant, GrantKind
from audit.logs.event_store import Store, open_events
from audit.map_events import map_events
from config.bulk import load_rows
from config.clock import from_microseconds, microseconds
from config.compare_sql import offer_compare_form

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


def open_accesses(
    policy: Policy,
    store: Store,
    normalising: Mapping[int, AccountNormalising],
    employee_id: str,
    start: datetime,
    end: datetime,
) -> None:
    """Open the accesses of an employee in a period in the policy's connection, for `covered_accesses`.

    No others are read, and of accounts no names but those that can be the employee's are mapped.
    """
    open_events(policy.connection, store, microseconds(start), microseconds(end))
    leave_out_others(policy, employee_id)
    map_events(policy, store, normalising)


def leave_out_others(policy: Policy, employee_id: str) -> None:
    """Leave out the names of accounts that hold none of an employee's logins, whatever of a domain counts.

    Called before the names of the events that were opened are mapped.
    """
    logins = {AccountNormalising().key(one.login) for one in policy.facts.logins if one.employee_id == employee_id}
    load_rows(policy.connection, "own_logins", [("login", str)], [(login,) for login in sorted(logins)])
    offer_compare_form(policy.connection, of="SELECT name FROM names WHERE kind = 'account'")
    policy.connection.execute(
        "DELETE FROM names WHERE kind = 'account' "
        "AND NOT EXISTS (SELECT 1 FROM own_logins WHERE contains(compare_form(name), login))"
    )


def covered_accesses(policy: Policy, scope: Scope) -> Covered:
    """Count accesses among those that were opened, by what the policy knows."""
    if scope.employee_id not in policy.employee_keys or scope.series not in policy.series_keys:
        return Covered(0, None, None)
    asked = {
        "employee": policy.employee_keys[scope.employee_id],
        "series": policy.series_keys[scope.series],
        "start": microseconds(scope.start),
        "end": microseconds(scope.end),
    }
    duty = Grant("", GrantKind.TEMPORARY_DUTY, "", scope.actions, scope.purposes, scope.start, scope.end, None, "")
    kinds = [
        (count, first, last)
        for action, purpose, count, first, last in policy.connection.execute(_COUNTED, asked).fetchall()
        if duty.covers_action(action or "") and duty.covers_purpose(purpose)
    ]
    if not kinds:
        return Covered(0, None, None)
    counts, firsts, lasts = zip(*kinds, strict=True)
    return Covered(sum(counts), from_microseconds(min(firsts)), from_microseconds(max(lasts)))
