"""Unpacks the files of a ZIP archive, within limits that no archive of logs meets and every bomb does."""

import os
import re
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from config.errors import Invalid

_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
_OF_WORKBOOK = "[Content_Types].xml"
_MOST_FILES = 10_000
_MOST_BYTES = 64 << 30
# Logs that say the same again and again are packed a hundred times smaller; bombs a thousand times.
_MOST_RATIO, _SMALL = 300, 64 << 20
_DEEPEST = 2
_PIECE = 1 << 20
_LONGEST_NAME = 200
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\\:]")
_FLAG_ENCRYPTED = 1


def is_zip(path: Path) -> bool:
    """Say whether a file is a ZIP archive, and no workbook, which is one too."""
    with path.open("rb") as file:
        if not file.read(4).startswith(_SIGNS):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return _OF_WORKBOOK not in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        return True


def unpack(path: Path, shown: str, folder: Path) -> Iterator[Path]:
    """Unpack the files of an archive, and those of archives in it, one after the other.

    Args:
        shown: What the archive is called.
        folder: Where they go, each into a folder of its own.

    Raises:
        Invalid: The archive is damaged, encrypted, or nested too deep, or would unpack to more than any log.
    """
    return _Unpacking(folder).of(path, shown, depth=1)


class _Unpacking:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = self._bytes = 0

    def of(self, path: Path, shown: str, *, depth: int) -> Iterator[Path]:
        if depth > _DEEPEST:
            raise Invalid(
                f"{shown} is a ZIP archive in one that is in one itself. Nothing was imported; unpack the outer one "
                "first."
            )
        try:
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    if member.is_dir():
                        continue
                    name = f"{shown}/{_plain(member.filename)}"
                    unpacked = self._unpack(archive, member, name)
                    if is_zip(unpacked):
                        yield from self.of(unpacked, name, depth=depth + 1)
                        unpacked.unlink()
                    else:
                        yield unpacked
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Invalid(
                f"{shown} is a damaged or cut-off ZIP archive ({error}). Nothing was imported; fetch it again."
            ) from error

    def _unpack(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Path:
        if member.flag_bits & _FLAG_ENCRYPTED:
            raise Invalid(f"{name} is encrypted. Nothing was imported; unpack the archive with its password first.")
        self._files += 1
        self._bytes += member.file_size
        is_bomb = member.file_size > max(_SMALL, member.compress_size * _MOST_RATIO)
        if is_bomb or self._files > _MOST_FILES or self._bytes > _MOST_BYTES:
            raise Invalid(
                f"{name} would unpack to far more than an archive of logs does ({self._files:,} files, "
                f"{self._bytes >> 20:,} MiB so far). Nothing was imported; look at the archive before anything else."
            )
        path = self._folder / str(self._files) / name
        path.parent.mkdir(parents=True)
        if shutil.disk_usage(self._folder).free < member.file_size:
            raise Invalid(f"There is no room to unpack {name}. Nothing was imported; make room and import it again.")
        with archive.open(member) as packed, path.open("xb") as file:
            _copy(packed, file, member.file_size, name)
        _date(path, member)
        return path


def _copy(packed: IO[bytes], file: IO[bytes], most: int, name: str) -> None:
    """Copy what is packed, and no more than the archive says there is."""
    copied = 0
    while piece := packed.read(_PIECE):
        copied += len(piece)
        if copied > most:
            raise Invalid(f"{name} is longer than its archive says. Nothing was imported; fetch it again.")
        file.write(piece)


def _date(path: Path, member: zipfile.ZipInfo) -> None:
    """Give a file the time at which it was changed before it was packed: that may tell the year of its records."""
    try:
        changed = time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return  # the archive has no such time
    os.utime(path, (changed, changed))


def _plain(name: str) -> str:
    """Give a member's name as one that stays in its folder, and can be shown."""
    parts = [_NOT_IN_NAMES.sub("_", part)[:_LONGEST_NAME] for part in PurePosixPath(name).parts]
    return "/".join(part for part in parts if part not in {"", "/", ".", ".."}) or "_"
