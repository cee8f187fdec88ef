"""A fact as a person reads it in a list: its cells as a file would write them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.clock import edge_text
from config.tables.facts import Fact, StatedTable

_LAST_DAYS = frozenset({"end"})  # a date there is the last day that counts


def column_name(field: str) -> str:
    """Give the column of a file from which a field of a fact is read."""
    return field.removeprefix("stated_").removesuffix("_text")


def cell_in_words(field: str, value: Any, zone: ZoneInfo) -> str:  # noqa: ANN401 - a field of any fact
    """Write a cell as a file would: an instant that begins or ends a day as that day."""
    if not isinstance(value, datetime):
        return value or ""
    return edge_text(value, zone, is_end=field in _LAST_DAYS)


def subject_in_words(table: StatedTable[Any], fact: Fact, zone: ZoneInfo) -> str:
    """Say whom or what a fact is about."""
    return " ".join(filter(None, _cells(fact, table.thing or table.identity, zone)))


def rest_in_words(table: StatedTable[Any], fact: Fact, zone: ZoneInfo) -> str:
    """Say all else that a fact states."""
    about = table.thing or table.identity
    names = [name for name in table.columns if name not in about]
    cells = zip(names, _cells(fact, names, zone), strict=True)
    return ", ".join(f"{column_name(name)} {text}" for name, text in cells if text)


def _cells(fact: Fact, names: Sequence[str], zone: ZoneInfo) -> list[str]:
    return [cell_in_words(name, getattr(fact, name), zone) for name in names]
