"""Compare what a file states of one table with what is current there: what would change, and what says otherwise."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from config.tables.facts import Change, Current, Plan, Stated

_Content = tuple[object, ...]


class Outcome(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Comparison:
    """What a file would do to one table.

    Args:
        outcomes: By number, what becomes of each row that states something new.
        clashes: The places, among what is stated, of a fact and of the first that says otherwise of the same thing.
    """

    plan: Plan[Any]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    clashes: list[tuple[int, int]] = field(default_factory=list)


def compare(
    current: Current[Any],
    stated: Stated[Any],
    owners: Stated[Any] | None,
    watch: Callable[[], None],
    *,
    replace_others: bool = False,
) -> Comparison:
    """Compare what a file states of a table with what is current.

    Args:
        current: What is current in the table.
        stated: What the file states of it.
        owners: Where the rows belong to rows of another table, what the file states of that.
        watch: Looks where most is held whether there is memory enough.
        replace_others: What is current of a subject that the file names, and not restated there, is withdrawn.
    """
    contents = stated.facts if not current.table.folded else list(current.table.compared(stated.facts))
    watch()
    comparison = Comparison(Plan())
    if not all(content in current.known for content in contents):
        _find_new(comparison, current, stated, contents, watch)
    if owners is not None:
        _close_what_owners_lack(comparison.plan, current, contents, owners)
    if replace_others and current.table.subject:
        _withdraw_what_is_not_restated(comparison.plan, current, contents)
    closed = comparison.plan.closed
    comparison.plan.kept = (
        [fact for row_id, fact in zip(current.ids, current.facts, strict=True) if row_id not in closed]
        if closed
        else current.facts
    )
    return comparison


def add_changes(comparison: Comparison, current: Current[Any], changes: Collection[Change[Any]]) -> None:
    """Add to what a file would do what it changes without stating it."""
    plan = comparison.plan
    before = {change.before for change in changes}
    ids = {fact: row_id for row_id, fact in zip(current.ids, current.facts, strict=True) if fact in before}
    for change in changes:
        row_id = ids[change.before]
        plan.closed[row_id] = change.before
        if change.after is None:
            plan.withdrawn.add(row_id)
        elif change.after not in current.known:
            plan.unstated[row_id] = change.after
        if change.number is not None:
            comparison.outcomes.setdefault(change.number, Outcome.CHANGED)
    plan.kept = [fact for row_id, fact in zip(current.ids, current.facts, strict=True) if row_id not in plan.closed]


def _find_new(
    comparison: Comparison,
    current: Current[Any],
    stated: Stated[Any],
    contents: Sequence[_Content],
    watch: Callable[[], None],
) -> None:
    table, plan = current.table, comparison.plan
    replaceable = _replaceable(current, contents)
    settled: dict[object, int] = {}  # by identity or, where that may stand several times, by content
    for place, content in enumerate(contents):
        first = settled.setdefault(table.identity_of(content) if table.unique else content, place)
        if first != place:
            if contents[first] != content:
                comparison.clashes.append((place, first))
            continue
        if content in current.known:
            continue
        number = stated.numbers[place]
        plan.opened.add(number, stated.facts[place])
        outcome = Outcome.CHANGED if table.owner else Outcome.ADDED  # a new part of a row changes that row
        if replaceable and (same := replaceable.get(table.identity_of(content))):
            replaced = same.pop(0)
            plan.closed[current.ids[replaced]] = current.facts[replaced]
            plan.replaced[len(plan.opened) - 1] = current.ids[replaced]
            outcome = Outcome.CHANGED
        comparison.outcomes[number] = stronger(comparison.outcomes.get(number), outcome)
    watch()


def stronger(outcome: Outcome | None, other: Outcome) -> Outcome:
    """Give what becomes of a row that states two things: added where one of them is new."""
    return Outcome.ADDED if Outcome.ADDED in {outcome, other} else other


def _replaceable(current: Current[Any], contents: Iterable[_Content]) -> dict[object, list[int]]:
    """Give by identity the places of what is current and a file does not restate, and so may change."""
    places: dict[object, list[int]] = defaultdict(list)
    if current.facts:
        restated = current.known.keys() & set(contents)
        for place, content in enumerate(current.table.compared(current.facts)):
            if content not in restated:
                places[current.table.identity_of(content)].append(place)
    return places


def _close_what_owners_lack(
    plan: Plan[Any], current: Current[Any], contents: Collection[_Content], owners: Stated[Any]
) -> None:
    table = current.table
    if table.owner is None:
        return
    key, column = table.owner.key, table.owner.column
    named = {getattr(fact, key) for fact in owners.facts}
    identities = set(map(table.identity_of, contents))
    compared = table.compared(current.facts)
    for row_id, fact, content in zip(current.ids, current.facts, compared, strict=True):
        if getattr(fact, column) in named and table.identity_of(content) not in identities:
            plan.closed[row_id] = fact


def _withdraw_what_is_not_restated(plan: Plan[Any], current: Current[Any], contents: Collection[_Content]) -> None:
    table = current.table
    subject_of = table.cells_of(table.subject)
    named, restated = set(map(subject_of, contents)), set(contents)
    compared = table.compared(current.facts)
    for row_id, fact, content in zip(current.ids, current.facts, compared, strict=True):
        if row_id not in plan.closed and subject_of(content) in named and content not in restated:
            plan.closed[row_id] = fact
            plan.withdrawn.add(row_id)
