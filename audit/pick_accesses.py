"""Count the decided events, and pick those that are looked at one by one: the flagged, and a sample to cross-examine.

All events are decided once, with numbers only; those picked are then fetched with their texts, and decided again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.decided import FLAGGED, Decided
from audit.map_names import standing_of, target_of
from audit.rules import REASONS, Standing, Target
from config.bulk import load_rows

# What is looked at for the sample: of the events that are not flagged, about so many for each that is wanted, and those
# within a day, in microseconds, of an edge. To weigh all of millions adds a sixth to deciding them.
_WEIGHED, _NEAR = 1000, 86_400_000_000
_COUNTED = """
    CREATE OR REPLACE TABLE counted AS
    SELECT rule, count(*) AS events,
        arg_min(place, by_chance, {each}) FILTER (by_chance IS NOT NULL) AS at_random,
        arg_min(place, distance, {each}) FILTER (distance IS NOT NULL) AS near_an_edge,
        list(place) FILTER (rule IN {flagged}) AS flagged
    FROM (
        SELECT rule, place,
            CASE WHEN record % {thinned} = 0 OR rule IN {flagged} THEN hash(place) END AS by_chance,
            -- of those equally near, chance decides, the same at every run
            CASE WHEN since < {near} OR until < {near} THEN
                (least(since, until) << 20) + (hash(place) & 1048575)::BIGINT
            END AS distance
        FROM (
            -- the first span and the last have no edge where they meet the time of the events
            SELECT rule, record, (import_id::BIGINT << 40) + record AS place,
                CASE WHEN span_start > getvariable('first') THEN instant - span_start END AS since,
                CASE WHEN span_end < getvariable('beyond') THEN span_end - instant END AS until
            FROM decided
        )
    ) GROUP BY rule
"""
_PICKED = """
    CREATE OR REPLACE TABLE picked_places AS
    SELECT place, max(sampled) AS sampled
    FROM (SELECT unnest(flagged) AS place, false AS sampled FROM counted UNION ALL SELECT place, true FROM sampled)
    GROUP BY place;
    CREATE OR REPLACE TABLE picked_events AS
    SELECT e.*, p.sampled
    FROM numbered_events e JOIN picked_places p ON p.place = (e.import_id::BIGINT << 40) + e.record;
    CREATE OR REPLACE TABLE picked_numbers AS FROM decide('picked_events');
    CREATE OR REPLACE TABLE picked AS
    SELECT w.*, f.form AS account_form
    FROM in_words('picked_numbers') w
    JOIN picked_numbers n USING (import_id, record)
    LEFT JOIN account_forms f ON f.account = n.account;
"""


@dataclass(frozen=True)
class Sampled:
    """A decided event as the bulk decision has it; `time` in microseconds since 1970 in UTC."""

    place: str
    time: int
    account: str
    resource: str
    action: str
    purpose: str
    target: Target
    standing: Standing
    employee_id: str
    series: str
    reason: str


def pick_accesses(decided: Decided, cross_examined: int) -> tuple[dict[str, int], list[Sampled]]:
    """Count the decided events by reason, and make the table `picked`: in words, with `rule` and `account_form`.

    Args:
        cross_examined: How many to sample at random, and again how many of those nearest to an edge of a grant and
            within a day of it; each reason is heard in turn.

    Returns:
        The events by reason, in the order of the decision table, and the sample in a stated order.

    Raises:
        Conflict: Not every stored event was decided once.
    """
    connection = decided.connection
    thinned = max(1, decided.events // (_WEIGHED * max(1, cross_examined)))
    connection.execute(_COUNTED.format(each=cross_examined, flagged=FLAGGED, thinned=thinned, near=_NEAR))
    counted = connection.execute("SELECT rule, events, at_random, near_an_edge FROM counted ORDER BY rule").fetchall()
    decided.check_count(sum(events for _, events, _, _ in counted))
    at_random = _take_turns([places or [] for _, _, places, _ in counted], cross_examined)
    near_an_edge = _take_turns([places or [] for _, _, _, places in counted], cross_examined)
    load_rows(connection, "sampled", [("place", int)], [(place,) for place in sorted({*at_random, *near_an_edge})])
    connection.execute(_PICKED)
    return {REASONS[rule - 1]: events for rule, events, _, _ in counted}, _sample(decided)


def _take_turns(lists: Sequence[Sequence[int]], most: int) -> list[int]:
    taken: list[int] = []
    for place in range(max(map(len, lists), default=0)):
        taken += [one[place] for one in lists if place < len(one)]
        if len(taken) >= most:
            break
    return taken[:most]


def _sample(decided: Decided) -> list[Sampled]:
    rows = decided.connection.execute(
        "SELECT concat(file, ', record ', record), instant, account, resource, action, purpose, resource_rule, "
        "account_rule, coalesce(employee_id, ''), coalesce(code, ''), rule "
        "FROM picked LEFT JOIN employees USING (employee_key) LEFT JOIN series USING (series_key) "
        "WHERE sampled ORDER BY place"
    ).fetchall()
    return [_sampled(*row) for row in rows]


def _sampled(
    place: str,
    time: int,
    account: str,
    resource: str,
    action: str,
    purpose: str,
    resource_rule: int,
    account_rule: int,
    employee_id: str,
    series: str,
    rule: int,
) -> Sampled:
    target, standing = target_of(resource_rule, series), standing_of(account_rule)
    reason = REASONS[rule - 1]
    return Sampled(place, time, account, resource, action, purpose, target, standing, employee_id, series, reason)
