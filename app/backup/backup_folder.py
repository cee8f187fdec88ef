"""The folder into which the schedule writes backups: one file a time, the oldest of which go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.backup.make_backup import make_backup
from config.errors import Conflict
from config.output_file import refusing
from config.settings import Settings
from config.texts import counted
from config.work import Installation

_NAME = re.compile(r"thirteen-(\d{4}-\d{2}-\d{2}-\d{6})\.backup")
_TIME = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True)
class WrittenBackup:
    """A backup in the folder.

    Args:
        taken_at: The instant whose state it holds, in UTC, to the second.
    """

    name: str
    taken_at: datetime
    bytes: int


def written_backups(settings: Settings) -> list[WrittenBackup]:
    """Give the backups that are in the folder, the newest first; none where no folder is named or it is not there."""
    folder = settings.backup_dir
    found = folder.iterdir() if folder is not None and folder.is_dir() else ()
    return sorted(_written(found), key=lambda one: one.taken_at, reverse=True)


def back_up(installation: Installation) -> Iterator[str]:
    """Write a backup into the folder, and remove those above the number that is kept; give a receipt in sentences.

    Only what bears the name of such a backup is removed, and only when the new one is there.

    Raises:
        Conflict: No folder is named for backups, or a file of the store is missing or damaged.
        Invalid: The backup cannot be written there.
    """
    folder = installation.settings.backup_dir
    if folder is None:
        raise Conflict("No folder is named for backups. Let THIRTEEN_BACKUP_DIR name one, best on another disk.")
    out = folder / f"thirteen-{installation.clock():{_TIME}}.backup"
    receipt = make_backup(installation, out)
    yield f"{out.name} holds the record and {counted(receipt.files, 'file')} of the data folder."
    over = written_backups(installation.settings)[installation.settings.backups_kept :]
    with refusing(out):
        for one in over:
            (folder / one.name).unlink(missing_ok=True)
    if over:
        yield f"{counted(len(over), 'older backup is', 'older backups are')} removed."


def _written(files: Iterator[Path] | tuple[()]) -> Iterator[WrittenBackup]:
    for file in files:
        named = _NAME.fullmatch(file.name)
        if named and file.is_file():
            taken_at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
            yield WrittenBackup(file.name, taken_at, file.stat().st_size)
