"""Rows of the record as they were known at an instant, as plain tuples for what is worked out of many of them.

Tables are named as in the database: to load their classes takes longer than to read some thousand rows.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, TextualSelect, bindparam, column, text

from config.database import Reader, UtcDateTime, UtcMicroseconds


class KnownTable(NamedTuple):
    """What is read of a table.

    Args:
        name: In the database.
        columns: Those that are read, besides the row's id and its clocks; the table's class has them as well.
        times: Which of them are instants.
        thing: In which of them two rows agree that are about one thing.
    """

    name: str
    columns: tuple[str, ...]
    times: frozenset[str] = frozenset()
    thing: tuple[str, ...] = ()


class KnownRows:
    """Loads rows known at an instant as plain tuples with their times in microseconds, which is quick.

    Args:
        wanted: By column, whom or what is asked about; none = all.
    """

    def __init__(self, reader: Reader, at: datetime, wanted: Mapping[str, Collection[str]] | None = None) -> None:
        self._reader = reader
        self._at = at
        self._wanted = wanted or {}

    def of(self, table: KnownTable, *, by: str = "") -> list[Any]:
        """Give the rows that stood, in the order of their recording.

        Args:
            by: The column that says whom or what a row is about: others than asked for are left out.
        """
        return self._load(table, by, "t.recorded_at <= :at AND (t.superseded_at IS NULL OR t.superseded_at > :at)")

    def superseded(self, table: KnownTable, *, by: str = "") -> list[Any]:
        """Give the rows that stood before, and no longer then."""
        return self._load(table, by, "t.superseded_at <= :at")

    def _load(self, table: KnownTable, by: str, condition: str) -> list[Any]:
        asked: dict[str, Any] = {"at": self._at}
        if wanted := self._wanted.get(by):
            condition, asked = f"{condition} AND t.{by} IN :wanted", {**asked, "wanted": sorted(wanted)}
        # the result itself would give them one by one
        return list(self._reader.execute(_asked(table, condition), asked).all())


@cache
def _asked(table: KnownTable, condition: str) -> TextualSelect:
    """Ask for rows by a text of our own: to make it of expressions takes as long as to read some thousand rows."""
    said = ", ".join(f't."{name}"' for name in table.columns)
    # a row that brings back another has its name, and said what it says when that was recorded
    text_of_all = f"""
        SELECT {said}, t.superseded_at, coalesce(t.restores, t.id), coalesce(first.recorded_at, t.recorded_at)
        FROM {table.name} t LEFT JOIN {table.name} first ON first.id = t.restores
        WHERE {condition} ORDER BY coalesce(t.restores, t.id)
    """  # noqa: S608 - our own names
    read = [column(name, UtcMicroseconds() if name in table.times else None) for name in table.columns]
    superseded, recorded = (column(name, UtcMicroseconds()) for name in ("superseded_at", "recorded_at"))
    known = text(text_of_all).bindparams(bindparam("at", type_=UtcDateTime()))
    if ":wanted" in condition:
        known = known.bindparams(bindparam("wanted", expanding=True))
    return known.columns(*read, superseded, column("id", Integer()), recorded)
