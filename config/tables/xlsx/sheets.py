"""Reads one worksheet's XML into cells of text.

A reader of our own: we must know of each cell what the usual readers leave out, such as whether its formula has a
result, which error it holds and how many digits its format shows; and a hostile file must be refused, not obeyed.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from config.tables.grid import refuse_too_many_cells
from config.tables.xlsx.numbers import NumberFormat, Unreadable, number_text
from config.tables.xlsx.packages import Package
from config.tables.xlsx.workbooks import SheetEntry, Workbook

_COLUMN = re.compile("[A-Z]{1,3}")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PASSED_OVER = {"extLst", "rPh"}  # extensions, and reading aids of East Asian texts
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true"}


class Merge(NamedTuple):
    """A merged range of cells: its corners, with columns counted from 0 and rows from 1, all inclusive."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int

    def __str__(self) -> str:
        return f"{cell_name(self.first_row, self.first_column)}:{cell_name(self.last_row, self.last_column)}"


@dataclass
class Worksheet:
    """What a worksheet holds; columns are counted from 0, rows from 1.

    Args:
        rows: Row number -> the texts of its cells up to the last that is not empty, in the order of rows.
        flaws: Row number -> column -> why the cell cannot be taken, completing "cell B3 …".
        unsolved: The cells whose formula has no stored result.
        formulas: The other cells that have a formula.
        hidden_rows: The numbers of the rows that are hidden.
        merges: The merged ranges.
    """

    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)
    flaws: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    unsolved: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """Name a cell as the person finds it, such as B3."""
    return f"{get_column_letter(column + 1)}{row}"


def read_sheet(package: Package, book: Workbook, entry: SheetEntry, *, most_rows: int = _LAST_ROW) -> Worksheet:
    """Read a worksheet, or its first rows that are not empty.

    Raises:
        Invalid: The worksheet is damaged or spans too many cells.
    """
    reader = _SheetReader(package, book, most_rows)
    package.read(entry.part, reader)
    reader.sheet.rows = dict(sorted(reader.sheet.rows.items()))
    return reader.sheet


class _SheetReader:
    """Takes a worksheet's XML as it streams by; most of the time of an import goes by here."""

    def __init__(self, package: Package, book: Workbook, most_rows: int) -> None:
        self.sheet = Worksheet()
        self.enough = False
        self._package, self._book, self._most_rows = package, book, most_rows
        self._column_of: dict[str, int] = {}
        self._passed_over = self._row = self._spanned = 0
        self._row_digits = ""
        self._cells: dict[int, str] = {}
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._taking = self._has_formula = self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _PASSED_OVER:
            self._passed_over += 1
        if self._passed_over:
            return
        if tag == "c":
            self._attributes, self._pieces = attributes, []
            self._has_formula = self._has_value = False
        elif tag in {"v", "t"}:
            self._taking = self._has_value = True
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "mergeCell":
            self._keep_merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        self._taking = False
        if tag in _PASSED_OVER:
            self._passed_over -= 1
        elif self._passed_over:
            return
        elif tag == "c":
            self._close_cell()
        elif tag == "row":
            self._close_row()

    def text(self, characters: str) -> None:
        if self._taking:
            self._pieces.append(characters)

    def _open_row(self, attributes: dict[str, str]) -> None:
        digits = attributes.get("r", str(self._row + 1))
        number = _whole_number(digits)
        if not 1 <= number <= _LAST_ROW or number in self.sheet.rows:
            self._package.refuse(f'a row has the number "{digits[:20]}"')
        self._row, self._row_digits, self._column = number, digits, -1
        self._cells = {}
        if attributes.get("hidden") in _TRUE:
            self.sheet.hidden_rows.add(self._row)

    def _close_row(self) -> None:
        if self._cells:
            width = max(self._cells) + 1
            self._spanned += width
            refuse_too_many_cells(self._package.name, self._spanned)
            self.sheet.rows[self._row] = tuple(self._cells.get(column, "") for column in range(width))
            self.enough = len(self.sheet.rows) >= self._most_rows
        self._row_digits = ""

    def _close_cell(self) -> None:
        self._column = self._find_column()
        content = "".join(self._pieces)
        if self._has_formula:
            self._note_formula(content)
        text = self._cell_text(content).strip() if content else ""
        if text:
            if self._column in self._cells:
                self._package.refuse(f"cell {cell_name(self._row, self._column)} stands twice")
            self._cells[self._column] = text

    def _find_column(self) -> int:
        if not self._row_digits:
            self._package.refuse("a cell stands outside of any row")
        reference = self._attributes.get("r")
        letters = reference.removesuffix(self._row_digits) if reference else get_column_letter(self._column + 2)
        column = self._column_of.get(letters)
        if column is None:
            column = column_index_from_string(letters) - 1 if _COLUMN.fullmatch(letters) else _LAST_COLUMN
            if column >= _LAST_COLUMN:
                self._package.refuse(f'a cell in row {self._row} has the reference "{(reference or letters)[:20]}"')
            self._column_of[letters] = column
        return column

    def _note_formula(self, content: str) -> None:
        # Where a text is the result, it may be an empty one.
        is_solved = content or (self._has_value and self._attributes.get("t") == "str")
        (self.sheet.formulas if is_solved else self.sheet.unsolved).append((self._row, self._column))

    def _cell_text(self, content: str) -> str:
        kind = self._attributes.get("t", "n")
        if kind == "n":
            return self._number(content)
        if kind == "s":
            return self._readable(self._shared_text(content))
        if kind in {"str", "inlineStr"}:
            return self._readable(content)
        if kind == "b":
            return "TRUE" if content.strip() in _TRUE else "FALSE"
        if kind == "d":
            return self._moment(content)
        if kind != "e":
            self._package.refuse(f'cell {cell_name(self._row, self._column)} is of the unknown type "{kind[:20]}"')
        self._flaw(f"holds the error {content}; correct it")
        return content

    def _number(self, content: str) -> str:
        number_format = self._format()
        try:
            text = number_text(content.strip(), number_format, self._book.epoch)
        except Unreadable as error:
            self._flaw(str(error))
            return content
        return text

    def _format(self) -> NumberFormat:
        style = _whole_number(self._attributes.get("s", "0"))
        return self._book.formats[style] if 0 <= style < len(self._book.formats) else NumberFormat()

    def _moment(self, content: str) -> str:
        try:
            moment = datetime.fromisoformat(content.strip())
        except ValueError:
            return content  # a clock time or a duration, which stands there as a person writes it
        return moment.isoformat() if moment.time() != time.min or "T" in content else moment.date().isoformat()

    def _shared_text(self, content: str) -> str:
        number = _whole_number(content.strip())
        if not 0 <= number < len(self._book.texts):
            self._package.refuse(f"cell {cell_name(self._row, self._column)} names a text that is not there")
        return self._book.texts[number]

    def _readable(self, text: str) -> str:
        """Undo the escapes of the format (_x000D_), by which a cell may also hold what is no text."""
        if "_x" in text:
            units = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text).encode("utf-16-le", "surrogatepass")
            readable = units.decode("utf-16-le", "replace").replace("\0", "\ufffd")
            if readable.count("\ufffd") > text.count("\ufffd"):
                self._flaw("holds a character that is no text; enter the text anew")
            text = readable
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _flaw(self, sentence: str) -> None:
        self.sheet.flaws[self._row][self._column] = f"cell {cell_name(self._row, self._column)} {sentence}"

    def _keep_merge(self, reference: str) -> None:
        try:
            first_column, first_row, last_column, last_row = range_boundaries(reference)
        except (TypeError, ValueError):
            first_column = None
        if not (first_column and first_row and last_column and last_row):
            self._package.refuse(f'its merged cells have the reference "{reference[:40]}"')
        self.sheet.merges.append(Merge(first_column - 1, first_row, last_column - 1, last_row))


def _whole_number(digits: str) -> int:
    """Read a number that counts something; -1 where it is none, or longer than any count."""
    return int(digits) if digits.isdecimal() and len(digits) < 10 else -1  # noqa: PLR2004 - nine digits are plenty
