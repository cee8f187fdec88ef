"""The journal of looks: what was looked at is written here before the answer goes out, until it is in the event store.

Each serving process writes a file of its own in the data folder, and holds its lock for as long as it does; a file
whose lock is free is whole, whether it was turned or its process was killed. It is no table of the record: there a look
would wait for whoever changes that, and would make all forget what they keep for as long as nothing is committed.

A line that was written outlives its process at once, and a power cut a second later, when it is on the disk for good.
"""

import errno
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

_FOLDER = "looks"
_ENDING = ".jsonl"


class LookJournal:
    """Where one process writes down what is looked at; several threads may.

    Args:
        data_dir: The data folder.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / _FOLDER
        self._lock = Lock()
        self._file: int | None = None
        self._is_on_disk = True

    def write(self, looks: Sequence[Mapping[str, str]]) -> None:
        """Write some looks down; they are when this returns.

        Raises:
            OSError: They cannot be, and are not.
        """
        written = b"".join(json.dumps(look).encode() + b"\n" for look in looks)
        with self._lock:
            if self._file is None:
                self._file = _new_file(self._folder)
            _append(self._file, written)
            self._is_on_disk = False

    def keep(self) -> None:
        """Have the disk keep for good what was written."""
        with self._lock:
            if self._file is not None and not self._is_on_disk:
                os.fdatasync(self._file)
                self._is_on_disk = True

    def turn(self) -> None:
        """Let what was written be a whole file, and the next look begin another one."""
        with self._lock:
            if self._file is not None:
                os.fsync(self._file)
                os.close(self._file)  # and with it the lock
            self._file, self._is_on_disk = None, True


def _append(file: int, written: bytes) -> None:
    before = os.fstat(file).st_size
    if os.write(file, written) != len(written):
        os.ftruncate(file, before)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _new_file(folder: Path) -> int:
    folder.mkdir(mode=0o700, exist_ok=True)
    while True:
        path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}{_ENDING}"
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            os.close(file)
            raise
        if os.fstat(file).st_nlink:
            return file
        os.close(file)  # whoever gathers whole files took it for one, before it was locked


def has_looks(data_dir: Path) -> bool:
    """Say whether anything was written down that is not in the event store yet, as far as can be told at a glance."""
    return any(_files(data_dir))


@contextmanager
def whole_files(data_dir: Path) -> Iterator[list[Path]]:
    """Give the files in which nobody writes any more, and keep others from taking them until the block ends.

    What a killed process left half-written at the end is cut off: its answer never went out.
    """
    held = list[int]()
    try:
        yield [path for path in _files(data_dir) if _is_whole(path, held)]
    finally:
        for file in held:
            os.close(file)


def _is_whole(path: Path, held: list[int]) -> bool:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    held.append(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    if not os.fstat(file).st_nlink:
        return False
    whole = path.read_bytes().rpartition(b"\n")[0]
    if not whole:
        path.unlink(missing_ok=True)
        return False
    os.ftruncate(file, len(whole) + 1)
    return True


def looks_written(data_dir: Path) -> list[dict[str, str]]:
    """Give the looks that are not in the event store yet; one that comes into it meanwhile may be given still."""
    return [json.loads(line) for path in _files(data_dir) for line in _lines(path)]


def _lines(path: Path) -> list[bytes]:
    with suppress(FileNotFoundError):  # it came into the event store meanwhile
        return path.read_bytes().rpartition(b"\n")[0].splitlines()
    return []


def _files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / _FOLDER).glob(f"*{_ENDING}"))
