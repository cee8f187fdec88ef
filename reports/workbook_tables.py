"""The tables of a workbook: lines of text, headings that stay in sight, rows, and charts under them."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat
from zoneinfo import ZoneInfo

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from reports.sheets import CellValue, Chart, Column, ColumnKind, Sheet, fitting_text
from reports.workbook_charts import ChartedTable, add_charts
from reports.workbook_file import StyledValue
from reports.workbook_looks import BODY, GROUP, HEADING, LABEL, NOTE, TITLE, format_of
from reports.workbook_pages import LINE_HEIGHT, Book, Page, WrittenSheet, height_of, lines_of

FILTER_BUTTON = 2  # characters of a heading that it covers
MOST_FROZEN_LINES = 12


def write_tables(book: Book, sheet: Sheet) -> Iterator[WrittenSheet]:
    """Write the sheet's table, on as many worksheets as its rows need."""
    if sheet.groups:
        yield _written_in_groups(book, sheet)
        return
    rows = iter(sheet.rows)
    try:
        yield from _written(book, sheet, rows)
    finally:
        if isinstance(rows, Generator):
            rows.close()  # now, as an error that is on its way would keep what they are read from open


def _written(book: Book, sheet: Sheet, rows: Iterator[Sequence[CellValue]]) -> Iterator[WrittenSheet]:
    ahead = list(islice(rows, 1))
    first = True
    while first or ahead:
        table = _TablePage(book, sheet, first=first)
        for row in chain(ahead, islice(rows, table.room - len(ahead))):
            table.add_row(row)
        ahead = list(islice(rows, 1))
        table.finish(goes_on=bool(ahead), charts=sheet.charts if first and not ahead else ())
        yield WrittenSheet(table.worksheet.title, table.rows)
        first = False


def _written_in_groups(book: Book, sheet: Sheet) -> WrittenSheet:
    """Write groups of rows, each on a new page where it would be torn apart though it fits on one."""
    table = _TablePage(book, sheet, first=True)
    used = table.height
    for group in sheet.groups:
        rows = [table.cells_of(values) for values in group.rows]
        height = LINE_HEIGHT + sum(map(table.height_of_row, rows))
        if used + height > table.room_down and table.rows:
            table.worksheet.row_breaks.append(Break(table.row))
            used = table.heading_height
        used = (used + height) % table.room_down
        table.add_group_line(group.heading)
        for cells in rows:
            table.add_cells(cells)
    return WrittenSheet(table.worksheet.title, table.rows)


class _TablePage(Page):
    """A worksheet with lines of text, then headings, then rows."""

    def __init__(self, book: Book, sheet: Sheet, *, first: bool) -> None:
        widths = [column.width for column in sheet.columns]
        super().__init__(book, sheet.title, widths, landscape=sheet.landscape, repeated=sheet.frozen_columns)
        self.sheet, self.rows = sheet, 0
        lines = _preamble(sheet, book.zone) if first else [f"{sheet.heading or sheet.title} (continued)"]
        self.heading_row = len(lines) + 2
        self._freeze(lines)
        self.begin()
        for line, look in zip(lines, chain([TITLE], repeat(NOTE)), strict=False):
            self.add_line(line, look)
        self.add([])
        headings = [fitting_text(column.full_heading(book.zone)) for column in sheet.columns]
        height = height_of(zip(headings, (width - FILTER_BUTTON for width in self.widths), strict=True))
        self.heading_height = height
        self.add([(self.style(HEADING), heading) for heading in headings], height)
        self.columns = [_BodyColumn(self, column) for column in sheet.columns]
        self.wrapped = [number for number, column in enumerate(sheet.columns) if BODY[column.kind].wrap]

    def _freeze(self, lines: Sequence[str]) -> None:
        """Keep the headings in sight, unless the lines above them would fill the window."""
        sheet, columns = self.worksheet, self.sheet.frozen_columns
        height = sum(lines_of(line, self.reading_width()[1]) for line in lines)
        frozen_rows = self.heading_row if height <= MOST_FROZEN_LINES else 0
        sheet.freeze_panes = f"{get_column_letter(columns + 1)}{frozen_rows + 1}"
        sheet.print_title_rows = f"{self.heading_row}:{self.heading_row}"
        if columns:
            sheet.print_title_cols = f"A:{get_column_letter(columns)}"

    @property
    def room(self) -> int:
        """How many rows fit under the headings, one kept for the line that says where the table goes on."""
        return self.book.rows_per_sheet - self.heading_row - 1

    def add_row(self, values: Sequence[CellValue]) -> None:
        """Write one row of the table."""
        self.add_cells(self.cells_of(values))

    def cells_of(self, values: Sequence[CellValue]) -> list[StyledValue]:
        """Give the cells that a row's values become."""
        return [column.cell(value) for column, value in zip(self.columns, values, strict=True)]

    def height_of_row(self, cells: Sequence[StyledValue]) -> float:
        """Give the points that a row of cells needs."""
        return height_of((cells[number][1], self.widths[number]) for number in self.wrapped)

    def add_cells(self, cells: Sequence[StyledValue]) -> None:
        """Write a row's cells."""
        self.add(cells, self.height_of_row(cells))
        self.rows += 1

    def add_group_line(self, heading: str) -> None:
        """Write the line that stands over a group of rows, across the columns."""
        blanks = [(self.style(GROUP), None)] * (len(self.widths) - 1)
        self.add([(self.style(GROUP), fitting_text(heading)), *blanks])
        self.worksheet.merged_cells.add(f"A{self.row}:{get_column_letter(len(self.widths))}{self.row}")

    def finish(self, *, goes_on: bool, charts: Sequence[Chart]) -> None:
        """Write what stands under the rows."""
        if not self.rows:
            self.add_line(fitting_text(self.sheet.empty), NOTE)
            return
        last = get_column_letter(len(self.sheet.columns))
        self.worksheet.auto_filter.ref = f"A{self.heading_row}:{last}{self.row}"
        if goes_on:
            self.add_line("The table goes on in the next sheet.", LABEL)
        headings = [column.heading for column in self.sheet.columns]
        add_charts(ChartedTable(self, self.heading_row, headings, self.rows), charts)


class _BodyColumn:
    """One column of a table: how a value becomes its cell."""

    def __init__(self, page: Page, column: Column) -> None:
        self._page, self._zone = page, page.book.zone
        self._keep, self._look = column.keep, BODY[column.kind]
        self._styles: dict[str, int] = {}  # by the format of numbers, asked once each

    def cell(self, value: CellValue) -> StyledValue:
        kept = self._keep(value, self._zone)
        number_format = format_of(kept, self._look)
        style = self._styles.get(number_format)
        if style is None:
            style = self._page.style(replace(self._look, number_format=number_format))
            self._styles[number_format] = style
        return style, kept


def _preamble(sheet: Sheet, zone: ZoneInfo) -> list[str]:
    """Give the lines above the table; where it shows times, the last one says how."""
    lines = [sheet.heading or sheet.title, *sheet.notes]
    if any(column.kind is ColumnKind.INSTANT for column in sheet.columns):
        lines.append(
            f"Times are local ({zone}) and cut to the second. In the hour that clocks repeat, "
            "each time bears the name of its offset."
        )
    return lines
