"""A source remembers the columns of its logs: one that an export gains later does not tell its records apart."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from config.texts import listed

if TYPE_CHECKING:
    from audit.logs.formats.contract import Layout  # with it all formats would be loaded, which takes long

_MOST_SHOWN = 10


class Remembered(NamedTuple):
    """A log's layout as its records are told apart, and what a person should know of it."""

    layout: "Layout"
    notices: tuple[str, ...]


def as_remembered(layout: "Layout", known: Sequence[tuple[str, ...]]) -> Remembered:
    """Let records be told by the columns that an earlier log of the source had, if this one has them all.

    Args:
        known: The columns by which the records of earlier logs are told apart, the earliest log first.
    """
    if not known or not layout.headings:
        return Remembered(layout, ())
    there = set(layout.headings)
    first = next((columns for columns in known if there.issuperset(columns)), None)
    if first is None:
        return Remembered(layout, tuple(_say_gone(there, known[-1])))
    gained = [name for name in layout.headings if name not in first]
    if not gained:
        return Remembered(layout, ())
    pairs = zip(layout.headings, layout.contents, strict=True)
    kept = {name: column for name, column in pairs if name in first}
    told = (
        f"Earlier logs of the source had no column {listed(gained, _MOST_SHOWN)}; "
        "records are told apart without it, so that those that are known stay known."
    )
    return Remembered(replace(layout, contents=tuple(kept.values()), headings=tuple(kept)), (told,))


def written(layout: "Layout") -> str | None:
    """Give a layout's columns as a receipt keeps them."""
    return json.dumps(list(layout.headings), ensure_ascii=False) if layout.headings else None


def read_columns(kept: Sequence[str | None]) -> list[tuple[str, ...]]:
    """Read what receipts keep, each set of columns once."""
    return list(dict.fromkeys(tuple(json.loads(one)) for one in kept if one))


def _say_gone(there: set[str], before: Sequence[str]) -> Iterator[str]:
    gone = [name for name in before if name not in there]
    yield (
        f"Earlier logs of the source had a column {listed(gone, _MOST_SHOWN)}, which this one lacks; "
        "a record that was imported with it is not known again without it."
    )
