"""The pages of a workbook while it is written: rows go to the disk as they come, from top to bottom."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

from config.output_file import refusing
from reports.sheets import CellValue, SheetNames, fitting_text
from reports.workbook_file import SheetFile, StyledValue
from reports.workbook_looks import NOTE, Look, style_number

# What is printed on a page of letter paper: characters across and points down at full size, some to spare.
ROOM_ACROSS = {"landscape": 126, "portrait": 94}
ROOM_DOWN = {"landscape": 500, "portrait": 680}
SMALLEST_SCALE = 73  # percent, at which the 11 points of a cell are 8; what is wider goes on another page beside it
READING_WIDTH = 100  # characters of a line above a wide table
NARROWEST_READING = 70  # characters of a line above a narrow one, which goes beyond it
LAST_ROW = 1_048_575  # to which a break between columns reaches, counted from 0
PAPERSIZE_LETTER = 1  # as workbooks number it
LINE_HEIGHT = 15.0  # points
HIGHEST_ROW = 409.0  # points
LETTER_WIDTH = 0.92  # of a digit, by which columns are measured
LOST_IN_CELL = 1  # character, beside the cell's borders
LONGEST_FOOTER_PART = 58  # a footer holds 255 characters in all, each & counted twice


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet as it stands in the file, and how many rows its table has there."""

    name: str
    rows: int


@dataclass
class Book:
    """The workbook while it is written: what all its pages share."""

    path: Path
    folder: Path  # where what is unfinished waits
    title: str
    entity: str
    zone: ZoneInfo
    rows_per_sheet: int
    workbook: Workbook = field(default_factory=lambda: Workbook(write_only=True))
    names: SheetNames = field(default_factory=SheetNames)
    styles: dict[Look, int] = field(default_factory=dict)
    begun: list[SheetFile] = field(default_factory=list)

    def close(self) -> None:
        """Let go of the files of pages that were begun and, as something failed, never finished."""
        for file in self.begun:
            with suppress(OSError):
                file.let_go()


class Page:
    """One worksheet, written from top to bottom."""

    def __init__(self, book: Book, title: str, widths: Sequence[int], *, landscape: bool, repeated: int = 0) -> None:
        """Set the page up.

        Args:
            book: The workbook.
            title: The sheet's name, made one that is accepted and free.
            widths: Of the columns, in characters.
            landscape: Whether printed pages lie on the long side.
            repeated: How many columns are printed again on the pages beside the first.
        """
        self.book, self.widths, self.repeated = book, widths, repeated
        self.row, self.height = 0, 0.0  # of what is written so far: rows, and points
        # Any: the published types know only half of what a write-only sheet can do.
        self.worksheet: Any = book.workbook.create_sheet(book.names.take(title))
        for number, width in enumerate(widths, start=1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = width
        self._set_up_print(landscape=landscape)

    def _set_up_print(self, *, landscape: bool) -> None:
        sheet = self.worksheet
        orientation = "landscape" if landscape else "portrait"
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = PAPERSIZE_LETTER
        sheet.page_setup.orientation = orientation
        room = ROOM_ACROSS[orientation]
        self.scale = min(100, max(SMALLEST_SCALE, math.floor(100 * room / sum(self.widths))))
        sheet.page_setup.scale = self.scale
        for column in _breaks(self.widths, math.floor(100 * room / self.scale), self.repeated):
            sheet.col_breaks.append(Break(column, max=LAST_ROW))
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.75, header=0.3, footer=0.3)
        sheet.HeaderFooter.scaleWithDoc = False
        sheet.oddFooter.left.text = _footer(self.book.entity)
        sheet.oddFooter.center.text = _footer(self.book.title)
        sheet.oddFooter.right.text = "Page &P of &N"

    def begin(self) -> None:
        """Open the page for rows; what stands before them in the file is settled from here on."""
        with refusing(self.book.path):
            self._file = SheetFile(self.worksheet, self.book.folder / f"{len(self.book.begun)}.xml")
            self.book.begun.append(self._file)
            self._file.begin()

    def add(self, cells: Sequence[StyledValue], height: float = LINE_HEIGHT) -> None:
        """Write one row; its height is given because not every program finds it by itself."""
        height = min(height, HIGHEST_ROW)
        self.row += 1
        self.height += height
        with refusing(self.book.path):
            self._file.write_cells(self.row, cells, height if height > LINE_HEIGHT else None)

    def add_line(self, text: str, look: Look) -> None:
        """Write a paragraph across the columns."""
        columns, width = self.reading_width()
        scale = look.size / NOTE.size
        height = scale * LINE_HEIGHT * lines_of(text, width / scale)
        self.add([(self.style(look), fitting_text(text))], height)
        self.worksheet.merged_cells.add(f"A{self.row}:{get_column_letter(columns)}{self.row}")

    def style(self, look: Look) -> int:
        """Give the number by which cells of a look name it; each look is made once for the whole workbook."""
        styles = self.book.styles
        if look not in styles:
            styles[look] = style_number(self.worksheet, look)
        return styles[look]

    @property
    def room_down(self) -> float:
        """How many points of rows a printed page has room for, those that are repeated on it counted."""
        return ROOM_DOWN[self.worksheet.page_setup.orientation] * 100 / self.scale

    def reading_width(self) -> tuple[int, int]:
        """Say how many columns, and characters, a line of text spans: neither a narrow table's nor a wide one's all."""
        columns = width = 0
        while width < (READING_WIDTH if columns < len(self.widths) else NARROWEST_READING):
            width += self.widths[columns] if columns < len(self.widths) else 8
            columns += 1
        return columns, width


def _breaks(widths: Sequence[int], room: int, repeated: int) -> Iterator[int]:
    """Say after which columns a page ends, where not all fit beside one another."""
    used = 0
    for number, width in enumerate(widths):
        if used and used + width > room and number > repeated:
            yield number
            used = sum(widths[:repeated])
        used += width


def _footer(text: str) -> str:
    short = text if len(text) <= LONGEST_FOOTER_PART else f"{text[: LONGEST_FOOTER_PART - 1]}…"
    return short.replace("&", "&&")  # a single & would begin a code


def lines_of(text: str, width: float) -> int:
    """Say how many lines the text takes at a width in characters, broken between words after strokes and hyphens."""
    if len(text) <= width and "\n" not in text:
        return 1
    room = max(width / LETTER_WIDTH - LOST_IN_CELL, 1)
    return sum(1 if len(line) <= room else _lines_of(line, room) for line in text.split("\n"))


def _lines_of(line: str, room: float) -> int:
    """Count the lines of a text that is broken between words, and perhaps after strokes and hyphens."""
    lines = _wrapped(line.split(), room)
    return max(lines, _wrapped(_WORD_ENDS.sub(r"\1 ", line).split(), room)) if _WORD_ENDS.search(line) else lines


_WORD_ENDS = re.compile(r"([/-])")


def _wrapped(words: Iterable[str], room: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        length = len(word)
        if used and used + length > room:
            lines, used = lines + 1, 0.0
        lines += math.ceil(length / room) - 1  # a word too long for a line goes on in the next
        used = min(used + length + 1, room)
    return lines


def height_of(cells: Iterable[tuple[CellValue, int]]) -> float:
    """Give the points that a row needs so that each value fits its column's width."""
    lines = (lines_of(value, width) for value, width in cells if isinstance(value, str))
    return LINE_HEIGHT * max(lines, default=1)
