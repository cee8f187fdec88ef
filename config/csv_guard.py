"""CSV that people open in a spreadsheet: no cell of it calculates, and what stood there can be had again.

A cell that begins with `=`, `+`, `-` or `@` (also behind blanks, and in full width), with a tab or with a line end gets
an apostrophe before it, as a spreadsheet would else take it for a formula. A cell that begins with apostrophes and
then with one of these gets one more, so that taking one off gives every cell back as it was. Numbers of our own, such
as counts, are no texts and stay as they are; a text that looks like a number, such as -5, is guarded.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

_CALCULATES = re.compile("'*(?:[\t\r\n]|\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20])")


def guarded_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Give rows as lines of CSV, of which no cell calculates."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="")
    for row in rows:
        writer.writerow(guarded(row))
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def guarded(cells: Iterable[object]) -> list[object]:
    """Give the cells of a line so that none of them calculates."""
    return [f"'{cell}" if isinstance(cell, str) and _CALCULATES.match(cell) else cell for cell in cells]


def unguarded(cells: Iterable[str]) -> tuple[str, ...]:
    """Give the texts that were guarded."""
    return tuple(cell[1:] if cell.startswith("'") and _CALCULATES.match(cell) else cell for cell in cells)
