"""How the cells of a workbook look, and which format shows their values."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reports.sheets import CellValue, ColumnKind


@dataclass(frozen=True)
class Look:
    """How a cell looks."""

    size: int = 11
    bold: bool = False
    colour: str = "000000"
    fill: str = ""
    framed: bool = False
    wrap: bool = True
    number: bool = False
    number_format: str = "@"  # text stays text even when someone edits it

    def showing(self, value: CellValue) -> "Look":
        """Give the look of a cell that shows a value."""
        return replace(self, number_format=format_of(value, self))


_DARK, _DAY, _TIME = "1F3864", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_LINE = Side(style="thin", color="BFBFBF")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE = Look(size=16, bold=True, colour=_DARK)
SUBTITLE = Look(size=12, bold=True, colour=_DARK)
NOTE = Look()
LABEL = Look(bold=True)
HEADING = Look(bold=True, colour="FFFFFF", fill=_DARK, framed=True)
GROUP = Look(bold=True, colour=_DARK, fill="DCE6F1", framed=True)
BODY = {
    ColumnKind.TEXT: Look(framed=True, wrap=False),
    ColumnKind.WRAPPED: Look(framed=True),
    ColumnKind.INTEGER: Look(framed=True, wrap=False, number=True, number_format="#,##0"),
    ColumnKind.DECIMAL: Look(framed=True, wrap=False, number=True, number_format="#,##0.00"),
    ColumnKind.DATE: Look(framed=True, number_format=_DAY),
    ColumnKind.INSTANT: Look(framed=True, wrap=False, number_format=_TIME),
}


def style_number(worksheet: Any, look: Look) -> int:  # noqa: ANN401 - the published types know no write-only sheet
    """Make a look one of the workbook's styles and give its number there."""
    cell = WriteOnlyCell(worksheet)
    cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.colour)
    side = "right" if look.number else "left"
    cell.alignment = Alignment(side, vertical="top", wrap_text=look.wrap, indent=int(look.number))
    cell.number_format = look.number_format
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.framed:
        cell.border = _FRAME
    return cell.style_id


def format_of(value: CellValue, look: Look) -> str:
    """Give the format in which a cell of this look shows a value."""
    if isinstance(value, datetime):
        return _time_format(value)
    return _DAY if isinstance(value, date) else look.number_format


def _time_format(local: datetime) -> str:
    """Name the offset in the hour that clocks repeat, where the local time alone says two things."""
    repeated = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    return f'{_TIME} "{local:%Z}"' if repeated else _TIME
