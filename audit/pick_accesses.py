"""Count the decided events, and pick those that are looked at one by one: the flagged, and a sample."""

from dataclasses import dataclass

import numpy as np

from audit.case import Standing, Target
from audit.decide_events import Numbers
from audit.decided import FLAGGED, Decided, DecidedBatch
from audit.logs.event_store import words_of
from audit.map_names import standing_of, target_of
from audit.rules import REASONS
from config.bulk import load_rows

# What is weighed for the sample: of the events that are not flagged, about so many for each that is wanted, and those
# within a day, in microseconds, of an edge of a grant.
_WEIGHED, _NEAR = 1000, 86_400_000_000
_FAR = np.iinfo(np.int64).max
_IS_FLAGGED = np.isin(np.arange(len(REASONS) + 1), FLAGGED)
_KINDS = ("account", "resource", "action", "subject", "purpose")
_FURTHER = ("source_key", "subject", "subject_count")
_PICKED = """
    CREATE OR REPLACE TABLE picked AS
    SELECT w.*, f.form AS account_form, s.place IS NOT NULL AS sampled
    FROM ({words}) w
    LEFT JOIN sampled s USING (place)
    LEFT JOIN account_forms f ON f.account = w.account_number
    WHERE s.place IS NOT NULL OR w.rule IN {flagged}
"""
Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]


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
    """Count the events by reason, and make the table `picked`: in words, with `rule` and `account_form`.

    Args:
        cross_examined: How many to sample at random, and again how many of those nearest to an edge of a grant and
            within a day of it; each reason is heard in turn.

    Returns:
        The events by reason, in the order of the decision table, and the sample in a stated order.

    Raises:
        Conflict: Not every stored event was decided once.
    """
    connection = decided.connection
    counts = np.zeros(len(REASONS) + 1, np.int64)
    thinned = max(1, decided.events // (_WEIGHED * max(1, cross_examined)))
    at_random, near_an_edge = _Least(cross_examined), _Least(cross_examined)
    whole = tuple(f"{kind}_whole" for kind in _KINDS) if decided.store.has_whole_names else ()
    made = "CREATE OR REPLACE TABLE picked_numbers AS"
    for batch in decided.batches((*_FURTHER, *whole)):
        counts += np.bincount(batch.decisions.rule, minlength=len(counts))
        flagged = _IS_FLAGGED[batch.decisions.rule]
        place, chance = _places(batch)
        wanted = flagged | at_random.take(
            batch.decisions.rule, np.where(flagged | (place % thinned == 0), chance, _FAR), place
        )
        wanted |= near_an_edge.take(batch.decisions.rule, _nearness(batch, chance), place)
        connection.register("picked_batch", batch.columns(np.flatnonzero(wanted)))
        connection.execute(f"{made} FROM picked_batch")
        made = "INSERT INTO picked_numbers"
    decided.check_count(int(counts.sum()))
    sampled = sorted({*at_random.in_turns(), *near_an_edge.in_turns()})
    load_rows(connection, "sampled", [("place", int)], [(place,) for place in sampled])
    words = words_of("(SELECT *, account AS account_number FROM picked_numbers)", _KINDS, whole=bool(whole))
    connection.execute(_PICKED.format(words=words, flagged=FLAGGED))
    return {reason: int(counts[number]) for number, reason in enumerate(REASONS, 1) if counts[number]}, _sample(decided)


def _places(batch: DecidedBatch) -> tuple[Numbers, Numbers]:
    """Give the place of each event in the store, and a number by chance, the same at every run."""
    place = (batch.events.column("import_id").to_numpy().astype(np.int64) << 40) + batch.events.column(
        "record"
    ).to_numpy()
    mixed = place.astype(np.uint64) * np.uint64(0x9E37_79B9_7F4A_7C15)
    return place, (mixed >> np.uint64(2)).astype(np.int64)


def _nearness(batch: DecidedBatch, chance: Numbers) -> Numbers:
    """Give how near to an edge of its grants each event is, and of those equally near, by chance; else _FAR."""
    near = np.full(len(chance), _FAR)
    rows = np.flatnonzero(batch.decisions.span >= 0)
    start, end = batch.lookups.edges(batch.decisions.span[rows])
    instant = batch.events.column("instant").to_numpy()[rows]
    distance = np.minimum(instant - start, end - instant)
    near[rows] = np.where(distance < _NEAR, (distance << 20) + (chance[rows] & 1_048_575), _FAR)
    return near


class _Least:
    """Collects, for each rule, the events with the least numbers; _FAR counts for none."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[int, tuple[Numbers, Numbers]] = {}
        self._greatest = np.full(len(REASONS) + 1, _FAR, np.int64)

    def take(self, rule: "np.ndarray[tuple[int], np.dtype[np.uint8]]", numbers: Numbers, place: Numbers) -> Marks:
        """Look at some events, and say which may be among those with the least numbers."""
        marks = np.zeros(len(rule), np.bool_)
        rows = np.flatnonzero(numbers < self._greatest[rule])
        for each in np.unique(rule[rows]).tolist():
            of_rule = rows[rule[rows] == each]
            of_rule = of_rule[np.argsort(numbers[of_rule], kind="stable")[: self._most]]
            marks[of_rule] = True
            self._keep(each, numbers[of_rule], place[of_rule])
        return marks

    def in_turns(self) -> list[int]:
        """Give the places of the events, as many as are wanted in all, one of each rule in turn."""
        taken: list[int] = []
        lists = [places.tolist() for _, (_, places) in sorted(self._kept.items())]
        for turn in range(max(map(len, lists), default=0)):
            taken += [places[turn] for places in lists if turn < len(places)]
            if len(taken) >= self._most:
                break
        return taken[: self._most]

    def _keep(self, rule: int, numbers: Numbers, place: Numbers) -> None:
        before = self._kept.get(rule)
        if before is not None:
            numbers, place = np.concatenate([before[0], numbers]), np.concatenate([before[1], place])
        order = np.lexsort((place, numbers))[: self._most]
        self._kept[rule] = numbers[order], place[order]
        if len(order) == self._most:
            self._greatest[rule] = numbers[order[-1]]


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
