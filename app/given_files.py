"""Files that are made for one answer: they lie in a folder of their own, and are removed once they were given."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from config.uploads.places import make_private, remove_files, upload_folder

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class GivenFile:
    """A file as it is given.

    Args:
        path: Where it lies.
        name: As it is to be called by whoever gets it.
        media_type: What it is.
    """

    path: Path
    name: str
    media_type: str = "application/octet-stream"


def give_once(data_dir: Path, make: Callable[[Path], GivenFile]) -> FileResponse:
    """Let a file be made in an empty folder, and give it; whatever its size, it is never held in memory.

    It is whole before its first byte goes out: where it cannot be made, the answer says so.
    """
    place = secrets.token_urlsafe(16)
    folder = upload_folder(data_dir, place)
    make_private(folder)
    try:
        given = make(folder)
    except BaseException:
        remove_files(data_dir, place)
        raise
    gone = BackgroundTask(remove_files, data_dir, place)
    return FileResponse(given.path, filename=given.name, media_type=given.media_type, background=gone)
