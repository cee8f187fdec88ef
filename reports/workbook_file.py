"""A sheet's own file while it grows: openpyxl writes what stands before and after the rows, the rows are spelt here.

openpyxl would make an object of every cell and an element of every object: more time than all else of a large report.
Here a row is one text, in which text is always text, never a formula, and instants are the local times they show.
"""

from collections.abc import Generator, Sequence
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml import functions
from openpyxl.xml.constants import SHEET_MAIN_NS

from reports.sheets import CellValue

StyledValue = tuple[int, CellValue]  # a style's number in the workbook, and fitting text, a number, a time or None
_as_text: Any = functions.tostring  # Any: the published types know no encoding
_DAY_ZERO, _ONE_DAY = datetime(1899, 12, 30), timedelta(days=1)  # noqa: DTZ001 - a workbook's times have no zone
_LETTERS = tuple(get_column_letter(number) for number in range(1, 16_385))  # as many columns as a sheet has


class SheetFile(WorksheetWriter):
    """The file of one worksheet, in the folder of what is unfinished rather than the one that all programs share."""

    def __init__(self, worksheet: Any, path: Path) -> None:  # noqa: ANN401 - the published types know too little of it
        self._path = path
        self._file = path.open("w", encoding="utf-8", newline="\n")
        super().__init__(worksheet, str(path))
        worksheet._writer = self  # noqa: SLF001 - there is no other way to say who writes the sheet

    def begin(self) -> None:
        """Write what stands before the rows."""
        self.write_top()
        self._file.write("<sheetData>")

    def write_cells(self, number: int, cells: Sequence[StyledValue], height: float | None) -> None:
        """Write one row.

        Args:
            number: Which row, from 1; rows come in their order.
            cells: From left to right.
            height: In points; None = the usual one.
        """
        high = "" if height is None else f' ht="{height:g}" customHeight="1"'
        letters = _LETTERS[: len(cells)]
        spelt = "".join([_spelt(f"{letter}{number}", *cell) for letter, cell in zip(letters, cells, strict=True)])
        self._file.write(f'<row r="{number}"{high}>{spelt}</row>')

    def write_rows(self) -> None:
        """End the rows; openpyxl calls this before it writes what stands after them."""
        self._file.write("</sheetData>")

    def get_stream(self) -> Generator[Any, Any]:
        """Take the elements that openpyxl hands over, one after another."""
        self._file.write(f'<worksheet xmlns="{SHEET_MAIN_NS}">')
        while True:
            element = yield
            if element is not None:
                self._file.write(_as_text(element, encoding="unicode"))

    def close(self) -> None:
        """End the file; openpyxl calls this last."""
        self._file.write("</worksheet>")
        self._file.close()

    def cleanup(self) -> None:
        """Remove the file; openpyxl calls this when it has been put into the workbook."""
        self._path.unlink()

    def let_go(self) -> None:
        """Close the file of a sheet that is not to be finished."""
        self._file.close()


def _spelt(place: str, style: int, value: CellValue) -> str:
    if isinstance(value, str):
        spaces = "" if value == value.strip() else ' xml:space="preserve"'
        text = escape(value, quote=False)
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{spaces}>{text}</t></is></c>'
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    return f'<c r="{place}" s="{style}"><v>{_days(value) if isinstance(value, date) else value}</v></c>'


def _days(value: date) -> float:
    """Count the days since the one that workbooks number 0."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _DAY_ZERO) / _ONE_DAY
    return (value - _DAY_ZERO.date()).days
