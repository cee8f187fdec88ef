"""Reads separated text (CSV) into a grid of cells."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import islice

from config.errors import Invalid
from config.tables.grid import Grid, GridRow, find_headings, refuse_too_many_cells
from config.texts import TextFile, count_line_ends, read_text_file

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
    text = read_text_file(name, content)
    # The limit holds for the whole program, so it is only ever raised; a cell may be as long as the file.
    csv.field_size_limit(max(csv.field_size_limit(), len(content)))
    separator = _likely_separator(text, known)
    notices = text.notices
    if separator != ",":
        notices += (f"The cells are separated by {_SEPARATORS[separator]}, not by commas; they were read so.",)
    return Grid(name, partial(_rows, name, text, separator), notices)


def _likely_separator(text: TextFile, known: Collection[str]) -> str:
    """Choose the separator that shows most known headings, then most columns; in doubt the comma."""
    return max(_SEPARATORS, key=lambda separator: _promise(text, separator, known))


def _promise(text: TextFile, separator: str, known: Collection[str]) -> tuple[int, int]:
    records = csv.reader(text.lines(), delimiter=separator, skipinitialspace=True)
    rows = (GridRow(0, _tidy(record, in_lines=True)) for record in records)
    # A line of nothing but separators is an empty row of one of them, not a text of the others.
    headings = find_headings((row for row in rows if "".join(row.cells).strip(_ALL_SEPARATORS)), known)
    return (len(headings.known), len(headings.texts)) if headings else (0, 0)


def _rows(name: str, text: TextFile, separator: str) -> Iterator[GridRow]:
    """Read the rows one by one; none is kept, as those of a large file would fill the memory."""
    lines: list[str] = []  # those of the record under way
    reader = csv.reader(_kept(text.lines(), lines), delimiter=separator, strict=True, skipinitialspace=True)
    first, cell_count = 1, 0
    try:
        for record in reader:
            cells = _tidy(record, in_lines=len(lines) > 1)
            if any(cells):
                yield GridRow(first, cells, "".join(lines))
            first += len(lines)
            lines.clear()
            cell_count += len(record)
            refuse_too_many_cells(name, cell_count)
    except csv.Error:
        line = first + _lines_before_open_quote("".join(islice(text.lines(), first - 1, None)), separator)
        raise Invalid(
            f"{name}, line {line}: a cell opens with a quotation mark, but none closes it right before a separator or "
            "the line's end; close it, and double every quotation mark inside it."
        ) from None


def _kept(lines: Iterator[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


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
