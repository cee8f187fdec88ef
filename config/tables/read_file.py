"""Opens a CSV or XLSX file that a person gives as rows of text; nothing of it is guessed, cut or lost in silence."""

import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from config.csv_guard import unguarded
from config.errors import Invalid
from config.tables.csv_grid import read_csv_grid
from config.tables.grid import Grid, GridRow, HeadingRow, find_headings, fold_heading, refuse_too_many_bytes
from config.tables.rejects_file import is_rejects_file
from config.texts import listed, shortened

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_LISTED = 10
_ROWS_BETWEEN_LOOKS = 5_000
_LONGEST_NAME, _LONGEST_PATH = 255, 1_000
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = {
    b"%PDF-": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<html": "a web page",
    b"<!doctype html": "a web page",
    b"<table": "a web page",
    b"<?xml": "an XML file",
}


class TableRow(NamedTuple):
    """One row that is not wholly empty.

    Args:
        number: As the person sees it: the sheet's row, or the line of a CSV file on which the record begins.
        texts: Its cells, one for each heading, trimmed, "" where empty; line ends inside a cell are LF.
        fault: Why it cannot be taken as it is, without a full stop; empty where it can.
        source: A faulty row as it stands in the file; a sheet's row as a line of CSV.
    """

    number: int
    texts: tuple[str, ...]
    fault: str = ""
    source: str = ""


@dataclass(frozen=True)
class TableFile:
    """A table in a file that was opened.

    Args:
        name: The file's name, with the sheet where a workbook has several.
        headings: As they stand, trimmed, without empty trailing ones; a heading that repeats another letter for letter
            is given a number, as "Phone (2)".
        heading_row: Its number, as in TableRow.
        notices: Sentences on what was noticed and how it was read.
    """

    name: str
    headings: tuple[str, ...]
    heading_row: int
    notices: tuple[str, ...]
    _grid: Grid
    _found: HeadingRow
    _watch: Callable[[], None]

    def rows(self) -> Iterator[TableRow]:
        """Read the rows that are not wholly empty, in the file's order; may be asked again.

        Raises:
            Invalid: A quotation mark leaves open where its cell ends, or the file spans too many cells.
        """
        width, flaws = len(self.headings), self._grid.flaws
        for count, row in enumerate(islice(self._grid.rows(), self._found.position + 1, None)):
            if not count % _ROWS_BETWEEN_LOOKS:
                self._watch()
            if len(row.cells) == width and row.number not in flaws:
                yield TableRow(row.number, row.cells)
            elif fault := _fault(self._grid, self._found, row):
                yield TableRow(row.number, row.cells[:width], fault, row.as_it_stands())
            else:
                yield TableRow(row.number, row.cells[:width])  # what is beyond the headings is empty

    def left_out(self, first_rows: Mapping[int, int]) -> str:
        """Say which columns without a heading have content, by the first row in which each has."""
        unit = self._grid.unit
        columns = [f"{self._grid.column(index)} (first in {unit} {row})" for index, row in sorted(first_rows.items())]
        return f"Content without a heading was left out: {listed(columns, _MOST_LISTED)}."


def _look_away() -> None:
    """Watch nothing."""


def open_table(path: Path, *, known_headings: Collection[str], watch: Callable[[], None] = _look_away) -> TableFile:
    """Open a table, CSV or XLSX by its content, whatever the file's name says.

    Args:
        path: The file.
        known_headings: All headings that the caller understands. They tell which row holds the headings, which sheet
            is meant and which separator is used; only the cells under them can make a row a fault. A file without any
            of them is read with its first row that is not empty as the headings.
        watch: Looks from time to time while rows are read whether there is memory enough.

    Raises:
        Invalid: The file cannot be read as a table; the sentence names the file and the place.
    """
    known = _folded(known_headings)
    return _table_in(_read_grid(path, known, watch), known, watch)


def open_text(name: str, text: str, *, known_headings: Collection[str]) -> TableFile:
    """Open a table that was pasted, as CSV or as a spreadsheet's cells are copied.

    Args:
        name: What sentences call it.
        known_headings: As of `open_table`.

    Raises:
        Invalid: It cannot be read as a table.
    """
    known = _folded(known_headings)
    return _table_in(read_csv_grid(name, text.encode("utf-8", "replace"), known), known, _look_away)


def _folded(known_headings: Collection[str]) -> frozenset[str]:
    return frozenset(map(fold_heading, known_headings)) - {""}


def _table_in(grid: Grid, known: frozenset[str], watch: Callable[[], None]) -> TableFile:
    headings = find_headings(grid.rows(), known)
    if headings is not None and is_rejects_file(headings.texts):
        grid = replace(grid, rows=partial(_unguarded_rows, grid))
        headings = find_headings(grid.rows(), known)
    if headings is None:
        raise Invalid(f"{grid.name} is empty; give a file with a row of headings and the rows below it.")
    _refuse_repeated_known_headings(grid, headings)
    names = _distinct_names(headings.texts)
    notices = (*grid.notices, *_heading_notices(grid, headings, names))
    return TableFile(grid.name, names, headings.number, notices, grid, headings, watch)


def table_of_rows(name: str, rows: Sequence[Mapping[str, str]]) -> TableFile:
    """Give rows that come from no file, each by the same headings, as a table.

    Args:
        name: What sentences call it.
        rows: At least one.
    """
    headings = tuple(rows[0])
    cells = [headings, *(tuple(row[heading].strip() for heading in headings) for row in rows)]
    grid = Grid(name, lambda: (GridRow(number, texts) for number, texts in enumerate(cells)), lettered=True)
    found = HeadingRow(0, 0, headings, frozenset(range(len(headings))))
    return TableFile(name, headings, 0, (), grid, found, _look_away)


def _unguarded_rows(grid: Grid) -> Iterator[GridRow]:
    return (row._replace(cells=unguarded(row.cells)) for row in grid.rows())


def _read_grid(path: Path, known: Collection[str], watch: Callable[[], None]) -> Grid:
    name = shortened(path.name, _LONGEST_NAME)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Invalid(f"{name} is {_kind_of_place(status.st_mode)}, not a file; name a CSV or XLSX file.")
        refuse_too_many_bytes(name, status.st_size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise Invalid(f"There is no file {shortened(str(path), _LONGEST_PATH)}; check its name and folder.") from None
    except OSError as error:
        raise Invalid(f"{name} cannot be read ({error.strerror}); check that you may open it.") from None
    if content.startswith(_ZIPS):
        from config.tables.xlsx.grid import read_xlsx_grid  # noqa: PLC0415 - loads openpyxl, for workbooks alone

        return read_xlsx_grid(name, content, known, watch)
    _refuse_other_kinds(name, content)
    return read_csv_grid(name, content, known)


def _kind_of_place(mode: int) -> str:
    return "a folder" if stat.S_ISDIR(mode) else "a device or pipe"


def _refuse_other_kinds(name: str, content: bytes) -> None:
    if content.startswith(_COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Invalid(f"{name} is protected by a password; save it without one and import that file.")
        raise Invalid(f"{name} is an old Excel file (.xls) or another Office file; save it as .xlsx or CSV.")
    opening = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, kind in _OTHER_KINDS.items():
        if opening.startswith(signature.lower()):
            raise Invalid(
                f"{name} is {kind}, not a table; open it in a spreadsheet program and save it as .xlsx or CSV."
            )


def _refuse_repeated_known_headings(grid: Grid, headings: HeadingRow) -> None:
    first: dict[str, int] = {}
    for index in sorted(headings.known):
        other = first.setdefault(fold_heading(headings.texts[index]), index)
        if other != index:
            raise Invalid(
                f'{grid.name}, {grid.unit} {headings.number}: the heading "{shortened(headings.texts[index])}" stands '
                f"twice, in {grid.column(other)} and {grid.column(index)}; rename or delete the wrong one."
            )


def _distinct_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Number the headings that repeat another, as two columns cannot have one name; empty ones stay empty."""
    taken, seen = set(texts), Counter[str]()
    names = []
    for text in texts:
        seen[text] += 1
        name = text
        while text and seen[text] > 1 and name in taken:
            name = f"{text} ({seen[text]})"
            seen[text] += name in taken
        taken.add(name)
        names.append(name)
    return tuple(names)


def _fault(grid: Grid, headings: HeadingRow, row: GridRow) -> str:
    width = len(headings.texts)
    if len(row.cells) < width:
        return (
            f"there are {len(row.cells)} cells under {width} headings; a separator is missing, or a line ends inside "
            "a cell that has no quotation marks"
        )
    if any(row.cells[width:]):
        index, cell = next((index, cell) for index, cell in enumerate(row.cells) if index >= width and cell)
        remedy = "" if grid.lettered else ", or put the cell that holds a separator in quotation marks"
        shown = shortened(" ".join(cell.split()), 40)
        return f'{grid.column(index)} has content ("{shown}") but no heading; give the column one{remedy}'
    flaws = [flaw for index, flaw in grid.flaws.get(row.number, {}).items() if index in headings.known]
    return ". ".join(flaws)


def _heading_notices(grid: Grid, headings: HeadingRow, names: Sequence[str]) -> Iterator[str]:
    if headings.position:
        yield f"The headings stand in {grid.unit} {headings.number}; what is above them was passed over."
    renamed = [index for index, name in enumerate(names) if name != headings.texts[index]]
    if renamed:
        called = listed([f'{grid.column(index)} "{shortened(names[index], 60)}"' for index in renamed], _MOST_LISTED)
        yield f"Headings that stand before in the same row were given a number: {called}."
