"""The files of the event store that receipts of imports list, and where they are kept when no receipt does."""

from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session, select

from audit.logs.models import FileKind, StoredFile
from audit.logs.new_files import PARTIAL

SET_ASIDE = "set-aside"
FOLDERS = tuple(FileKind)


def listed_files(session: Session) -> set[Path]:
    """Give every file that a receipt lists, by its path within the data folder."""
    return {Path(kind, name) for kind, name in session.exec(select(StoredFile.kind, StoredFile.name))}


def files_there(data_dir: Path) -> set[Path]:
    """Give every file that lies where receipts list files, by its path within the data folder."""
    return {path.relative_to(data_dir) for folder in FOLDERS for path in _entries(data_dir / folder)}


def files_set_aside(data_dir: Path) -> dict[Path, Path]:
    """Give every file that was set aside: by its path within the data folder, where it is now."""
    found: dict[Path, Path] = {}
    for day in sorted(_entries(data_dir / SET_ASIDE)):
        for folder in FOLDERS:
            found |= {Path(folder, path.name): path for path in _entries(day / folder)}
    return found


def is_unfinished(file: Path) -> bool:
    """Say whether a file of the store was still being written, by us or by DuckDB."""
    return file.name.endswith(PARTIAL) or file.name.startswith("tmp_")


def is_final(file: Path) -> bool:
    """Say whether a file is one that a receipt may list."""
    return file.suffix == ".parquet" and not file.name.startswith(".") and not is_unfinished(file)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())
