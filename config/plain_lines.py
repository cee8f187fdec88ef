"""Rows as lines that programs read: JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

Line = Mapping[str, str | int | None]


def json_lines(rows: Sequence[Line]) -> Iterator[str]:
    """Give a list of objects."""
    yield "["
    for number, row in enumerate(rows, start=1):
        written = json.dumps(row, ensure_ascii=False, indent=2)
        yield from f"{written}{',' if number < len(rows) else ''}".replace("\n", "\n  ").split("\n")
    yield "]"


def csv_lines(headings: Sequence[str], rows: Sequence[Line]) -> Iterator[str]:
    """Give a line of headings and one for each row."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="")
    for cells in (headings, *([row[name] for name in headings] for row in rows)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
