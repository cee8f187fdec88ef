"""Rows as lines that programs read: JSON and CSV."""

import json
from collections.abc import Iterator, Mapping, Sequence

from config.csv_guard import guarded_lines

Line = Mapping[str, str | int | None]


def json_lines(rows: Sequence[Line]) -> Iterator[str]:
    """Give a list of objects."""
    yield "["
    for number, row in enumerate(rows, start=1):
        written = json.dumps(row, ensure_ascii=False, indent=2)
        yield from f"{written}{',' if number < len(rows) else ''}".replace("\n", "\n  ").split("\n")
    yield "]"


def csv_lines(headings: Sequence[str], rows: Sequence[Line]) -> Iterator[str]:
    """Give a line of headings and one for each row; no cell calculates in a spreadsheet."""
    return guarded_lines((headings, *([row[name] for name in headings] for row in rows)))
