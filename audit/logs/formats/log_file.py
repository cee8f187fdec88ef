"""A log file on the disk: unpacked where it is gzip, looked through once, then given line by line."""

import codecs
import gzip
import hashlib
import io
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from audit.logs.formats.plain_text import PlainText
from config.errors import Conflict, Invalid

_CHUNK = 1 << 20
_LONGEST_LINE = 64 * _CHUNK
_GZIP = b"\x1f\x8b"
_NO_TEXT = {
    b"PK\x03\x04": "is a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "is an Office file; save its sheet as CSV UTF-8",
    b"%PDF": "is a PDF; export the log as CSV or JSON lines",
    b"ElfFile\x00": "is a binary Windows event log; export its events as JSON lines",
    b"BZh": "is packed with bzip2; unpack it first, or pack it with gzip",
    b"\xfd7zXZ": "is packed with xz; unpack it first, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "is packed with Zstandard; unpack it first, or pack it with gzip",
    b"7z\xbc\xaf": "is a 7z archive; unpack it first",
    codecs.BOM_UTF32_LE: "is UTF-32; save it as UTF-8",
    codecs.BOM_UTF32_BE: "is UTF-32; save it as UTF-8",
    b"PAR1": "is a Parquet file; export the log as CSV or JSON lines",
    b"SQLite format 3": "is a database; export the log from it as CSV or JSON lines",
}
_KEEP_BYTES = "thirteen-keep-bytes"
_FIRST_BYTE = 0xDC00  # bytes that are no text become the lone surrogates from here on
_NO_LETTER = re.compile("[\ud800-\udfff]")
_SPOKEN = {"cp1252": "Windows-1252", "utf-8-sig": "UTF-8"}
_WINDOWS = "The file is not UTF-8; it was read as Windows-1252. Check that accented letters came out right."
_MIXTURE = "Some bytes are not UTF-8, though others are; the records that hold them cannot be read."


@dataclass(frozen=True)
class LogFile:
    """A log file that was looked through.

    Args:
        sha256: The digest of the file as it lies on the disk.
        packed: It is gzip, whatever its name.
        encoding: Python's name of it.
        flawless: Every byte is text of this encoding, and none is NUL.
        plain: DuckDB's reader of CSV understands the text as `split_records` does, as far as bytes tell.
        has_marks: It may hold the marks that part cells where a record's content is digested.
        has_quotes: It has quotation marks, so that a record can span lines.
        line_count: How many lines it has, where all end with a line feed.
        notices: What was noticed, one sentence each.
        state: Its size and time of change.
    """

    path: Path
    sha256: str
    packed: bool
    encoding: str
    flawless: bool
    plain: bool
    has_marks: bool
    has_quotes: bool
    line_count: int
    notices: tuple[str, ...]
    state: tuple[int, int]

    def lines(self) -> Iterator[str]:
        """Give the lines, each with its end: CR, LF or CRLF. A byte that is no text becomes a lone surrogate."""
        with _opened(self.path) as file:
            unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if self.packed else file
            with io.TextIOWrapper(unpacked, encoding=self.encoding, errors=_KEEP_BYTES, newline="") as text:
                yield from text

    def flaw_of(self, text: str) -> str | None:
        """Say which of a record's bytes are no text, if any."""
        if self.flawless:
            return None
        if "\0" in text:
            return "holds a NUL byte, which no text has"
        return f"holds bytes that are not {_SPOKEN.get(self.encoding, 'UTF-16')}" if _NO_LETTER.search(text) else None

    def shown(self, text: str) -> str:
        """Give a record's text as it can be kept and shown: a byte that is no text as the letter of its number."""
        return text if self.flawless else _NO_LETTER.sub(lambda found: chr(ord(found[0]) - _FIRST_BYTE), text)

    def check_unchanged(self) -> None:
        """Refuse what was read if the file changed since it was looked through.

        Raises:
            Conflict: It did, as a log does that is still written to.
        """
        if _state(self.path) != self.state:
            raise Conflict(f"{self.path.name} changed while it was read. Nothing was imported; import a copy of it.")


def look_through(path: Path) -> LogFile:
    """Look through a log file from its first byte to its last.

    Raises:
        Invalid: There is no such file, it cannot be read, it is empty or damaged, it is no text, or a line of it is
            longer than any record.
    """
    check_file(path)
    with _opened(path) as file:
        state = _state(path)
        packed = file.read(2) == _GZIP
        file.seek(0)
        digested = _Digested(file)
        text = PlainText()
        for chunk in _chunks(path, digested, packed=packed):
            if text.is_at_start:
                _refuse_what_is_no_text(path, chunk)
            text.take(chunk)
            if text.line_bytes > _LONGEST_LINE:
                raise Invalid(
                    f"{path.name} has a line of more than {_LONGEST_LINE // _CHUNK} MiB: line {text.feeds + 1:,}. "
                    "That is no record of a log; nothing was imported. Check the export."
                )
        text.end()
        sha256 = digested.digest()
    if text.is_blank:
        raise Invalid(f"{path.name} is empty; there is nothing to import. Check the export.")
    encoding, notices = _encoding(path, text, packed=packed)
    flawless = not text.has_nul and encoding == "utf-8-sig" and not text.is_broken
    plain = text.is_plain and not text.wide_encoding
    return LogFile(
        path,
        sha256,
        packed,
        encoding,
        flawless,
        plain,
        text.has_marks,
        text.has_quotes,
        text.feeds + (not text.ends_with_feed),
        notices,
        state,
    )


def check_file(path: Path) -> None:
    """Check that a path names a file.

    Raises:
        Invalid: It does not, or its name is no text.
    """
    try:
        path.name.encode()
        mode = path.stat().st_mode
    except UnicodeEncodeError:
        raise Invalid(f"The name of the file {path.name!r} is no UTF-8 text; rename the file.") from None
    except OSError as error:
        raise _no_access(path, error) from error
    if stat.S_ISDIR(mode):
        raise Invalid(f"{path} is a folder; name the log files in it.")
    if not stat.S_ISREG(mode):
        raise Invalid(f"{path} is no ordinary file; write the log to a file first, as it is read more than once.")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _no_access(path, error) from error


def _no_access(path: Path, error: OSError) -> Invalid:
    return Invalid(f"{path} cannot be opened: {error.strerror}. Check the name and the permissions.")


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


class _Digested(io.RawIOBase):
    """A file whose bytes are digested as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        taken = self._file.read(size)
        self._digest.update(taken)
        return taken

    def digest(self) -> str:
        while self.read(_CHUNK):
            pass
        return self._digest.hexdigest()


def _chunks(path: Path, file: _Digested, *, packed: bool) -> Iterator[bytes]:
    source = gzip.GzipFile(fileobj=file) if packed else file
    try:
        while chunk := source.read(_CHUNK):
            yield chunk
    except (EOFError, zlib.error, OSError) as error:
        raise Invalid(f"{path.name} is damaged or cut off ({error}). Nothing was imported; fetch it again.") from error


def _refuse_what_is_no_text(path: Path, beginning: bytes) -> None:
    for sign, what in _NO_TEXT.items():
        if beginning.startswith(sign):
            raise Invalid(f"{path.name} {what}.")


def _encoding(path: Path, text: PlainText, *, packed: bool) -> tuple[str, tuple[str, ...]]:
    if text.wide_encoding:
        return text.wide_encoding, ("The file is UTF-16 and was read so.",)
    if not text.is_broken:
        return "utf-8-sig", ()
    with _opened(path) as file:
        decoded = codecs.iterdecode(_chunks(path, _Digested(file), packed=packed), "utf-8-sig", errors="ignore")
        is_mixture = any(not part.isascii() for part in decoded)
    return ("utf-8-sig", (_MIXTURE,)) if is_mixture else ("cp1252", (_WINDOWS,))


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_FIRST_BYTE + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_KEEP_BYTES, _keep_bytes)
