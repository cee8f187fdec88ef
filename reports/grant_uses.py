"""Which grants the decided accesses rested on, and which grants no access needed: questions to the decided events."""

from typing import NamedTuple

from audit.decided import Decided


class DutyUse(NamedTuple):
    """What was done under one temporary duty; `last` in microseconds since 1970 in UTC.

    `too_early` counts the accesses that it would cover, had it been recorded in time.
    """

    authorized: int
    last: int | None
    too_early: int


def uses_of_duties(decided: Decided) -> dict[str, DutyUse]:
    """Give, by grant id, the uses of the temporary duties on which accesses rested."""
    rows = decided.connection.execute(
        """
        SELECT grant_id,
            coalesce(sum(events) FILTER (reason = 'assigned'), 0)::BIGINT, max(last) FILTER (reason = 'assigned'),
            coalesce(sum(events) FILTER (reason = 'backdated'), 0)::BIGINT
        FROM uses WHERE kind = 'temporary duty' GROUP BY grant_id"""
    ).fetchall()
    return {grant_id: DutyUse(*counted) for grant_id, *counted in rows}


class StatedAccess(NamedTuple):
    """Work access or a duty in force, how many employees it reaches, and when an access last rested on it.

    `series` is a code, or `*` for all; `employee_id` is empty unless it is one employee's. Times are microseconds since
    1970 in UTC, `last_use` is None where no access ever rested on it; actions are bits.
    """

    series: str
    kind: str
    through: str
    employee_id: str
    actions: int
    purposes: str
    start: int
    authority: str
    grant_id: str
    people: int
    last_use: int | None


def stated_access(decided: Decided) -> list[StatedAccess]:
    """Give the work access and duties of `stated_then` to data that are not public, by series, kind and holder."""
    rows = decided.connection.execute(
        """
        WITH last_uses AS (
            SELECT grant_id, kind, through, max(last) AS last_use FROM uses GROUP BY ALL
        ),
        reached AS (
            SELECT grant_id, kind, through, count(DISTINCT employee_id) AS people
            FROM reached_then WHERE employed
            GROUP BY ALL
        )
        SELECT t.series, t.kind, t.through, t.employee_id, t.actions, t.purposes, t.start, t.authority, t.grant_id,
            coalesce(r.people, 0), l.last_use
        FROM stated_then t
        LEFT JOIN reached r USING (grant_id, kind, through)
        LEFT JOIN last_uses l USING (grant_id, kind, through)
        WHERE t.series NOT IN (SELECT code FROM series WHERE public)
        ORDER BY t.series, t.kind, t.through, t.employee_id, t.grant_id"""
    ).fetchall()
    return [StatedAccess(*row) for row in rows]


def uses_of_grants(decided: Decided) -> dict[str, tuple[int, int]]:
    """Give, by grant id, how many accesses rested on each grant and the last of them, as `stated_access` does."""
    rows = decided.connection.execute(
        "SELECT grant_id, sum(events)::BIGINT, max(last) FROM uses GROUP BY grant_id"
    ).fetchall()
    return {grant_id: (events, last) for grant_id, events, last in rows}
