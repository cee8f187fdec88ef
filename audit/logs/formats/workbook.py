"""Workbooks (XLSX, XLSB, XLS, ODS): the rows of a sheet, read as the CSV that they would be saved as.

A record's own text is its row as CSV, so that what cannot be read goes out, and comes in again, as CSV.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import python_calamine as calamine

from audit.logs.formats.delimited import DelimitedReader
from audit.logs.formats.log_bytes import PIECE
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from audit.logs.profiles.table_options import Table
from config.errors import Invalid

if TYPE_CHECKING:
    import hashlib

_SIGNS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_BYTES = 4 << 30


def looks_like_workbook(beginning: bytes) -> bool:
    """Say whether a file that begins so may be a workbook: it is an archive, or an Office file."""
    return beginning.startswith(_SIGNS)


class WorkbookReader(DelimitedReader):
    """The records of a workbook's sheet; a CSV is read as one."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        is_workbook = looks_like_workbook(next(log.chunks(None, 4), b""))
        text = _SheetText(log, profile.table.sheet) if is_workbook else _PlainText(log)
        commas = Table(separator=",", above=profile.table.above)
        super().__init__(text, profile.model_copy(update={"table": commas}) if is_workbook else profile)


def sheet_text(log: LogFile, sheet: str = "") -> LogFile:
    """Give a workbook's sheet, the first unless it is named, as the text of a CSV with commas."""
    return _SheetText(log, sheet)


class _PlainText(LogFile):
    """The text of a CSV, whose digest the log is to know as well."""

    def __init__(self, log: LogFile) -> None:
        super().__init__(log.path)
        self._log = log

    def pieces(self, ends: bytes = b"\n") -> Iterator[bytes]:
        yield from super().pieces(ends)
        self._log.sha256 = self.sha256


class _SheetText(LogFile):
    """The rows of a sheet as the text of a CSV."""

    def __init__(self, log: LogFile, sheet: str) -> None:
        super().__init__(log.path, is_text=False)
        self.is_text = True
        self._log = log
        self._sheet = sheet

    def chunks(self, digest: "hashlib._Hash | None" = None, size: int = 0) -> Iterator[bytes]:  # noqa: ARG002 - the base's
        """Give the text; what is digested is the workbook, by the log itself."""
        held = io.StringIO(newline="")
        writer = csv.writer(held, lineterminator="\n")
        for row in filter(any, self._rows()):
            writer.writerow(row)
            if held.tell() >= (size or PIECE):
                yield held.getvalue().encode("utf-8", "replace")
                held.seek(0)
                held.truncate()
        yield held.getvalue().encode("utf-8", "replace")

    def _rows(self) -> Iterator[list[str]]:
        with self._log.unpacked() as path:
            try:
                _refuse_bomb(path, self.name)
                with calamine.load_workbook(path) as workbook:
                    for row in workbook.get_sheet_by_name(self._chosen(workbook)).iter_rows():
                        yield [_text_of(cell) for cell in row]
            except (calamine.CalamineError, zipfile.BadZipFile) as error:
                raise Invalid(
                    f"{self.name} cannot be read as a workbook ({error}). Nothing was imported; if it is encrypted, "
                    "save it without a password, else fetch it again."
                ) from error

    def _chosen(self, workbook: calamine.CalamineWorkbook) -> str:
        names = workbook.sheet_names
        if self._sheet and self._sheet not in names:
            raise Invalid(f'{self.name} has no sheet "{self._sheet}"; it has {", ".join(names)}.')
        if not names:
            raise Invalid(f"{self.name} has no sheet; there is nothing to import. Check the export.")
        if not self._sheet and len(names) > 1:
            others = ", ".join(names[1:])
            self.notices = (f"The sheet {names[0]} was read, and no other ({others}); a profile may name one of them.",)
        return self._sheet or names[0]


def _refuse_bomb(path: Path, name: str) -> None:
    if not zipfile.is_zipfile(path):
        return  # of an older kind, which is not packed
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > _MOST_BYTES:
        raise Invalid(
            f"{name} would unpack to {unpacked >> 20:,} MiB, more than a workbook of logs. Nothing was imported; "
            "export the log as CSV."
        )


def _text_of(cell: object) -> str:
    """Give a cell's text as a person sees it, and a date or time as `iso` reads it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
