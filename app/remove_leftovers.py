"""Clears the data folder of what killed processes left: files that no import's receipt lists, and spilled bulk work."""

import os
import re
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from audit.logs.models import EVENTS, REJECTS, LogImport
from config.database import reading
from config.errors import Conflict
from config.locks import writing
from config.settings import Settings, spill_folder

# What DuckDB puts before the names of the files that it spills to: also who only reads may be using them.
_SPILLED_BY = re.compile(r"duckdb_temp_(\d+)_")
_NUMBER = re.compile(r"(\d+)-")


def remove_leftovers(engine: Engine, settings: Settings) -> None:
    """Remove what nobody uses any more; what a running process writes stays, as do the files of another database.

    Raises:
        Conflict: The database cannot be read.
    """
    if not _find_leftovers(engine, settings.data_dir):
        return
    # Where another process writes, the files are perhaps its own; where the folder can only be read, they do no harm.
    with suppress(Conflict), writing(engine, settings, wait_seconds=0):
        for path in _find_leftovers(engine, settings.data_dir):
            path.unlink(missing_ok=True)


def _find_leftovers(engine: Engine, data_dir: Path) -> list[Path]:
    spilled = [path for path in _files(spill_folder(data_dir)) if not _is_in_use(path)]
    stored = [*_files(data_dir / EVENTS), *_files(data_dir / REJECTS)]
    return spilled + (_find_unlisted(engine, data_dir, stored) if stored else [])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _is_in_use(path: Path) -> bool:
    owner = _SPILLED_BY.match(path.name)
    if owner is None:
        return False
    try:
        os.kill(int(owner[1]), 0)  # sends nothing; asks whether the process lives
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _find_unlisted(engine: Engine, data_dir: Path, stored: list[Path]) -> list[Path]:
    """Find the stored files that no receipt lists; none where the folder and the database do not belong together."""
    with reading(engine) as session:
        rows = session.exec(select(LogImport.id, LogImport.event_file, LogImport.rejects_file)).all()
    listed = {data_dir / EVENTS / events for _, events, _ in rows if events}
    listed |= {data_dir / REJECTS / rejects for _, _, rejects in rows if rejects}
    unlisted = sorted(set(stored) - listed)
    next_id = 1 + max((number for number, _, _ in rows), default=0)
    # A killed import leaves files with the number that the next one takes; a higher one was listed by another database.
    fits = listed <= set(stored) and all(_number(path) <= next_id for path in unlisted)
    return unlisted if fits else []


def _number(path: Path) -> int:
    number = _NUMBER.match(path.name)
    return int(number[1]) if number else 0
