"""Goes on with what a killed `thirteen restore` left half-done, before anything else is done with the folder."""

import shutil
from contextlib import suppress
from pathlib import Path

from app.backup.find_files import RESTORING
from app.backup.take_place import Change, Phase, finish, give_up
from app.migrations.version import Version, find_version
from config.database import connect
from config.errors import Conflict
from config.locks import alone
from config.settings import Settings


def finish_restore(settings: Settings, url: str) -> None:
    """Let a folder be wholly what a backup held, or wholly what it was before, where a restore was interrupted.

    Args:
        url: Of the database.

    Raises:
        Conflict: A backup is being brought back just now, or how far it came cannot be read.
    """
    data_dir = settings.data_dir.absolute()
    change = Change.read(data_dir)
    left = list[Path]()
    with suppress(OSError):  # a folder that cannot be looked into is refused elsewhere
        left += data_dir.glob(f"{RESTORING}*")
    if change is None and not left:
        return
    try:
        with alone(settings):
            _finish(data_dir, url, left)
    except Conflict:
        if Change.read(data_dir) is not None:
            raise


def _finish(data_dir: Path, url: str, left: list[Path]) -> None:
    change = Change.read(data_dir)  # another process may have gone on with it meanwhile
    if change is None:
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
    elif change.phase == Phase.FILLING and not _is_filled(url):
        give_up(data_dir, change)
    else:
        finish(data_dir, change)


def _is_filled(url: str) -> bool:
    engine = connect(url)
    try:
        return find_version(engine) is not Version.EMPTY
    finally:
        engine.dispose()
