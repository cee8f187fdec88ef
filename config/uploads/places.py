"""Where uploads lie: `uploads/ID/NAME` in the data folder, and what is made of them beside, in `uploads/ID.made`."""

import shutil
from contextlib import suppress
from pathlib import Path

from config.errors import Conflict

FOLDER = "uploads"
_PRIVATE = 0o700


def upload_folder(data_dir: Path, upload_id: str) -> Path:
    """Give the folder of an upload's files."""
    return data_dir / FOLDER / upload_id


def preview_file(data_dir: Path, upload_id: str) -> Path:
    """Give the file of what an upload would change."""
    return _made(data_dir, upload_id) / "preview.json"


def rejects_file(data_dir: Path, upload_id: str) -> Path:
    """Give the file of the rows of an upload that cannot be taken."""
    return _made(data_dir, upload_id) / "rejects.csv"


def make_private(folder: Path) -> None:
    """Make a folder below that of all uploads, and that one, for this account alone.

    Raises:
        Conflict: It cannot be made.
    """
    try:
        folder.parent.mkdir(mode=_PRIVATE, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
    except OSError as error:
        raise Conflict(f"The upload cannot be kept ({error.strerror}). Try again later.") from error


def write_made(file: Path, content: bytes) -> None:
    """Write what is made of an upload, all of it or nothing.

    Raises:
        Conflict: The disk does not take it.
    """
    make_private(file.parent)
    unfinished = file.with_suffix(".partial")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise Conflict(
            f"The preview cannot be kept ({error.strerror}). Make room on the disk, and try again."
        ) from error


def remove_files(data_dir: Path, upload_id: str) -> None:
    """Remove the files of an upload."""
    _remove(upload_folder(data_dir, upload_id))


def remove_made(data_dir: Path, upload_id: str) -> None:
    """Remove what was made of an upload."""
    _remove(_made(data_dir, upload_id))


def _made(data_dir: Path, upload_id: str) -> Path:
    return data_dir / FOLDER / f"{upload_id}.made"


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
