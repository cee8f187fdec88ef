"""Rows as lines: a table to be read, CSV and JSON for programs; no cell of CSV calculates."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum

from config.csv_guard import guarded_lines
from config.shown_text import shown
from config.text_table import TextColumn, table_lines


class Layout(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def row_lines(
    layout: Layout, headings: Sequence[str], rows: Sequence[Sequence[object]], width: int | None
) -> Iterator[str]:
    """Lay out rows; a column of a table that no row fills is left out.

    Args:
        width: Of the terminal; None where it is none, and no line needs to be folded.
    """
    if layout is Layout.JSON:
        return _json_lines(headings, rows)
    return guarded_lines((headings, *rows)) if layout is Layout.CSV else _table_lines(headings, rows, width)


def _table_lines(headings: Sequence[str], rows: Sequence[Sequence[object]], width: int | None) -> Iterator[str]:
    filled = [place for place in range(len(headings)) if not rows or any(row[place] for row in rows)]
    columns = [TextColumn(headings[place], folds=True) for place in filled]
    # before it is measured, as a letter may become several
    return table_lines(columns, [_shown_row([str(row[place]) for place in filled]) for row in rows], width=width)


def _shown_row(cells: list[str]) -> list[str]:
    """Show the cells of a row; most hold nothing that steers, which is told for all of them at once."""
    return cells if "".join(cells).isprintable() else [shown(cell) for cell in cells]


def _json_lines(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield "["
    for number, row in enumerate(rows, start=1):
        written = encode(dict(zip(headings, row, strict=True)))
        yield f"  {written}{',' if number < len(rows) else ''}"
    yield "]"
