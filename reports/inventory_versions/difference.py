"""What differs between two copies of the inventory: series added, retired, renamed or gone, and each changed field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from config.texts import counted
from reports.inventory_versions.inventory_copy import CopiedSeries, Fact, InventoryCopy

_FIELDS = ("name", "department", "description", "classification", "citation", "work_access", "retired")


class Kind(StrEnum):
    """What became of a series."""

    ADDED = "added"
    GONE = "gone"
    RETIRED = "retired"
    RENAMED = "renamed"
    CHANGED = "changed"


class ChangedField(NamedTuple):
    """A field, as it was before and as it is after."""

    name: str
    before: str
    after: str


class SeriesDifference(NamedTuple):
    """A series that is not the same in both, under its later name; one that is in one of them only has no fields."""

    kind: Kind
    code: str
    name: str
    department: str
    fields: Sequence[ChangedField]


@dataclass(frozen=True)
class InventoryDifference:
    """What differs.

    Args:
        about: What is said besides the series: the entity, its contacts, the roles, what the inventory is.
        series: By kind as listed there, then as in the later copy.
    """

    about: Sequence[ChangedField]
    series: Sequence[SeriesDifference]

    @property
    def is_nothing(self) -> bool:
        """Whether both say the same."""
        return not (self.about or self.series)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many series of each kind."""
        return {kind: sum(one.kind is kind for one in self.series) for kind in Kind}

    def __str__(self) -> str:
        if self.is_nothing:
            return "nothing differs."
        told = [f"{count:,} {kind}" for kind, count in self.counts.items() if count]
        if self.about:
            told.append(f"{counted(len(self.about), 'change')} besides the series")
        return f"{', '.join(told)}."


def difference(before: InventoryCopy, after: InventoryCopy) -> InventoryDifference:
    """Compare two copies; a series is the same one by its code."""
    found = sorted(_series(before.series, after.series), key=lambda one: list(Kind).index(one.kind))
    return InventoryDifference(tuple(_about(before, after)), tuple(found))


def _about(before: InventoryCopy, after: InventoryCopy) -> Iterator[ChangedField]:
    yield from _changed("Entity", before.entity, after.entity)
    for older, later in ((before.contacts, after.contacts), (before.roles, after.roles)):
        stood, stands = _by_label(older), _by_label(later)
        for label in {**stood, **stands}:
            yield from _changed(label, stood.get(label, ""), stands.get(label, ""))
    yield from _changed("What this is", "\n".join(before.paragraphs), "\n".join(after.paragraphs))


def _by_label(facts: Iterable[Fact]) -> dict[str, str]:
    by_label = defaultdict(list)
    for fact in facts:
        by_label[fact.label].append(fact.text)
    return {label: "\n".join(texts) for label, texts in by_label.items()}


def _changed(name: str, before: str, after: str) -> Iterator[ChangedField]:
    if before != after:
        yield ChangedField(name, before, after)


def _series(before: Sequence[CopiedSeries], after: Sequence[CopiedSeries]) -> Iterator[SeriesDifference]:
    stood, stands = {one.code: one for one in before}, {one.code: one for one in after}
    for one in after:
        if one.code not in stood:
            yield SeriesDifference(Kind.ADDED, one.code, one.name, one.department, ())
        elif one != stood[one.code]:
            yield _differing(stood[one.code], one)
    for one in before:
        if one.code not in stands:
            yield SeriesDifference(Kind.GONE, one.code, one.name, one.department, ())


def _differing(before: CopiedSeries, after: CopiedSeries) -> SeriesDifference:
    fields = [
        ChangedField(name, getattr(before, name), getattr(after, name))
        for name in _FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
    if after.retired and not before.retired:
        kind = Kind.RETIRED
    elif before.name != after.name:
        kind = Kind.RENAMED
    else:
        kind = Kind.CHANGED
    return SeriesDifference(kind, after.code, after.name, after.department, fields)
