"""The files of the event store that receipts of imports list, and where they are kept when no receipt does.

A file is known by its path within the data folder, such as `events/00000001-ab.parquet`: a text, as there are
thousands.
"""

import os
from pathlib import Path

from sqlalchemy import bindparam, text

from audit.logs.file_kinds import PARTIAL, FileKind
from config.clock import EPOCH
from config.database import Reader, UtcDateTime

SET_ASIDE = "set-aside"
FOLDERS = tuple(FileKind)
# by its name, as the models of logs take long to load and most commands need none of them
_LISTED = text("SELECT kind, name FROM stored_files")
_DIGESTS = text("SELECT kind, name, sha256 FROM stored_files ORDER BY kind, name")
_LONG_AGO = bindparam("long_ago", EPOCH, type_=UtcDateTime)
_REPLACED = text("SELECT kind, name FROM replaced_files WHERE replaced_at > :long_ago").bindparams(_LONG_AGO)
_REMOVED = text("SELECT kind, name FROM replaced_files WHERE replaced_at <= :long_ago").bindparams(_LONG_AGO)


def listed_files(reader: Reader) -> set[str]:
    """Give every file that a receipt lists."""
    return {f"{kind}/{name}" for kind, name in reader.execute(_LISTED)}


def listed_digests(reader: Reader) -> dict[str, str]:
    """Give the SHA-256 of every file that a receipt lists, as the receipt says it, in the order of the files' paths."""
    return {f"{kind}/{name}": sha256 for kind, name, sha256 in reader.execute(_DIGESTS)}


def replaced_files(reader: Reader) -> set[str]:
    """Give every file that stays for a while though its rows lie in another one now; it may be gone already."""
    return {f"{kind}/{name}" for kind, name in reader.execute(_REPLACED)}


def removed_files(reader: Reader) -> set[str]:
    """Give every file whose rows were removed under a schedule; it is gone, or goes at once."""
    return {f"{kind}/{name}" for kind, name in reader.execute(_REMOVED)}


def files_there(data_dir: Path) -> set[str]:
    """Give every file that lies where receipts list files."""
    return {f"{folder}/{name}" for folder in FOLDERS for name in _names(data_dir / folder)}


def files_set_aside(data_dir: Path) -> dict[str, Path]:
    """Give every file that was set aside: where it is now."""
    found: dict[str, Path] = {}
    for day in sorted(_names(data_dir / SET_ASIDE)):
        place = data_dir / SET_ASIDE / day
        found |= {file: place / file for file in files_there(place)}
    return found


def is_unfinished(file: str) -> bool:
    """Say whether a file of the store was still being written, by us or by DuckDB."""
    return file.endswith(PARTIAL) or _name(file).startswith("tmp_")


def is_final(file: str) -> bool:
    """Say whether a file is one that a receipt may list."""
    return file.endswith(".parquet") and not _name(file).startswith(".") and not is_unfinished(file)


def _name(file: str) -> str:
    return file.rpartition("/")[2]


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - names alone, as there are thousands
