"""How the cells of a workbook look, and which format shows their values."""

from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.styles import Border, Side

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


_DARK, _DAY, _TIME = "1F3864", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_LINE = Side(style="thin", color="BFBFBF")
FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE = Look(size=16, bold=True, colour=_DARK)
SUBTITLE = Look(size=12, bold=True, colour=_DARK)
NOTE = Look()
LABEL = Look(bold=True)
HEADING = Look(bold=True, colour="FFFFFF", fill=_DARK, framed=True)
BODY = {
    ColumnKind.TEXT: Look(framed=True, wrap=False),
    ColumnKind.WRAPPED: Look(framed=True),
    ColumnKind.INTEGER: Look(framed=True, wrap=False, number=True, number_format="#,##0"),
    ColumnKind.DECIMAL: Look(framed=True, wrap=False, number=True, number_format="#,##0.00"),
    ColumnKind.DATE: Look(framed=True, wrap=False, number_format=_DAY),
    ColumnKind.INSTANT: Look(framed=True, wrap=False, number_format=_TIME),
}


def format_of(value: CellValue, look: Look) -> str:
    """Give the format in which a cell of this look shows a value."""
    if isinstance(value, datetime):
        return _time_format(value)
    return _DAY if isinstance(value, date) else look.number_format


def _time_format(local: datetime) -> str:
    """Name the offset in the hour that clocks repeat, where the local time alone says two things."""
    repeated = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    return f'{_TIME} "{local:%Z}"' if repeated else _TIME
