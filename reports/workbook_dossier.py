"""Writes a sheet about one thing: sentences, a picture as wide as the sheet, tables beneath one another."""

import math
from collections.abc import Sequence
from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter

from reports.dossier import Dossier, SmallTable, SpanningColumn
from reports.sheets import CellValue, fitting_text
from reports.workbook_file import StyledValue
from reports.workbook_looks import BODY, HEADING, NOTE, SUBTITLE, TITLE, Look
from reports.workbook_pages import LINE_HEIGHT, Book, Page, WrittenSheet, height_of

_DOTS_OF_CHARACTER, _DOTS_BESIDE = 7, 5  # of a column on the screen, 96 to the inch
_POINTS_OF_DOT = 0.75


def write_dossier(book: Book, dossier: Dossier) -> WrittenSheet:
    """Write the sheet; its rows are those of its tables together."""
    page = Page(book, dossier.title, dossier.widths, landscape=True)
    page.begin()
    page.add_line(dossier.heading, TITLE)
    for paragraph in dossier.paragraphs:
        page.add_line(paragraph, NOTE)
    if dossier.picture is not None:
        _add_picture(page, dossier.picture)
    rows = sum(_add_table(page, table) for table in dossier.tables)
    page.add([])
    for paragraph in dossier.closing:
        page.add_line(paragraph, NOTE)
    return WrittenSheet(page.worksheet.title, rows)


def _add_picture(page: Page, picture: bytes) -> None:
    image = Image(BytesIO(picture))
    width = sum(_DOTS_OF_CHARACTER * characters + _DOTS_BESIDE for characters in page.widths)
    image.width, image.height = width, round(image.height * width / image.width)
    page.add([])
    page.worksheet.add_image(image, f"A{page.row + 1}")
    for _ in range(math.ceil(image.height * _POINTS_OF_DOT / LINE_HEIGHT)):
        page.add([])


def _add_table(page: Page, table: SmallTable) -> int:
    page.add([])
    page.add_line(table.heading, SUBTITLE)
    for note in table.notes:
        page.add_line(note, NOTE)
    rows = list(table.rows)
    if not rows:
        page.add_line(table.empty, NOTE)
        return 0
    zone = page.book.zone
    headings = [fitting_text(column.full_heading(zone)) for column in table.columns]
    _add_row(page, table.columns, headings, [HEADING] * len(headings))
    for row in rows:
        kept = [column.keep(value, zone) for column, value in zip(table.columns, row, strict=True)]
        looks = [BODY[column.kind].showing(value) for column, value in zip(table.columns, kept, strict=True)]
        _add_row(page, table.columns, kept, looks)
    return len(rows)


def _add_row(page: Page, columns: Sequence[SpanningColumn], values: Sequence[CellValue], looks: Sequence[Look]) -> None:
    cells = list[StyledValue]()
    merged = list[tuple[int, int]]()
    for column, value, look in zip(columns, values, looks, strict=True):
        style, first = page.style(look), len(cells) + 1
        cells += [(style, value), *[(style, None)] * (column.span - 1)]
        if column.span > 1:
            merged.append((first, len(cells)))
    page.add(cells, height_of(zip(values, (column.width for column in columns), strict=True)))
    for first, last in merged:
        page.worksheet.merged_cells.add(f"{get_column_letter(first)}{page.row}:{get_column_letter(last)}{page.row}")
