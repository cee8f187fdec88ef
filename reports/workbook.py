"""Sheets -> one .xlsx: text stays text, times are date-times, and the old file stands until the new one is whole."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import chain, cycle, islice, repeat
from os import fsync
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from reports.output_file import check_target, folder_beside, put_in_place, refusing, sha256_of
from reports.sheets import CellValue, Chart, ChartShape, Column, ColumnKind, Cover, Sheet, SheetNames, fitting_text

EXCEL_ROWS = 1_048_576
WIDEST_PAGE = 280  # characters; a wider table is printed on several pages side by side, else nobody could read it
READING_WIDTH = 100  # characters of a line above a wide table
NARROWEST_READING = 70  # characters of a line above a narrow one, which goes beyond it
PAPERSIZE_LETTER = 1  # as workbooks number it
LINE_HEIGHT = 15.0  # points
HIGHEST_ROW = 409.0  # points
LETTER_WIDTH = 0.92  # of a digit, by which columns are measured
LOST_AT_LINE_END = 5  # characters, as lines end between words
FILTER_BUTTON = 3  # characters of a heading that it covers
COVER_WIDTHS = (30, 70)
MOST_FROZEN_LINES = 12
LONGEST_FOOTER_PART = 58  # a footer holds 255 characters in all, each & counted twice
MOST_BARS = 25  # a chart of more rows cannot be read; it shows the first ones and says so
COLOURS = ("1F4E79", "C55A11", "548235", "7F6000", "7030A0")  # told apart in grey and by the colour-blind
CM_PER_CHARACTER = 0.19
POINTS_PER_CM = 28.35
PAGE_HEIGHT = {"landscape": 500, "portrait": 680}  # points between the margins, with some to spare


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet as it stands in the file, and how many rows its table has there."""

    name: str
    rows: int


@dataclass(frozen=True)
class WrittenWorkbook:
    """What was written: where, which sheets in their order, and the file's SHA-256."""

    path: Path
    sheets: tuple[WrittenSheet, ...]
    sha256: str


def write_workbook(
    path: Path,
    sheets: Iterable[Sheet | Cover],
    *,
    title: str,
    entity: str,
    zone: ZoneInfo,
    produced_at: datetime,
    rows_per_sheet: int = EXCEL_ROWS,
) -> WrittenWorkbook:
    """Write the sheets to one workbook; the same sheets and `produced_at` give the same bytes.

    Rows go to the disk as they come, so that millions of them need no more memory than one. What is unfinished
    waits in a folder of its own beside the target, readable by this account alone, and goes when something fails.

    Args:
        path: The .xlsx file; one that exists is replaced when the new one is whole.
        sheets: At least one; one that is too long goes on in `Title (2)`, `Title (3)`.
        title: The report's name, in the footer and the file's properties.
        entity: Whose report it is, in the same places.
        zone: The zone in which instants are shown.
        produced_at: The date that the file bears.
        rows_per_sheet: How many rows a sheet takes, all counted.

    Raises:
        Invalid: The path is no .xlsx, its folder is missing or closed to us, or the disk is full.
        Conflict: The file that stands there may not be replaced, such as one that is open in Excel.
    """
    check_target(path, "A report is an Excel workbook", [".xlsx"])
    folder = folder_beside(path)
    book = _Book(path, Path(folder.name), _on_one_line(title), _on_one_line(entity), zone, rows_per_sheet)
    with folder, closing(book):
        written = tuple(chain.from_iterable(book.add(sheet) for sheet in sheets))
        with refusing(path):
            whole = book.save(produced_at)
            sha256 = sha256_of(whole)
        put_in_place(path, whole)
    return WrittenWorkbook(path, written, sha256)


def _on_one_line(text: str) -> str:
    return " ".join(fitting_text(text).split())


@dataclass
class _Book:
    """The workbook while it is written: what all its pages share."""

    path: Path
    folder: Path  # where what is unfinished waits
    title: str
    entity: str
    zone: ZoneInfo
    rows_per_sheet: int
    workbook: Workbook = field(default_factory=lambda: Workbook(write_only=True))
    names: SheetNames = field(default_factory=SheetNames)
    begun: list[WriteOnlyWorksheet] = field(default_factory=list)

    def add(self, sheet: Sheet | Cover) -> Iterator[WrittenSheet]:
        if isinstance(sheet, Cover):
            yield _write_cover(self, sheet)
        else:
            yield from _write_tables(self, sheet)

    def save(self, produced_at: datetime) -> Path:
        """Put the pages together in one file, which is on the disk when this returns."""
        whole = self.folder / "whole.xlsx"
        day = produced_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        about = self.workbook.properties
        about.title, about.creator, about.lastModifiedBy = self.title, self.entity, self.entity
        about.created = about.modified = day
        with whole.open("wb") as file:
            with _DatedZip(file, day) as archive:
                ExcelWriter(self.workbook, archive).save()
            file.flush()
            fsync(file.fileno())
        return whole

    def close(self) -> None:
        """Let go of the files of pages that were begun and, as something failed, never finished."""
        for worksheet in self.begun:
            if not worksheet.closed:
                with suppress(OSError, StopIteration):  # the second where the failure already ended its stream
                    worksheet.close()


class _DatedZip(ZipFile):
    """A zip whose entries all bear one date, so that the same report gives the same bytes."""

    def __init__(self, file: IO[bytes], day: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._date = (day.year, day.month, day.day, day.hour, day.minute, day.second)

    def open(
        self,
        name: str | ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        if isinstance(name, ZipInfo):
            name.date_time, name.external_attr = self._date, 0o600 << 16
        return super().open(name, mode, pwd, force_zip64=force_zip64)


class _RowsFile(WorksheetWriter):
    """Keeps a sheet's rows beside the target until they are zipped, not in the folder that all programs share."""

    def cleanup(self) -> None:
        Path(str(self.out)).unlink()


@dataclass(frozen=True)
class _Look:
    """How a cell looks."""

    size: int = 11
    bold: bool = False
    colour: str = "000000"
    fill: str = ""
    framed: bool = False
    wrap: bool = True
    number: bool = False
    number_format: str = "@"  # text stays text even when someone edits it


_DARK, _DAY, _TIME = "1F3864", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_LINE = Side(style="thin", color="BFBFBF")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE = _Look(size=16, bold=True, colour=_DARK)
_SUBTITLE = _Look(size=12, bold=True, colour=_DARK)
_NOTE = _Look()
_LABEL = _Look(bold=True)
_HEADING = _Look(bold=True, colour="FFFFFF", fill=_DARK, framed=True)
_BODY = {
    ColumnKind.TEXT: _Look(framed=True, wrap=False),
    ColumnKind.WRAPPED: _Look(framed=True),
    ColumnKind.INTEGER: _Look(framed=True, wrap=False, number=True, number_format="#,##0"),
    ColumnKind.DECIMAL: _Look(framed=True, wrap=False, number=True, number_format="#,##0.00"),
    ColumnKind.DATE: _Look(framed=True, wrap=False, number_format=_DAY),
    ColumnKind.INSTANT: _Look(framed=True, wrap=False, number_format=_TIME),
}


class _Page:
    """One worksheet, written from top to bottom."""

    def __init__(self, book: _Book, title: str, widths: Sequence[int], *, landscape: bool) -> None:
        self.book, self.widths = book, widths
        self.row, self.height = 0, 0.0  # of what is written so far: rows, and points
        # Any: the published types know only half of what a write-only sheet can do.
        self.worksheet: Any = book.workbook.create_sheet(book.names.take(title))
        for number, width in enumerate(widths, start=1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = width
        self._set_up_print(landscape=landscape)

    def _set_up_print(self, *, landscape: bool) -> None:
        sheet = self.worksheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.paperSize = PAPERSIZE_LETTER
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth = math.ceil(sum(self.widths) / WIDEST_PAGE)
        sheet.page_setup.fitToHeight = 0  # as many as it takes
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.75, header=0.3, footer=0.3)
        sheet.oddFooter.left.text = _footer(self.book.entity)
        sheet.oddFooter.center.text = _footer(self.book.title)
        sheet.oddFooter.right.text = "Page &P of &N"

    def begin(self) -> None:
        """Open the page for rows; what stands before them in the file is settled from here on."""
        with refusing(self.book.path):
            rows = _RowsFile(self.worksheet, str(self.book.folder / f"{len(self.book.begun)}.xml"))
            self.worksheet._writer = rows  # noqa: SLF001 - there is no other way to say where
            self.book.begun.append(self.worksheet)
            rows.write_top()

    def add(self, cells: Sequence[Cell], height: float = LINE_HEIGHT) -> None:
        """Write one row; its height is given because not every program finds it by itself."""
        self.row += 1
        self.height += min(height, HIGHEST_ROW)
        if height > LINE_HEIGHT:
            self.worksheet.row_dimensions[self.row].height = min(height, HIGHEST_ROW)
        with refusing(self.book.path):
            self.worksheet.append(cells)
        self.worksheet.row_dimensions.pop(self.row, None)  # written; a million of them would fill the memory

    def add_line(self, text: str, look: _Look) -> None:
        """Write a paragraph across the columns."""
        columns, width = self._reading_width()
        scale = look.size / _NOTE.size
        self.add([self.cell(look, fitting_text(text))], scale * LINE_HEIGHT * _lines(text, width / scale))
        self.worksheet.merged_cells.add(f"A{self.row}:{get_column_letter(columns)}{self.row}")

    def cell(self, look: _Look, value: CellValue = None) -> Cell:
        """Make a cell; one cell may be filled and written again for each row."""
        cell = WriteOnlyCell(self.worksheet)
        cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.colour)
        side = "right" if look.number else "left"
        cell.alignment = Alignment(side, vertical="top", wrap_text=look.wrap, indent=int(look.number))
        cell.number_format = look.number_format
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.framed:
            cell.border = _FRAME
        _fill(cell, value)
        return cell

    def _reading_width(self) -> tuple[int, int]:
        """Say how many columns, and characters, a line of text spans: neither a narrow table's nor a wide one's all."""
        columns = width = 0
        while width < (READING_WIDTH if columns < len(self.widths) else NARROWEST_READING):
            width += self.widths[columns] if columns < len(self.widths) else 8
            columns += 1
        return columns, width


def _footer(text: str) -> str:
    short = text if len(text) <= LONGEST_FOOTER_PART else f"{text[: LONGEST_FOOTER_PART - 1]}…"
    return short.replace("&", "&&")  # a single & would begin a code


def _lines(text: str, width: float) -> int:
    """Estimate how many lines the text takes at a width in characters."""
    room = width / LETTER_WIDTH - min(LOST_AT_LINE_END, width / 6)
    return sum(1 if len(line) <= width else math.ceil(len(line) / room) for line in text.split("\n"))


def _height(cells: Iterable[tuple[Cell, int]]) -> float:
    """Give the points that a row needs so that each cell's text fits its width."""
    lines = (_lines(cell.value, width) for cell, width in cells if isinstance(cell.value, str))
    return LINE_HEIGHT * max(lines, default=1)


def _fill(cell: Cell, value: CellValue) -> None:
    cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if isinstance(value, str):
        cell.data_type = "s"  # else openpyxl makes a formula of `=...` and an error of `#N/A`


def _number_format(value: CellValue, look: _Look) -> str:
    if isinstance(value, datetime):
        return _time_format(value)
    return _DAY if isinstance(value, date) else look.number_format


def _time_format(local: datetime) -> str:
    """Name the offset in the hour that clocks repeat, where the local time alone says two things."""
    repeated = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    return f'{_TIME} "{local:%Z}"' if repeated else _TIME


def _write_cover(book: _Book, cover: Cover) -> WrittenSheet:
    page = _Page(book, cover.title, COVER_WIDTHS, landscape=False)
    page.begin()
    page.add_line(cover.heading, _TITLE)
    for section in cover.sections:
        page.add([])
        if section.heading:
            page.add_line(section.heading, _SUBTITLE)
        for label, value in section.facts:
            kind = ColumnKind.INTEGER if isinstance(value, int) else ColumnKind.WRAPPED
            kept = Column(label, COVER_WIDTHS[1], kind).keep(value, book.zone)
            look = replace(_BODY[kind], framed=False, number=False)
            cells = [page.cell(_LABEL, fitting_text(label)), page.cell(look, kept)]
            page.add(cells, _height(zip(cells, COVER_WIDTHS, strict=True)))
        for paragraph in section.paragraphs:
            page.add_line(paragraph, _NOTE)
    return WrittenSheet(page.worksheet.title, 0)


def _write_tables(book: _Book, sheet: Sheet) -> Iterator[WrittenSheet]:
    """Write the sheet's table, on as many worksheets as its rows need."""
    rows = iter(sheet.rows)
    ahead = list(islice(rows, 1))
    first = True
    while first or ahead:
        table = _Table(book, sheet, first=first)
        for row in chain(ahead, islice(rows, table.room - len(ahead))):
            table.add_row(row)
        ahead = list(islice(rows, 1))
        table.finish(goes_on=bool(ahead), charts=sheet.charts if first and not ahead else ())
        yield WrittenSheet(table.worksheet.title, table.rows)
        first = False


class _Table(_Page):
    """A worksheet with lines of text, then headings, then rows."""

    def __init__(self, book: _Book, sheet: Sheet, *, first: bool) -> None:
        super().__init__(book, sheet.title, [column.width for column in sheet.columns], landscape=sheet.landscape)
        self.sheet, self.rows = sheet, 0
        self.cells: dict[tuple[int, str], Cell] = {}
        lines = _preamble(sheet, book.zone) if first else [f"{sheet.heading or sheet.title} (continued)"]
        self.heading_row = len(lines) + 2
        self._freeze(lines)
        self.begin()
        for line, look in zip(lines, chain([_TITLE], repeat(_NOTE)), strict=False):
            self.add_line(line, look)
        self.add([])
        headings = [self.cell(_HEADING, _heading(column, book.zone)) for column in sheet.columns]
        self.add(headings, _height(zip(headings, (width - FILTER_BUTTON for width in self.widths), strict=True)))
        self.wrapped = [number for number, column in enumerate(sheet.columns) if column.kind is ColumnKind.WRAPPED]

    def _freeze(self, lines: Sequence[str]) -> None:
        """Keep the headings in sight, unless the lines above them would fill the window."""
        sheet, columns = self.worksheet, self.sheet.frozen_columns
        height = sum(_lines(line, self._reading_width()[1]) for line in lines)
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
        pairs = enumerate(zip(self.sheet.columns, values, strict=True))
        cells = [self._body_cell(number, column, value) for number, (column, value) in pairs]
        self.add(cells, _height((cells[number], self.widths[number]) for number in self.wrapped))
        self.rows += 1

    def _body_cell(self, number: int, column: Column, value: CellValue) -> Cell:
        """Fill a cell that is written again for each row: one for each look, as a look is shared once written."""
        kept, look = column.keep(value, self.book.zone), _BODY[column.kind]
        number_format = _number_format(kept, look)
        if (number, number_format) not in self.cells:
            self.cells[number, number_format] = self.cell(replace(look, number_format=number_format))
        cell = self.cells[number, number_format]
        _fill(cell, kept)
        return cell

    def finish(self, *, goes_on: bool, charts: Sequence[Chart]) -> None:
        """Write what stands under the rows."""
        if not self.rows:
            self.add_line(fitting_text(self.sheet.empty), _NOTE)
            return
        last = get_column_letter(len(self.sheet.columns))
        self.worksheet.auto_filter.ref = f"A{self.heading_row}:{last}{self.row}"
        if goes_on:
            self.add_line("The table goes on in the next sheet.", _LABEL)
        self._add_charts(charts)

    def _add_charts(self, charts: Iterable[Chart]) -> None:
        """Place the charts one under another, each on a new page where it would not fit on the one begun."""
        row, used = self.row + 1, self.height
        for drawn in map(self._draw, charts):
            height = drawn.height * POINTS_PER_CM
            if used + height > PAGE_HEIGHT[self.worksheet.page_setup.orientation]:
                self.worksheet.row_breaks.append(Break(row))
                row, used = row + 1, LINE_HEIGHT
            self.worksheet.add_chart(drawn, f"A{row + 1}")
            covered = math.ceil(height / LINE_HEIGHT) + 1
            row += covered
            used += covered * LINE_HEIGHT

    def _draw(self, chart: Chart) -> BarChart:
        part = f" (first {MOST_BARS} of {self.rows:,} rows)" if self.rows > MOST_BARS else ""
        drawn = BarChart()
        drawn.title = _title(chart.title + part)
        drawn.x_axis.title, drawn.y_axis.title = _title(chart.categories), _title(chart.values_title)
        drawn.x_axis.delete = drawn.y_axis.delete = False  # else newer programs hide the axes
        drawn.type, drawn.gapWidth = chart.shape.value, 50
        self._measure(drawn, chart)
        if chart.stacked:
            drawn.grouping, drawn.overlap = "stacked", 100
        lying = chart.shape is ChartShape.BARS
        if lying:
            drawn.x_axis.scaling.orientation, drawn.y_axis.crosses = "maxMin", "max"  # first row on top, scale below
        drawn.width = round(min(max(sum(self.widths) * CM_PER_CHARACTER, 16 if lying else 20), 24))
        drawn.height = 3.5 + 0.5 * min(max(self.rows, 4), MOST_BARS) if lying else 9
        return drawn

    def _measure(self, drawn: BarChart, chart: Chart) -> None:
        """Point the chart at the cells it shows, one colour for each column of values."""
        headings = [column.heading for column in self.sheet.columns]
        last = self.heading_row + min(self.rows, MOST_BARS)
        for heading, colour in zip(chart.values, cycle(COLOURS), strict=False):
            cells = Reference(self.worksheet, headings.index(heading) + 1, self.heading_row, max_row=last)
            drawn.add_data(cells, titles_from_data=True)
            drawn.series[-1].graphicalProperties.solidFill = colour
        names = Reference(self.worksheet, headings.index(chart.categories) + 1, self.heading_row + 1, max_row=last)
        drawn.set_categories(names)
        drawn.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")))
        if len(chart.values) == 1:
            drawn.legend = None
            others = dict.fromkeys(("showSerName", "showCatName", "showLegendKey", "showPercent"), False)
            drawn.dataLabels = DataLabelList(showVal=True, **others)
        else:
            drawn.legend.position = "b"


def _preamble(sheet: Sheet, zone: ZoneInfo) -> list[str]:
    """Give the lines above the table; where it shows times, the last one says how."""
    lines = [sheet.heading or sheet.title, *sheet.notes]
    if any(column.kind is ColumnKind.INSTANT for column in sheet.columns):
        lines.append(
            f"Times are local ({zone}) and cut to the second. In the hour that clocks repeat, "
            "each time bears the name of its offset."
        )
    return lines


def _heading(column: Column, zone: ZoneInfo) -> str:
    return fitting_text(f"{column.heading} ({zone})" if column.kind is ColumnKind.INSTANT else column.heading)


def _title(text: str) -> Title:
    title = title_maker(fitting_text(text))
    title.overlay = False  # beside the bars, not over them
    return title
