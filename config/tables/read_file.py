"""Reads a CSV or XLSX file that a person gives into rows of text; nothing of it is guessed, cut or lost in silence."""

import stat
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.errors import Invalid
from config.tables.csv_grid import read_csv_grid
from config.tables.grid import Grid, GridRow, Headings, find_headings, fold_heading, refuse_too_many_bytes
from config.tables.xlsx.grid import read_xlsx_grid

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_LISTED = 10
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


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that is not wholly empty.

    Args:
        number: As the person sees it: the sheet's row, or the line of a CSV file on which the record begins.
        cells: By heading, trimmed, "" where empty; line ends inside a cell are LF.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RowFault:
    """A row that cannot be taken as it is.

    Args:
        number: As in TableRow.
        sentence: Says what is wrong and what to do, after "file, row number: ".
        raw: The row as it stands in the file; a sheet's row as a line of CSV.
    """

    number: int
    sentence: str
    raw: str


@dataclass(frozen=True)
class Table:
    """A table as it was read; each of its rows that is not wholly empty is in `rows` or in `faults`.

    Args:
        name: The file's name, with the sheet where a workbook has several.
        headings: As they stand, trimmed, without empty trailing ones. Each that is not empty is a key of every row's
            cells; a heading that repeats another letter for letter is given a number, as "Phone (2)".
        heading_row: Its number, as in TableRow.
        rows: In the file's order.
        notices: Sentences on what was noticed and how it was read.
        faults: The rows that cannot be taken, in the file's order.
    """

    name: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[TableRow, ...]
    notices: tuple[str, ...]
    faults: tuple[RowFault, ...]


def read_table(path: Path, *, known_headings: Collection[str]) -> Table:
    """Read a table from a file, CSV or XLSX by its content, whatever its name says.

    Args:
        path: The file.
        known_headings: All headings that the caller understands. They tell which row holds the headings, which sheet
            is meant and which separator is used; only the cells under them can make a row a fault. A file without any
            of them is read with its first row that is not empty as the headings.

    Raises:
        Invalid: The file cannot be read as a table; the sentence names the file and the place.
    """
    known = frozenset(map(fold_heading, known_headings)) - {""}
    grid = _read_grid(path, known)
    headings = find_headings(grid.rows, known)
    if headings is None:
        raise Invalid(f"{path.name} is empty; give a file with a row of headings and the rows below it.")
    _refuse_repeated_known_headings(grid, headings)
    names = _distinct_names(headings.texts)
    rows, faults = _sort_rows(grid, headings, names)
    notices = (*grid.notices, *_heading_notices(grid, headings, names))
    return Table(grid.name, names, headings.number, rows, notices, faults)


def _read_grid(path: Path, known: Collection[str]) -> Grid:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Invalid(f"{path.name} is {_kind_of_place(status.st_mode)}, not a file; name a CSV or XLSX file.")
        refuse_too_many_bytes(path.name, status.st_size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}; check its name and folder.") from None
    except OSError as error:
        raise Invalid(f"{path.name} cannot be read ({error.strerror}); check that you may open it.") from None
    if content.startswith(_ZIPS):
        return read_xlsx_grid(path.name, content, known)
    _refuse_other_kinds(path.name, content)
    return read_csv_grid(path.name, content, known)


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


def _refuse_repeated_known_headings(grid: Grid, headings: Headings) -> None:
    first: dict[str, int] = {}
    for index in sorted(headings.known):
        other = first.setdefault(fold_heading(headings.texts[index]), index)
        if other != index:
            raise Invalid(
                f'{grid.name}, {grid.unit} {headings.number}: the heading "{headings.texts[index]}" stands twice, in '
                f"{grid.column(other)} and {grid.column(index)}; rename or delete the wrong one."
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


def _sort_rows(
    grid: Grid, headings: Headings, names: Sequence[str]
) -> tuple[tuple[TableRow, ...], tuple[RowFault, ...]]:
    rows, faults = [], []
    for row in grid.rows[headings.position + 1 :]:
        fault = _fault(grid, headings, row)
        if fault:
            faults.append(RowFault(row.number, fault, grid.raw(row)))
        else:
            cells = dict(zip(names, row.cells, strict=False))  # what is beyond the headings is empty
            cells.pop("", None)
            rows.append(TableRow(row.number, cells))
    return tuple(rows), tuple(faults)


def _fault(grid: Grid, headings: Headings, row: GridRow) -> str | None:
    width = len(headings.texts)
    if len(row.cells) == width and row.number not in grid.flaws:
        return None
    if len(row.cells) < width:
        return (
            f"there are {len(row.cells)} cells under {width} headings; a separator is missing, or a line ends inside "
            "a cell that has no quotation marks."
        )
    if any(row.cells[width:]):
        index, cell = next((index, cell) for index, cell in enumerate(row.cells) if index >= width and cell)
        remedy = "" if grid.lettered else ", or put the cell that holds a separator in quotation marks"
        shown = " ".join(cell.split())[:40]
        return f'{grid.column(index)} has content ("{shown}") but no heading; give the column one{remedy}.'
    flaws = [flaw for index, flaw in grid.flaws.get(row.number, {}).items() if index in headings.known]
    return " ".join(flaws) or None


def _heading_notices(grid: Grid, headings: Headings, names: Sequence[str]) -> Iterator[str]:
    if headings.position:
        yield f"The headings stand in {grid.unit} {headings.number}; what is above them was passed over."
    renamed = [index for index, name in enumerate(names) if name != headings.texts[index]]
    if renamed:
        called = _listed([f'{grid.column(index)} "{names[index]}"' for index in renamed])
        yield f"Headings that stand before in the same row were given a number: {called}."
    unnamed = _filled_columns_without_heading(grid, headings)
    if unnamed:
        columns = _listed([f"{grid.column(index)} (first in {grid.unit} {row})" for index, row in unnamed.items()])
        yield f"Content without a heading was left out: {columns}."


def _filled_columns_without_heading(grid: Grid, headings: Headings) -> dict[int, int]:
    """Give such columns, each with the number of the first row in which it has content."""
    empty = [index for index, text in enumerate(headings.texts) if not text]
    first_rows: dict[int, int] = {}
    if empty:
        for row in grid.rows[headings.position + 1 :]:
            for index in empty:
                if index < len(row.cells) and row.cells[index]:
                    first_rows.setdefault(index, row.number)
    return first_rows


def _listed(items: Sequence[str]) -> str:
    more = f" and {len(items) - _MOST_LISTED:,} more" if len(items) > _MOST_LISTED else ""
    return f"{', '.join(items[:_MOST_LISTED])}{more}"
