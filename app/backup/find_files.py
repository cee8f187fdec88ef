"""Which files of a data folder a backup holds."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.folder_mark import FILE as MARK
from app.stored_files import FOLDERS, listed_files
from audit.logs.file_kinds import PARTIAL
from config.database import Reader
from config.unfinished_places import NOTES

# What work under way needs, and what every audit can make anew.
_LEFT_OUT = ("cache", "spill", NOTES)
RESTORING, BEFORE_RESTORE = "restoring-", "before-restore-"


def files_to_keep(reader: Reader, data_dir: Path) -> tuple[list[str], list[str]]:
    """Give the files of the event store that receipts list, and all else that belongs to the data folder.

    Returns:
        Their paths within the data folder.
    """
    own = sorted(entry.name for entry in data_dir.iterdir() if is_own(entry))
    beside = [file for name in own if name not in FOLDERS for file in _files_in(data_dir, data_dir / name)]
    return sorted(listed_files(reader)), beside


def is_own(entry: Path) -> bool:
    """Say whether an entry of a data folder is of the installation: no database, no lock, no work under way."""
    if entry.name in _LEFT_OUT or entry.name.startswith((RESTORING, BEFORE_RESTORE)):
        return False
    return entry.is_dir() or entry.name == MARK


def _files_in(data_dir: Path, place: Path) -> Iterator[str]:
    if place.is_file():
        yield place.name
        return
    for folder, _, names in os.walk(place):
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink() and not name.endswith(PARTIAL):
                yield str(path.relative_to(data_dir))
