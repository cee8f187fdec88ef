"""What a sheet about one thing is: sentences, a picture, and small tables beneath one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.sheets import CellValue, Column


@dataclass(frozen=True)
class SpanningColumn(Column):
    """A column of one of the tables, which takes several of the sheet's; its width is theirs together."""

    span: int = 1


@dataclass(frozen=True, kw_only=True)
class SmallTable:
    """One of the tables.

    Args:
        columns: From left to right; together they span all of the sheet's.
        rows: One value for each column.
        empty: The sentence that stands where there are no rows.
        notes: Paragraphs between heading and table.
    """

    heading: str
    columns: Sequence[SpanningColumn]
    rows: Iterable[Sequence[CellValue]]
    empty: str
    notes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A sheet about one thing, to be read and printed rather than sorted.

    Args:
        title: The sheet's name.
        widths: Of the sheet's columns, in characters.
        paragraphs: Under the heading.
        picture: A PNG, shown as wide as the sheet; None where there is nothing to draw.
        tables: Beneath it.
        closing: Paragraphs under all of it.
    """

    title: str
    heading: str
    widths: Sequence[int]
    paragraphs: Sequence[str]
    picture: bytes | None
    tables: Sequence[SmallTable]
    closing: Sequence[str] = ()
