"""Where what is unfinished waits: a private folder beside the target, which goes when the work ends.

A process that is killed leaves its folder; the next one that writes into the same place removes it, as does the next
start of the program where the place was noted (`unfinished_places.py`). Whoever works in
such a folder holds a lock of the operating system on a file in it, which ends with its process: so a folder of this
account that bears our name and can be locked is abandoned. Where a disk knows no locks, none is taken for abandoned.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TextIO

_PREFIX, _RANDOM, _LOCK = ".thirteen-unfinished-", "?" * 8, "lock"


@contextmanager
def unfinished_beside(path: Path) -> Iterator[Path]:
    """Give a folder beside the target, on the same disk and open to this account alone, until the block ends.

    Raises:
        OSError: The target's folder is missing or closed to us, or its disk is full.
    """
    remove_abandoned(path.parent)
    folder, lock = _make(path.parent)
    with lock:
        try:
            yield folder
        finally:
            with suppress(OSError):  # what stays is abandoned, and the next one's to remove
                _remove(folder)


def remove_abandoned(parent: Path) -> bool:
    """Remove what killed processes left in a folder; say whether a living one is at work there."""
    is_lived_in = False
    with suppress(OSError):  # what cannot be listed or locked is left alone
        for folder in parent.glob(_PREFIX + _RANDOM):
            if _is_private_folder(folder.lstat()):
                with suppress(FileNotFoundError), (folder / _LOCK).open("a", encoding="utf-8") as lock:
                    try:
                        _take(lock)
                        _remove(folder)
                    except OSError:
                        is_lived_in = True
    return is_lived_in


def _make(parent: Path) -> tuple[Path, TextIO]:
    """Make a folder and lock it; again where another process took it for abandoned before it was locked."""
    while True:
        folder = Path(mkdtemp(prefix=_PREFIX, dir=parent))
        try:
            lock = (folder / _LOCK).open("w", encoding="utf-8")
        except FileNotFoundError:
            continue
        except OSError:
            folder.rmdir()
            raise
        if _is_ours(lock):
            return folder, lock
        lock.close()


def _is_ours(lock: TextIO) -> bool:
    try:
        _take(lock)
    except BlockingIOError:
        return False
    except OSError:  # a disk that knows no locks
        return True
    return os.fstat(lock.fileno()).st_nlink > 0  # else it was removed just before


def _take(lock: TextIO) -> None:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_private_folder(status: os.stat_result) -> bool:
    mine = status.st_uid == os.geteuid()
    return mine and stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == stat.S_IRWXU


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()  # plain files alone: nothing of ours is anything else
    folder.rmdir()
