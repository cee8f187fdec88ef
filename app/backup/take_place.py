"""Lets what was brought back take the place of what stood in a data folder, also where it is interrupted.

A small file says how far that has come. Whoever opens the folder next goes on from there, so that a folder is never
half of one and half of the other. The folder itself stays, as it may be one that cannot be renamed, such as a volume.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Self

from app.backup.find_files import BEFORE_RESTORE, is_own
from config.errors import Conflict


class Phase(StrEnum):
    """How far it has come."""

    FILLING = "filling"  # a database on a server is being filled, in one transaction
    ASIDE = "aside"  # what stood there is moved aside
    PLACE = "place"  # what was brought back is moved to its place


@dataclass(frozen=True)
class Change:
    """What is taking place.

    Args:
        folder: The folder, in the data folder, of what was brought back.
        when: Names the folder of what stood there before.
        database: The name of the database in the data folder; empty where it lies elsewhere.
    """

    FILE: ClassVar[str] = "restore-under-way.json"

    folder: str
    when: str
    phase: str
    database: str

    @property
    def kept_in(self) -> str:
        """The folder of what stood there before."""
        return f"{BEFORE_RESTORE}{self.when}"

    @classmethod
    def read(cls, data_dir: Path) -> Self | None:
        """Read what is taking place in a data folder, if anything is.

        Raises:
            Conflict: The file that says so cannot be read.
        """
        path = data_dir / cls.FILE
        try:
            return cls(**json.loads(path.read_text("utf-8")))
        except OSError:  # there is none, or the folder is none that could be opened, which is said elsewhere
            return None
        except (ValueError, TypeError) as error:
            raise Conflict(
                f"{path} should say how far a backup has been brought back here, but cannot be read. Bring the backup "
                "back into another data folder."
            ) from error


def begin(data_dir: Path, change: Change) -> Change:
    """Note what is to take place; from here on it will, also where this process is killed."""
    unfinished = data_dir / change.folder / Change.FILE  # where it is cleared away with all else if this is killed
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(change), file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(data_dir / Change.FILE)
    return change


def finish(data_dir: Path, change: Change) -> Path:
    """Do what is left of it, and give the folder of what stood there before."""
    kept_in, new = data_dir / change.kept_in, data_dir / change.folder
    if change.phase != Phase.PLACE:
        _move_aside(data_dir, change, kept_in)
        change = begin(data_dir, replace(change, phase=Phase.PLACE))
    source = new / "folder"
    for entry in sorted(source.iterdir()) if source.is_dir() else ():
        entry.rename(data_dir / entry.name)
    (data_dir / Change.FILE).unlink()
    shutil.rmtree(new, ignore_errors=True)
    with suppress(OSError):  # nothing stood there
        kept_in.rmdir()
    return kept_in


def give_up(data_dir: Path, change: Change) -> None:
    """Let it be as if nothing had been brought back: the database on the server was not filled."""
    (data_dir / Change.FILE).unlink(missing_ok=True)
    shutil.rmtree(data_dir / change.folder, ignore_errors=True)


def _move_aside(data_dir: Path, change: Change, kept_in: Path) -> None:
    kept_in.mkdir(mode=0o700, exist_ok=True)
    for entry in sorted(data_dir.iterdir()):
        if is_own(entry) or _is_database(entry.name, change.database):
            entry.rename(kept_in / entry.name)
    for name in ("cache", "spill"):  # made anew, and of what stood there before
        shutil.rmtree(data_dir / name, ignore_errors=True)


def _is_database(name: str, database: str) -> bool:
    return bool(database) and name in {database, *(f"{database}-{end}" for end in ("wal", "shm", "journal"))}
