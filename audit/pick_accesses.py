"""Count the decided events, and pick those that are looked at one by one: the flagged, and a sample to cross-examine.

All events are decided once, with numbers only; the texts of those picked are then fetched, and they are decided again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from access.resolve_grants import Policy
from audit.rules import VERDICT_OF, Verdict
from config.bulk import load_rows, one_row

FLAGGED = tuple(
    reason for reason, verdict in VERDICT_OF.items() if verdict in {Verdict.UNAUTHORIZED, Verdict.UNRESOLVED}
)

# What is looked at for the sample: of the events that are not flagged, about so many for each that is wanted, and those
# within a day, in microseconds, of an edge. To weigh all of millions adds a sixth to deciding them.
_WEIGHED, _NEAR = 1000, 86_400_000_000
_COUNTED = """
    CREATE OR REPLACE TABLE counted AS
    SELECT reason, count(*) AS events,
        arg_min(place, by_chance, {each}) FILTER (by_chance IS NOT NULL) AS at_random,
        arg_min(place, distance, {each}) FILTER (distance IS NOT NULL) AS near_an_edge,
        list(place) FILTER (reason IN ({flagged})) AS flagged
    FROM (
        SELECT reason, place,
            CASE WHEN place % {thinned} = 0 OR reason IN ({flagged}) THEN hash(place) END AS by_chance,
            -- of those equally near, chance decides, the same at every run
            CASE WHEN instant - span_start < {near} OR span_end - instant < {near} THEN
                (least(instant - span_start, span_end - instant) << 20) + (hash(place) & 1048575)::BIGINT
            END AS distance
        FROM decided
    ) GROUP BY reason
"""
_PICKED = """
    CREATE OR REPLACE TABLE picked_places AS
    SELECT place, max(sampled) AS sampled
    FROM (SELECT unnest(flagged) AS place, false AS sampled FROM counted UNION ALL SELECT place, true FROM sampled)
    GROUP BY place;
    CREATE OR REPLACE TABLE picked_events AS
    SELECT event_key, record, place, sampled, instant, source, source_key, account, resource_stem, resource_number,
        resource, action, purpose, subject
    FROM events JOIN picked_places USING (place);
    CREATE OR REPLACE TABLE picked AS FROM decide('picked_events');
"""


@dataclass(frozen=True)
class Sampled:
    """A decided event as the bulk decision has it; `time` in microseconds since 1970 in UTC."""

    event_key: str
    time: int
    account: str
    resource: str
    action: str
    purpose: str
    target: str
    standing: str
    employee_id: str
    series: str
    reason: str


def pick_accesses(policy: Policy, cross_examined: int) -> tuple[dict[str, int], list[Sampled]]:
    """Count the events of the view `decided` by reason, and make the table `picked`.

    Args:
        cross_examined: How many to sample at random, and again how many of those nearest to an edge of a grant and
            within a day of it; each reason is heard in turn.

    Returns:
        The events by reason, and the sample in a stated order.
    """
    connection = policy.connection
    flagged = ", ".join(f"'{reason}'" for reason in FLAGGED)
    (events,) = one_row(connection, "SELECT count(*) FROM events")
    thinned = max(1, events // (_WEIGHED * max(1, cross_examined)))
    connection.execute(_COUNTED.format(each=cross_examined, flagged=flagged, thinned=thinned, near=_NEAR))
    counted = connection.execute(
        "SELECT reason, events, at_random, near_an_edge FROM counted ORDER BY reason"
    ).fetchall()
    at_random = _take_turns([places or [] for _, _, places, _ in counted], cross_examined)
    near_an_edge = _take_turns([places or [] for _, _, _, places in counted], cross_examined)
    load_rows(connection, "sampled", [("place", int)], [(place,) for place in sorted({*at_random, *near_an_edge})])
    connection.execute(_PICKED)
    return {reason: count for reason, count, _, _ in counted}, _sample(policy)


def _take_turns(lists: Sequence[Sequence[int]], most: int) -> list[int]:
    taken: list[int] = []
    for place in range(max(map(len, lists), default=0)):
        taken += [one[place] for one in lists if place < len(one)]
        if len(taken) >= most:
            break
    return taken[:most]


def _sample(policy: Policy) -> list[Sampled]:
    rows = policy.connection.execute(
        "SELECT event_key::VARCHAR, instant, account, resource, action, purpose, target, standing, "
        "coalesce(employee_id, ''), coalesce(code, ''), reason "
        "FROM picked LEFT JOIN employees USING (employee_key) LEFT JOIN series USING (series_key) "
        "WHERE sampled ORDER BY event_key"
    )
    return [Sampled(*row) for row in rows.fetchall()]
