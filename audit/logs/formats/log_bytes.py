"""A log file on the disk as bytes: unpacked, digested, and refused if it changes while it is read."""

import gzip
import hashlib
import io
import stat
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from audit.logs.file_kinds import UNPACKED
from audit.logs.formats.log_names import name_of
from config.errors import Conflict, Invalid
from config.output_file import sha256_of

PIECE = 4 << 20
_GZIP = b"\x1f\x8b"


class LogBytes:
    """The bytes of a log file that can be read, unpacked where they are packed with gzip.

    `sha256` digests the file as it lies on the disk, and is known when it was read to its end. `bytes_read` tells how
    far reading has come, in the file as it lies on the disk. `known_days` may be given: by the digests of files that
    were read before, the last day of their records.

    Args:
        place: The folder in which it is unpacked, where it must be a file for that; None = the system's for such files.

    Raises:
        Invalid: There is no such file, or it cannot be read.
    """

    def __init__(self, path: Path, *, place: Path | None = None) -> None:
        check_file(path)
        self.path = path
        self._place = place
        self.name = name_of(path)
        self.sha256 = ""
        self.bytes_read = 0
        self.known_days: Mapping[str, date] = {}
        self._state = _state(path)
        with _opened(path) as file:
            self._is_packed = file.read(2) == _GZIP

    @contextmanager
    def unpacked(self) -> Iterator[Path]:
        """Give a file with the unpacked bytes for as long as the block lasts: the log itself, where it is not packed.

        Raises:
            Invalid: The file is damaged.
        """
        digest = hashlib.sha256()
        if not self._is_packed:
            for _ in self.chunks(digest):
                pass
            self.sha256 = digest.hexdigest()
            yield self.path
            return
        if self._place is not None:
            self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(UNPACKED, "thirteen-", self._place, ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "unpacked"
            with path.open("xb") as file:
                for chunk in self.chunks(digest):
                    file.write(chunk)
            self.sha256 = digest.hexdigest()
            yield path

    @property
    def share_read(self) -> float:
        """How much of the file was read in the present pass, from 0 to 1."""
        return self.bytes_read / max(1, self._state[0])

    def last_day_before(self) -> date | None:
        """Give the last day of the records of the same file, where it was read before: whatever it was called then."""
        return self.known_days.get(sha256_of(self.path)) if self.known_days else None

    def check_unchanged(self) -> None:
        """Refuse what was read if the file changed since.

        Raises:
            Conflict: It did, as a log does that is still written to.
        """
        if _state(self.path) != self._state:
            raise Conflict(f"{self.name} changed while it was read. Nothing was imported; import a copy of it.")

    def blocks(self, header: int, size: int) -> Iterator[tuple[int, bytes]]:
        """Give the unpacked bytes behind a header in blocks, each with where it begins; the last may be shorter.

        Raises:
            Invalid: The file is damaged.
        """
        digest = hashlib.sha256()
        held, at = bytearray(), -header
        for chunk in self.chunks(digest):
            held += chunk
            if at < 0:
                if len(held) < header:
                    continue
                held, at = held[header:], 0
            whole = len(held) // size * size
            for start in range(0, whole, size):
                yield header + at + start, bytes(held[start : start + size])
            held, at = held[whole:], at + whole
        if held and at >= 0:
            yield header + at, bytes(held)
        self.sha256 = digest.hexdigest()

    def chunks(self, digest: "hashlib._Hash | None" = None, size: int = 0) -> Iterator[bytes]:
        """Give the unpacked bytes from the first on, digesting those on the disk where a digest is wanted.

        Raises:
            Invalid: The file is damaged.
        """
        with _opened(self.path) as file:
            disk = _Digested(file, digest)
            source = gzip.GzipFile(fileobj=cast("BinaryIO", disk)) if self._is_packed else disk
            try:
                while chunk := source.read(size or PIECE):
                    self.bytes_read = disk.bytes_read
                    yield chunk
                disk.read_to_the_end()
            except (EOFError, zlib.error, OSError) as error:
                raise Invalid(
                    f"{self.name} is damaged or cut off ({error}). Nothing was imported; fetch it again."
                ) from error


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
    """A file whose bytes are digested as they are read, where a digest is wanted."""

    def __init__(self, file: BinaryIO, digest: "hashlib._Hash | None") -> None:
        self._file = file
        self._digest = digest
        self.bytes_read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        taken = self._file.read(size)
        self.bytes_read += len(taken)
        if self._digest is not None:
            self._digest.update(taken)
        return taken

    def read_to_the_end(self) -> None:
        while self.read(PIECE):
            pass
