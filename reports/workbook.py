"""Sheets -> one .xlsx: text stays text, times are date-times, and the old file stands until the new one is whole."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from os import fsync
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl.writer.excel import ExcelWriter

from config.output_file import check_target, folder_beside, put_in_place, refusing, sha256_of
from reports.dossier import Dossier
from reports.sheets import Column, ColumnKind, Cover, Sheet, fitting_text
from reports.workbook_dossier import write_dossier
from reports.workbook_looks import BODY, LABEL, NOTE, SUBTITLE, TITLE
from reports.workbook_pages import Book, Page, WrittenSheet, height_of
from reports.workbook_tables import write_tables

EXCEL_ROWS = 1_048_576
COVER_WIDTHS = (30, 70)


@dataclass(frozen=True)
class WrittenWorkbook:
    """What was written: where, which sheets in their order, and the file's SHA-256."""

    path: Path
    sheets: tuple[WrittenSheet, ...]
    sha256: str


def write_workbook(
    path: Path,
    sheets: Iterable[Sheet | Cover | Dossier],
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
    with (
        folder_beside(path) as folder,
        closing(Book(path, folder, _on_one_line(title), _on_one_line(entity), zone, rows_per_sheet)) as book,
    ):
        written = tuple(chain.from_iterable(_written(book, sheet) for sheet in sheets))
        with refusing(path):
            whole = _save(book, produced_at)
            sha256 = sha256_of(whole)
        put_in_place(path, whole)
    return WrittenWorkbook(path, written, sha256)


def _on_one_line(text: str) -> str:
    return " ".join(fitting_text(text).split())


def _written(book: Book, sheet: Sheet | Cover | Dossier) -> Iterator[WrittenSheet]:
    if isinstance(sheet, Cover):
        yield _write_cover(book, sheet)
    elif isinstance(sheet, Dossier):
        yield write_dossier(book, sheet)
    else:
        yield from write_tables(book, sheet)


def _write_cover(book: Book, cover: Cover) -> WrittenSheet:
    page = Page(book, cover.title, COVER_WIDTHS, landscape=False)
    page.begin()
    page.add_line(cover.heading, TITLE)
    for section in cover.sections:
        page.add([])
        if section.heading:
            page.add_line(section.heading, SUBTITLE)
        for label, value in section.facts:
            kind = ColumnKind.INTEGER if isinstance(value, int) else ColumnKind.WRAPPED
            kept = Column(label, COVER_WIDTHS[1], kind).keep(value, book.zone)
            look = replace(BODY[kind], framed=False, number=False)
            line = fitting_text(label), kept
            styles = page.style(LABEL), page.style(look)
            page.add(list(zip(styles, line, strict=True)), height_of(zip(line, COVER_WIDTHS, strict=True)))
        for paragraph in section.paragraphs:
            page.add_line(paragraph, NOTE)
    return WrittenSheet(page.worksheet.title, 0)


def _save(book: Book, produced_at: datetime) -> Path:
    """Put the pages together in one file, which is on the disk when this returns."""
    whole = book.folder / "whole.xlsx"
    day = produced_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about = book.workbook.properties
    about.title, about.creator, about.lastModifiedBy = book.title, book.entity, book.entity
    about.created = about.modified = day
    with whole.open("wb") as file:
        with _DatedZip(file, day) as archive:
            ExcelWriter(book.workbook, archive).save()
        file.flush()
        fsync(file.fileno())
    return whole


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
