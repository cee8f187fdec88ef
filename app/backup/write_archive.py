"""Writes a backup in the form that `archive.py` tells of, several files at once."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from app.backup.archive import ABOUT, DIGESTS, FOLDER, RECORD, About

_BLOCK = 1 << 18  # still in the cache of the processor when it is written
_BEGUN = 1 << 25  # after so much the disk is told to begin with it, so that the end need not wait for all
_PRIVATE = 0o600


class Shorter(Exception):  # noqa: N818 - nothing is wrong: somebody else writes to the file
    """A file ended sooner than its size said."""


class Writer:
    """Writes a backup; each file gets a place of its own, so that several may be added at once."""

    def __init__(self, path: Path, about: About) -> None:
        self._path = path
        self._digests = dict[str, str]()
        self._end, self._placing = 0, Lock()
        self._add_text(ABOUT, asdict(about))

    def add(self, name: str, path: Path) -> str:
        """Add a file of the data folder, or the record, and give its SHA-256.

        Args:
            name: RECORD, or its path within the data folder.

        Raises:
            FileNotFoundError: It is gone.
            Shorter: It ended sooner than its size said; what was written so far is of no use.
        """
        with path.open("rb", buffering=0) as file:
            return self.add_open(name, file.fileno())

    def add_open(self, name: str, file: int) -> str:
        """Add a file that is open already, which others may read by the same descriptor; as of `add`."""
        header, found = tarfile.TarInfo(name if name == RECORD else f"{FOLDER}{name}"), os.fstat(file)
        header.size, header.mtime = found.st_size, found.st_mtime
        with self._place(header) as place:
            digest = _copy(file, place, header)
        self._digests[header.name] = digest
        return digest

    def end(self) -> None:
        """Add the digests of all, without which the file is half of one, and wait until the disk has everything."""
        self._add_text(DIGESTS, self._digests)
        os.truncate(self._path, _multiple(self._end + 2 * tarfile.BLOCKSIZE, tarfile.RECORDSIZE))
        with self._path.open("rb") as whole:
            os.fsync(whole.fileno())

    def _add_text(self, name: str, content: object) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1).encode()
        header = tarfile.TarInfo(name)
        header.size = len(text)
        with self._place(header) as place:
            place.write(text)

    @contextmanager
    def _place(self, header: tarfile.TarInfo) -> Iterator[BinaryIO]:
        """Give the place for what a header tells of; between two of them are zeros, as nothing is written there."""
        header.mode = _PRIVATE
        head = header.tobuf(tarfile.PAX_FORMAT)
        with self._placing:
            start = self._end
            self._end += len(head) + _multiple(header.size, tarfile.BLOCKSIZE)
        with self._path.open("r+b") as place:
            place.seek(start)
            place.write(head)
            yield place


def _copy(file: int, place: BinaryIO, header: tarfile.TarInfo) -> str:
    digest, done = hashlib.sha256(), 0
    while done < header.size:
        block = os.pread(file, min(_BLOCK, header.size - done), done)
        if not block:
            raise Shorter(header.name)
        digest.update(block)
        place.write(block)
        done += len(block)
        if done % _BEGUN == 0 and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(place.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _multiple(size: int, of: int) -> int:
    """Give the next multiple, where a size is none."""
    return -(-size // of) * of


def begin_archive(path: Path, about: About) -> Writer:
    """Begin to write a backup; it is whole when `end` was called."""
    path.touch(mode=_PRIVATE, exist_ok=False)
    return Writer(path, about)
