"""Which files of a data folder a backup holds besides those that receipts list."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.folder_mark import FILE as MARK
from app.stored_files import FOLDERS
from audit.logs.file_kinds import PARTIAL
from config.unfinished_places import NOTES

# What work under way needs, and what every audit can make anew.
_LEFT_OUT = ("cache", "spill", NOTES)
RESTORING, BEFORE_RESTORE = "restoring-", "before-restore-"


def files_beside(data_dir: Path) -> list[str]:
    """Give the paths within a data folder of all that belongs to it besides the event store, whose receipts list it."""
    own = sorted(entry.name for entry in data_dir.iterdir() if is_own(entry))
    return [file for name in own if name not in FOLDERS for file in _files_in(data_dir, data_dir / name)]


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
