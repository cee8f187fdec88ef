"""List what an import changes: what every receipt names, and all the rest that a dry run shows before it is done."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any
from zoneinfo import ZoneInfo

from config.remedies import Advice, Remedy
from config.tables.facts import Plan, Plans, StatedTable
from config.tables.in_words import cell_in_words, column_name, rest_in_words, subject_in_words
from config.tables.listings import Entry, Listing
from config.tables.options import ImportOptions, Option
from config.tables.second_facts import second_facts


def surprises(plans: Plans, zone: ZoneInfo, options: ImportOptions, taken: AbstractSet[Option]) -> tuple[Listing, ...]:
    """Give what nobody may overlook: second facts, what is open again, and what is withdrawn.

    Of a file that is the whole truth about its subjects nothing is a second fact.

    Args:
        options: Those of the import.
        taken: The options that mean something to its kind.
    """
    pairs = [] if options.replace else _each(second_facts, plans, zone)
    remedy = Remedy(Advice.REPLACE_OLDER) if Option.REPLACE in taken else None
    found = (
        Listing("second facts", pairs, "" if remedy else "both now hold.", remedy),
        Listing("reopened", _each(_reopened, plans, zone)),
        Listing("withdrawn", _each(_withdrawn, plans, zone)),
    )
    return tuple(listing for listing in found if listing.entries)


def all_changes(plans: Plans, zone: ZoneInfo) -> tuple[Listing, ...]:
    """Give what is added, changed column by column, and closed without anything in its place."""
    found = (
        Listing("added", _each(_added, plans, zone)),
        Listing("changed", _each(_changed, plans, zone)),
        Listing("closed", _each(_closed, plans, zone)),
    )
    return tuple(listing for listing in found if listing.entries)


def _each(find: Any, plans: Plans, zone: ZoneInfo) -> list[Entry]:  # noqa: ANN401 - one of the functions below
    return [entry for table, plan in plans.each() for entry in find(table, plan, zone)]


def _added(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    for number, fact in plan.added():
        yield Entry(number, subject_in_words(table, fact, zone), now=rest_in_words(table, fact, zone))


def _changed(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    return _differences(table, plan, zone, table.columns)


def _reopened(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    return (entry for entry in _differences(table, plan, zone, table.ends) if not entry.now)


def _differences(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo, columns: Iterable[str]) -> Iterator[Entry]:
    for number, before, fact in plan.changed():
        for name in columns:
            was, now = getattr(before, name), getattr(fact, name)
            if was != now:
                was, now = cell_in_words(name, was, zone), cell_in_words(name, now, zone)
                yield Entry(number, subject_in_words(table, fact, zone), was, now, column_name(name))


def _withdrawn(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    for row_id in plan.withdrawn:
        fact = plan.closed[row_id]
        yield Entry(None, subject_in_words(table, fact, zone), rest_in_words(table, fact, zone))


def _closed(table: StatedTable[Any], plan: Plan[Any], zone: ZoneInfo) -> Iterator[Entry]:
    otherwise = plan.withdrawn | set(plan.replaced.values()) | plan.unstated.keys()
    for row_id, fact in plan.closed.items():
        if row_id not in otherwise:
            yield Entry(None, subject_in_words(table, fact, zone), rest_in_words(table, fact, zone))
