"""How tests make workbooks, sound ones and ones with a part that no program would write."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.config.tables.reading import WholeTable

HEADINGS = ("name", "title", "hire_date")
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def a_sheet(*rows: Sequence[object], headings: Sequence[object] = HEADINGS) -> tuple[Workbook, Worksheet]:
    """Make a workbook of one sheet with headings and rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in [headings, *rows]:
        sheet.append(list(row))
    return workbook, sheet


def content_of(workbook: Workbook) -> bytes:
    """Give the bytes that a workbook is stored as."""
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def with_part(content: bytes, part: str, text: str | bytes) -> bytes:
    """Give a workbook's bytes with one part of it replaced or added."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, text)
    return changed.getvalue()


def of_cells(cells: str, *, before: str = "", after: str = "") -> bytes:
    """Give a workbook whose sheet has the headings in row 1 and below them the XML given."""
    headings = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS)
    sheet = (
        f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1">{headings}</row>{cells}</sheetData>{after}</worksheet>'
    )
    return with_part(content_of(Workbook()), SHEET, before + sheet)


def workbook_part(*, sheets: dict[str, str]) -> str:
    """Give a workbook part that lists sheets by their relation's id."""
    listed = "".join(f'<sheet name="{name}" sheetId="1" r:id="{relation}"/>' for name, relation in sheets.items())
    return f'<workbook xmlns="{NAMESPACE}" xmlns:r="r"><sheets>{listed}</sheets></workbook>'


def declare_size(content: bytes, part: str, size: int) -> bytes:
    """Give a zip archive whose directory declares a size for one of its parts."""
    header = content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode()))
    return content[: header + 24] + struct.pack("<I", size) + content[header + 28 :]


def values(table: WholeTable, heading: str) -> list[str]:
    """Give a column's cells."""
    return [row.cells[heading] for row in table.rows]


def dated(values: Iterable[object], number_format: str | None = None) -> bytes:
    """Give a workbook with the values as hire dates."""
    workbook, sheet = a_sheet(*(("Ada", "Clerk", value) for value in values))
    for (cell,) in sheet.iter_rows(min_row=2, min_col=3):
        cell.number_format = number_format or cell.number_format
    return content_of(workbook)
