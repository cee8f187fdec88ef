"""Find second facts: what a file adds about a thing of which something else is recorded for the same time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.tables.facts import Fact, Plan, StatedTable
from config.tables.in_words import rest_in_words, subject_in_words
from config.tables.listings import Entry

_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def second_facts(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    """Give each pair of a fact that stays and one that is added beside it and overlaps it; both would hold."""
    if not table.thing or not plan.kept:
        return
    added = list(plan.added())
    thing_of = table.cells_of(table.thing)
    named = [thing_of(content) for content in table.compared([fact for _, fact in added])]
    if not (wanted := set(named)):
        return
    kept = defaultdict(list)
    for fact, content in zip(plan.kept, table.compared(plan.kept), strict=True):
        if (thing := thing_of(content)) in wanted:
            kept[thing].append(fact)
    for (number, fact), thing in zip(added, named, strict=True):
        for other in kept.get(thing, ()):
            if _overlap(table, fact, other):
                subject = subject_in_words(table, fact, zone)
                yield Entry(number, subject, rest_in_words(table, other, zone), rest_in_words(table, fact, zone))


def _overlap(table: StatedTable[Any], fact: Fact, other: Fact) -> bool:
    (start, end), (other_start, other_end) = _period(table, fact), _period(table, other)
    return max(start, other_start) < min(end, other_end)


def _period(table: StatedTable[Any], fact: Any) -> tuple[datetime, datetime]:  # noqa: ANN401 - a fact with a period
    return fact.start or _BEGINNING, min(getattr(fact, name) or _END for name in table.ends)
