"""Compare the inventory's work access texts with the work access that was recorded by itself, series by series."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from access.facts import Access, Facts
from access.near_names import KnownNames
from access.rules import ALL_ACTIONS
from config.texts import compare_form

_OF_TEXT = "inventory:"


class Difference(StrEnum):
    """In what the text and the recorded work access of a series differ."""

    UNREAD = "unread"  # a part of the text names no known holder
    WIDER = "wider by text"  # both give it, the text for any action and purpose: the limits of the record are moot
    TEXT_ONLY = "by text only"
    RECORDED_ONLY = "recorded only"


class ComparedHolder(NamedTuple):
    """A holder of whom the text and the record say something else, or a part of the text that names nobody known.

    Args:
        holder_type: position, department, employee or everyone; empty of an unread part.
        holder: A code, a name, an id, or the part of the text.
        near: The known name that an unread part may mean; empty where none is near.
        recorded: The recorded work access that the text makes moot, or that the text does not name.
    """

    series: str
    kind: Difference
    holder_type: str
    holder: str
    near: str = ""
    recorded: Sequence[Access] = ()


def compare_texts(facts: Facts, instant: int) -> list[ComparedHolder]:
    """Give what differs, by series, at an instant in microseconds since 1970 in UTC."""
    by_series: Mapping[str, list[Access]] = defaultdict(list)
    for access in facts.accesses:
        if access.start <= instant < access.end:
            by_series[access.series].append(access)
    names = [one for position in facts.positions.values() for one in (position.title, position.department)]
    known = KnownNames(dict.fromkeys(names))
    found: list[ComparedHolder] = []
    for code, series in sorted(facts.series.items()):
        found += [ComparedHolder(code, Difference.UNREAD, "", part, known.nearest(part)) for part in series.untestable]
        found += sorted(_compared(code, by_series[code], facts), key=lambda one: (one.kind, one.holder))
    return found


def _compared(code: str, accesses: Iterable[Access], facts: Facts) -> Iterator[ComparedHolder]:
    texts, recorded = _Given(facts), _Given(facts)
    for access in accesses:
        (texts if access.grant_id.startswith(_OF_TEXT) else recorded).add(access)
    for (kind, holder), given in recorded.by_holder.items():
        if not texts.covers(kind, holder):
            yield ComparedHolder(code, Difference.RECORDED_ONLY, kind, holder, recorded=given)
        elif not any(_is_whole(one) for one in given):
            yield ComparedHolder(code, Difference.WIDER, kind, holder, recorded=given)
    for kind, holder in texts.by_holder:
        if not recorded.covers(kind, holder):
            yield ComparedHolder(code, Difference.TEXT_ONLY, kind, holder)


def _is_whole(access: Access) -> bool:
    return access.actions == ALL_ACTIONS and access.purposes == "*"


class _Given:
    """What is given of one series, by one of both."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.by_holder: dict[tuple[str, str], list[Access]] = defaultdict(list)

    def add(self, access: Access) -> None:
        self.by_holder[access.holder_type, access.holder].append(access)

    def covers(self, kind: str, holder: str) -> bool:
        """Say whether a holder is given it, by itself, as a position of a department, or as everyone is."""
        if (kind, holder) in self.by_holder or ("everyone", "") in self.by_holder:
            return True
        position = self._facts.positions.get(holder) if kind == "position" else None
        department = compare_form(position.department) if position else ""
        return any(
            other == "department" and compare_form(name) == department
            for other, name in self.by_holder
            if position is not None
        )
