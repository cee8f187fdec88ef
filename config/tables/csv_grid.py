"""Reads separated text (CSV) into a grid of cells."""

import csv
import io
import re
from collections.abc import Collection, Sequence
from itertools import islice

from config.errors import Invalid
from config.tables.grid import ROWS_SEARCHED_FOR_HEADINGS, Grid, GridRow, find_headings, refuse_too_many_cells
from config.texts import count_line_ends, decode_text

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_ALL_SEPARATORS = " ".join(_SEPARATORS)


def read_csv_grid(name: str, content: bytes, known: Collection[str]) -> Grid:
    """Read a CSV file's cells, whatever its encoding, line ends and separator.

    Args:
        name: The file's name, for sentences.
        content: The whole file.
        known: The headings that the caller understands, folded; they tell which separator is meant.

    Raises:
        Invalid: The file is not text, or a quotation mark leaves open where its cell ends.
    """
    text, notices = decode_text(name, content)
    # The limit holds for the whole program, so it is only ever raised; a cell may be as long as the file.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = list(io.StringIO(text, newline=""))
    separator = _likely_separator(lines, known)
    if separator != ",":
        notices += (f"The cells are separated by {_SEPARATORS[separator]}, not by commas; they were read so.",)
    rows = _read_rows(name, lines, separator)
    return Grid(name, rows, lambda row: "".join(lines[row.number - 1 : row.last]).rstrip("\r\n"), notices)


def _likely_separator(lines: Sequence[str], known: Collection[str]) -> str:
    """Choose the separator that shows most known headings, then most columns; in doubt the comma."""
    return max(_SEPARATORS, key=lambda separator: _promise(lines, separator, known))


def _promise(lines: Sequence[str], separator: str, known: Collection[str]) -> tuple[int, int]:
    records = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    rows = (GridRow(0, _tidy(record, in_lines=True), 0) for record in records)
    # A line of nothing but separators is an empty row of one of them, not a text of the others.
    filled = (row for row in rows if "".join(row.cells).strip(_ALL_SEPARATORS))
    headings = find_headings(list(islice(filled, ROWS_SEARCHED_FOR_HEADINGS)), known)
    return (len(headings.known), len(headings.texts)) if headings else (0, 0)


def _read_rows(name: str, lines: Sequence[str], separator: str) -> list[GridRow]:
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    rows = []
    first, cell_count = 1, 0
    try:
        for record in reader:
            cells = _tidy(record, in_lines=reader.line_num > first)
            if any(cells):
                rows.append(GridRow(first, cells, reader.line_num))
            first = reader.line_num + 1
            cell_count += len(record)
            refuse_too_many_cells(name, cell_count)
    except csv.Error:
        line = first + _lines_before_open_quote("".join(lines[first - 1 :]), separator)
        raise Invalid(
            f"{name}, line {line}: a cell opens with a quotation mark, but none closes it right before a separator or "
            "the line's end; close it, and double every quotation mark inside it."
        ) from None
    return rows


def _tidy(record: Sequence[str], *, in_lines: bool) -> tuple[str, ...]:
    """Trim a record's cells; where it takes up several lines, its cells may hold line ends."""
    if in_lines:
        return tuple(cell.strip().replace("\r\n", "\n").replace("\r", "\n") for cell in record)
    return tuple(map(str.strip, record))


def _lines_before_open_quote(text: str, separator: str) -> int:
    """Count the line ends from a broken record's start to the cell that its quotation mark leaves open."""
    mark = re.escape(separator)
    # The doubled plus signs give nothing back: without them a long open cell would be tried again at every length.
    quoted, plain = r'"[^"]*+(?:""[^"]*+)*+"', rf'(?:[^"{mark}\r\n][^{mark}\r\n]*+)?'
    sound_cell = re.compile(rf"[ ]*+(?:{quoted}|{plain})(?:{mark}|\r\n|\r|\n)")
    position = 0
    while found := sound_cell.match(text, position):
        position = found.end()
    return count_line_ends(text[:position])
