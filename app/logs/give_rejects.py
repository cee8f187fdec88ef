"""Gives the records of a source that cannot be read as one file, and remembers that they went out."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from fastapi.responses import FileResponse

from app.given_files import GivenFile, give_once
from audit.logs.export_rejects import export_rejects
from config.errors import NotFound
from config.work import Installation


def give_rejects_of(installation: Installation, source: str) -> FileResponse:
    """Give the records; what was given is remembered, to know it when it comes back mended.

    Raises:
        NotFound: There is no such source, or all its records could be read.
    """

    def make(folder: Path) -> GivenFile:
        return _one_file(export_rejects(installation.change, source, folder / "rejects.log").files, source)

    return give_once(installation.settings.data_dir, make)


def _one_file(files: Sequence[Path], source: str) -> GivenFile:
    """Give one file; logs that name their columns otherwise have files of their own, which then lie in an archive."""
    if not files:
        raise NotFound(f"All records of {source} could be read.")
    if len(files) == 1:
        return GivenFile(files[0], f"{source}.rejects.log")
    archive = files[0].with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            packed.write(file, file.name)
    return GivenFile(archive, f"{source}.rejects.zip")
