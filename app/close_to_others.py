"""Closes to other accounts a data folder that is open to them, such as one that was made by hand."""

import stat
from collections.abc import Callable
from pathlib import Path

from app.folder_mark import FILE
from app.reports.place import FOLDER as REPORTS
from app.stored_files import FOLDERS, SET_ASIDE
from config.settings import spill_folder
from config.unfinished_places import NOTES
from config.uploads.places import FOLDER as UPLOADS

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FOLDERS = (*FOLDERS, SET_ASIDE, "cache", NOTES, UPLOADS, REPORTS, spill_folder(Path()).name)
_FILES = ("thirteen.sqlite", "lock", FILE)  # and what stands beside them under a longer name


def close_to_others(data_dir: Path, tell: Callable[[str], None]) -> None:
    """Take away what other accounts may do with a data folder and what is in it.

    A folder that holds other things too, such as `/tmp`, stays as it is: only what is ours in it is closed.

    Args:
        tell: Says that it was done, or that it cannot be.
    """
    if not _is_open(data_dir):
        return
    try:
        inside = sorted(data_dir.iterdir())
        ours = [path for path in inside if _is_ours(path.name)]
        for path in ours:
            _close_tree(path)
        if len(ours) == len(inside):
            _close(data_dir)
            tell(f"Other accounts of this machine could look into the data folder {data_dir}; now only this one can.")
        else:
            tell(
                f"Other accounts of this machine can look into the data folder {data_dir}, which holds other things "
                "too; what is of this program is closed to them. Keep the data in a folder of its own."
            )
    except OSError:
        tell(
            f"Other accounts of this machine can look into the data folder {data_dir}, and this account may not change "
            "that. Have its owner run: chmod -R go= FOLDER."
        )


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:  # what cannot be looked at is said where it is opened
        return False


def _is_ours(name: str) -> bool:
    return name in _FOLDERS or name.startswith(_FILES)


def _close_tree(path: Path) -> None:
    for one in (path, *(path.rglob("*") if path.is_dir() else ())):
        if not one.is_symlink():
            _close(one)


def _close(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        path.chmod(mode & ~_OTHERS)
