"""Reads a workbook (XLSX) into a grid of cells: chooses the sheet, and says what a careful clerk would ask."""

from collections.abc import Callable, Collection, Iterator

from config.errors import Invalid
from config.tables.grid import (
    ROWS_SEARCHED_FOR_HEADINGS,
    Grid,
    GridRow,
    HeadingRow,
    find_headings,
    refuse_too_many_cells,
)
from config.tables.xlsx.merges import mark_merged_cells, refuse_merged_headings
from config.tables.xlsx.packages import Package, open_package
from config.tables.xlsx.sheets import Worksheet, cell_name, read_sheet
from config.tables.xlsx.workbooks import SheetEntry, Workbook, read_workbook


def read_xlsx_grid(name: str, content: bytes, known: Collection[str], watch: Callable[[], None]) -> Grid:
    """Read the cells of the worksheet that has the most known headings.

    Args:
        name: The file's name, for sentences.
        content: The whole file.
        known: The headings that the caller understands, folded.
        watch: Looks from time to time whether there is memory enough.

    Raises:
        Invalid: The file is no sound workbook, a formula that counts has no result, or merged headings hide a column.
    """
    with open_package(name, content, watch) as package:
        book = read_workbook(package)
        entry, notices = _choose_sheet(package, book, known)
        sheet = read_sheet(package, book, entry)
    if len(book.sheets) > 1:
        name = f'{name}, sheet "{entry.name}"'
    headings = find_headings(_rows(sheet), known)
    if headings is None:
        raise Invalid(f"{name} is empty; give a sheet with a row of headings and the rows below it.")
    _refuse_unsolved(name, sheet, headings)
    refuse_merged_headings(name, sheet, headings)
    mark_merged_cells(name, sheet, headings)
    notices += [
        *_formula_notices(sheet, headings, doubtful=book.results_doubtful),
        *_hidden_row_notices(sheet, headings),
    ]
    return Grid(name, _padded(name, sheet, len(headings.texts)), tuple(notices), sheet.flaws, lettered=True)


def _choose_sheet(package: Package, book: Workbook, known: Collection[str]) -> tuple[SheetEntry, list[str]]:
    """Choose the sheet with the most known headings, among several a visible one, then the first."""
    if not book.sheets:
        raise Invalid(f"{package.name} has no worksheet; give a workbook with a table, or CSV.")
    if len(book.sheets) == 1:
        return book.sheets[0], []
    promises = [_promise(package, book, entry, known) for entry in book.sheets]
    best = promises.index(max(promises))
    chosen = book.sheets[best]
    notices = [f'The workbook has {len(book.sheets)} sheets; "{chosen.name}" was read.']
    if chosen.hidden:
        notices.append(f'The sheet "{chosen.name}" is hidden in the workbook.')
    notices += [
        f'The sheet "{entry.name}" has as many known headings and was not read; import it from a file of its own.'
        for entry, promise in zip(book.sheets, promises, strict=True)
        if entry is not chosen and promise[0] == promises[best][0] > 0
    ]
    return chosen, notices


def _promise(package: Package, book: Workbook, entry: SheetEntry, known: Collection[str]) -> tuple[int, bool, bool]:
    sheet = read_sheet(package, book, entry, most_rows=ROWS_SEARCHED_FOR_HEADINGS)
    headings = find_headings(_rows(sheet), known)
    return len(headings.known) if headings else 0, headings is not None, not entry.hidden


def _rows(sheet: Worksheet) -> Iterator[GridRow]:
    return (GridRow(number, cells) for number, cells in sheet.rows.items())


def _padded(name: str, sheet: Worksheet, width: int) -> Callable[[], Iterator[GridRow]]:
    """Give the rows, each at least as wide as the headings: a sheet stores no empty cells."""
    refuse_too_many_cells(name, sum(max(width, len(cells)) for cells in sheet.rows.values()))
    empty = ("",) * width
    return lambda: (row._replace(cells=row.cells + empty[len(row.cells) :]) for row in _rows(sheet))


def _refuse_unsolved(name: str, sheet: Worksheet, headings: HeadingRow) -> None:
    unsolved = [
        cell_name(row, column)
        for row, column in sheet.unsolved
        if row == headings.number or (row > headings.number and column in headings.known)
    ]
    if unsolved:
        raise Invalid(
            f"{name}, cell {unsolved[0]}: the formula has no stored result (cells like this: {len(unsolved):,}); open "
            "the workbook in a spreadsheet program, save it there, and import it again."
        )


def _formula_notices(sheet: Worksheet, headings: HeadingRow, *, doubtful: bool) -> list[str]:
    places = [place for place in sheet.formulas if place[0] > headings.number and place[1] in headings.known]
    if not places:
        return []
    notices = [f"The stored results of formulas were used (cells: {len(places):,}, the first {cell_name(*places[0])})."]
    if doubtful:
        notices.append(
            "The workbook asks for its formulas to be calculated afresh; to be sure, open and save it first."
        )
    return notices


def _hidden_row_notices(sheet: Worksheet, headings: HeadingRow) -> list[str]:
    hidden = [row for row in sheet.rows if row > headings.number and row in sheet.hidden_rows]
    return [f"Hidden rows were read too (rows: {len(hidden):,}, the first is {hidden[0]})."] if hidden else []
