"""How tests write a workbook of a sheet or two, and read it back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_with_calamine

from reports.sheets import (
    CellValue,
    Chart,
    Column,
    ColumnKind,
    Cover,
    Sheet,
)
from reports.workbook import WrittenWorkbook, write_workbook

CHICAGO = ZoneInfo("America/Chicago")
APRIL_2 = datetime(2025, 4, 2, 15, 30, tzinfo=UTC)
A_SHEET = Sheet(title="Findings", columns=[Column("What", 20)], rows=[("x",)], empty="None.")
REASONS = Sheet(
    title="Reasons",
    columns=[Column("Reason", 30), Column("Accesses", 12, ColumnKind.INTEGER), Column("Open", 12, ColumnKind.INTEGER)],
    rows=[(f"reason {number}", number, 1) for number in range(1, 6)],
    empty="None.",
)
A_CHART = Chart(title="Accesses by reason", categories="Reason", values=["Accesses"], values_title="Accesses")


def write(path: Path, *sheets: Sheet | Cover, rows_per_sheet: int = 1000, title: str = "Findings") -> WrittenWorkbook:
    return write_workbook(
        path,
        sheets,
        title=title,
        entity="City of Parks & Lakes",
        zone=CHICAGO,
        produced_at=APRIL_2,
        rows_per_sheet=rows_per_sheet,
    )


def first_page(path: Path, *sheets: Sheet | Cover) -> Worksheet:
    write(path, *sheets)
    return load_workbook(path).worksheets[0]


def written(folder: Path, kind: ColumnKind, *values: CellValue) -> list[Cell | MergedCell]:
    """Give the cells that a column of these values becomes."""
    sheet = replace(A_SHEET, columns=[Column("What", 20, kind)], rows=[(value,) for value in values])
    page = first_page(folder / "report.xlsx", sheet)
    return [row[0] for row in page.iter_rows(min_row=page.max_row - len(values) + 1, max_col=1)]


def read_texts(path: Path) -> list[str]:
    """Give the texts under the heading of a sheet without notes, as Excel shows them."""
    return [str(row[0]) for row in read_with_calamine(path).get_sheet_by_index(0).to_python()[3:]]
