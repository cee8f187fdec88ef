"""Where the files of reports lie in the data folder, and for how long."""

import hashlib
import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from config.errors import Conflict
from config.work import Installation

FOLDER = "reports"
KEPT = timedelta(days=30)
_PRIVATE = 0o700


def new_place(installation: Installation, login: str, name: str, key: str) -> Path:
    """Give the file into which a report is to be written; asked again with the same key, the same one.

    Raises:
        Conflict: Its folder cannot be made.
    """
    said = f"{login}\n{name}\n{key}".encode()
    own = hashlib.sha256(said).hexdigest()[:24] if key else secrets.token_hex(12)
    folder = installation.settings.data_dir.absolute() / FOLDER / own
    try:
        folder.parent.mkdir(mode=_PRIVATE, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
    except OSError as error:
        raise Conflict(f"The report cannot be kept ({error.strerror}). Try again later.") from error
    return folder / f"{name}.xlsx"


def remove_old_reports(installation: Installation) -> int:
    """Remove the files of reports that are older than they are kept; give how many went."""
    folder = installation.settings.data_dir / FOLDER
    before = (installation.clock() - KEPT).timestamp()
    old = [one for one in folder.iterdir() if one.stat().st_mtime < before] if folder.is_dir() else []
    for one in old:
        shutil.rmtree(one)
    return len(old)
