"""Picks the decided events that are looked at one by one where Spark decides them: the same ones."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from audit.decided import FLAGGED, Range
from audit.least import FAR, Least, Listed
from audit.logs.event_store import Store
from audit.map_events import DAY
from audit.on_spark.decided_on_spark import DecidedOnSpark, decided_on_spark
from audit.pick_accesses import further_columns, put_in_words
from audit.tally import Tally
from config.progress import Progress
from config.settings import Settings

# Numbers by chance have so many bits. Of each rule, so many times as many events as can be listed are looked at in
# order, those whose numbers are low; should these be too few, all are.
_BITS = 62
_TIMES_AS_MANY = 4


def pick_on_spark(
    policy: Policy,
    store: Store,
    normalising: Mapping[int, AccountNormalising],
    asked: Range,
    settings: Settings,
    progress: Progress,
) -> Tally:
    """Decide the events of a range, and make the table `picked` as `pick_accesses` does.

    Which record has which rule is not noted: no audit can go on from this one.

    Raises:
        Conflict: Not each stored event was decided once, or Spark is not installed here, or fails.
    """
    progress.step("Auditing: starting Apache Spark")
    with decided_on_spark(policy, store, normalising, asked, settings) as decided:
        progress.step("Auditing: deciding on Apache Spark")
        tally = _count(decided, Tally.of_nothing(settings.cross_examined))
        decided.check_count(tally.events)
        tally = _list(decided, tally, _TIMES_AS_MANY) or _list(decided, tally, None) or tally
        _fetch_picked(decided)
        put_in_words(decided.connection, store, tally)
    return tally


def _count(decided: DecidedOnSpark, tally: Tally) -> Tally:
    counted = decided.tables.ask("SELECT rule::INTEGER AS rule, count(*) AS events FROM decided_events GROUP BY rule")
    tally.counts[counted.column("rule").to_numpy()] = counted.column("events").to_numpy()
    return tally


def _fetch_picked(decided: DecidedOnSpark) -> None:
    """Make the table `picked_numbers` in DuckDB: from here on it is as if that had decided."""
    tables = decided.tables
    columns = decided.columns(further_columns(decided.store))
    tables.make(
        f"CREATE TABLE picked_events AS SELECT {columns} FROM candidates "  # noqa: S608 - our own names
        f"WHERE rule IN {FLAGGED} OR place IN (SELECT place FROM listed_events)"
    )
    made = "CREATE OR REPLACE TABLE picked_numbers AS"
    for batch in tables.ask_in_parts("picked_events", columns):
        decided.connection.register("picked_batch", batch)
        decided.connection.execute(f"{made} FROM picked_batch")
        made = "INSERT INTO picked_numbers"


def _list(decided: DecidedOnSpark, tally: Tally, times_as_many: int | None) -> Tally | None:
    """List those that may be sampled; None where too few of some rule were looked at."""
    tables, most = decided.tables, tally.at_random.most
    tables.give_rows("chances", _chances(tally, times_as_many))
    tables.variables |= {"most": most, "day": DAY}
    tables.make_of_file("on_spark/pick_accesses.sql")
    listed = tables.ask(
        "SELECT rule::INTEGER AS rule, place, number, is_near FROM listed_events ORDER BY number, place"
    )
    by_chance = listed.filter(pc.invert(listed.column("is_near")))
    if by_chance.num_rows < int(np.minimum(tally.counts, most).sum()):
        return None
    return replace(
        tally, at_random=_least(most, by_chance), near_an_edge=_least(most, listed.filter(listed.column("is_near")))
    )


def _chances(tally: Tally, times_as_many: int | None) -> pa.Table:
    """Say for each rule below which number by chance its events are looked at."""
    rules = [rule for rule, events in enumerate(tally.counts.tolist()) if events]
    looked_at = None if times_as_many is None else tally.at_random.most * times_as_many
    events = [int(tally.counts[rule]) for rule in rules]
    below = [FAR if looked_at is None or of <= looked_at else (looked_at << _BITS) // of for of in events]
    return pa.table(
        {
            "rule": pa.array(rules, pa.int32()),
            "below": pa.array(below, pa.int64()),
            "is_flagged": pa.array([rule in FLAGGED for rule in rules], pa.bool_()),
        }
    )


def _least(most: int, listed: pa.Table) -> Least:
    """Make the lists of all rules, of rows in the order of their numbers."""
    rule, number, place = (listed.column(name).to_numpy() for name in ("rule", "number", "place"))
    return Least(most, {each: Listed(number[rule == each], place[rule == each]) for each in np.unique(rule).tolist()})
