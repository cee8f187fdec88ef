"""Clears away what killed processes left, in the data folder and where they wrote, and files that nothing lists.

Who writes to the event store keeps to this, so that a killed process leaves nothing that is taken for somebody's:

* A file is written as `NAME.partial` in the folder that it is for, and gets its final name just before the commit of
  the receipt that lists it. Files that a receipt listed are removed only after the commit that takes it back.
* All of it is done while holding `importing`.
* What an audit keeps for the next one is a folder in `cache`, of its final name only after the commit of its row; any
  other such folder is removed, and who loses one decides everything the next time.

So a partial file that is found while nobody imports is the leftover of a killed import, and is removed. A file of a
final name that no receipt lists may be the last copy of somebody's events, as where the database was brought back from
an older backup: it is set aside and named. (A process killed between its last renaming and its commit leaves such files
as well; nothing tells these apart, and they do no harm where they are.)
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine, text

from app.set_aside import set_aside
from app.stored_files import files_there, is_final, is_unfinished, listed_files, removed_files, replaced_files
from audit.logs.file_kinds import PARTIAL, UNPACKED
from config.clock import now
from config.database import reading_rows
from config.errors import Conflict
from config.locks import importing, writing
from config.settings import Settings, spill_folder
from config.unfinished_places import remove_noted

# How files are named that DuckDB spills to, and folders that Spark does: also who only reads may be using them.
_SPILLED_BY = re.compile(r"(?:duckdb_temp|spark)_(\d+)(?:_|$)")
# By its name, as `listed_files`: the models of audits take long to load.
_KEPT = text("SELECT kept FROM audit_runs WHERE NOT is_question ORDER BY id DESC LIMIT 1")
_MOST_NAMED = 20


def remove_leftovers(engine: Engine, settings: Settings, tell: Callable[[str], None]) -> None:
    """Remove what nobody uses any more and set aside what nobody lists; what a running process writes stays.

    The folder is the database's own (`folder_identity.py`).

    Args:
        tell: Says what was set aside.

    Raises:
        Conflict: The database cannot be read.
    """
    data_dir = settings.data_dir
    remove_noted(data_dir)
    for folder in (*_find_stale(engine, data_dir), *_spilled_by_spark(data_dir)):
        shutil.rmtree(folder, ignore_errors=True)
    if not (_find_leftovers(data_dir) or _find_unpacked(data_dir) or _find_unlisted(engine, data_dir)):
        return
    # Where another process writes, the files are perhaps its own; where the folder can only be read, they do no harm.
    with (
        suppress(Conflict, OSError),
        importing(engine, settings, wait_seconds=0),
        writing(engine, settings, wait_seconds=0),
    ):
        for path in (*_find_leftovers(data_dir), *_find_removed(engine, data_dir)):
            path.unlink(missing_ok=True)
        for folder in _find_unpacked(data_dir):
            shutil.rmtree(folder, ignore_errors=True)
        place, moved = set_aside(data_dir, _find_unlisted(engine, data_dir), f"{now():%Y-%m-%d}")
        if moved:
            tell(_say_set_aside(moved, place))


def _find_leftovers(data_dir: Path) -> list[Path]:
    spill = spill_folder(data_dir)
    spilled = [path for path in _files(spill.iterdir() if spill.is_dir() else ()) if not _is_in_use(path)]
    notes = (data_dir / "cache").glob(f"*{PARTIAL}")  # who loses one just then writes it the next time
    unfinished = (data_dir / file for file in files_there(data_dir) if is_unfinished(file))
    return spilled + _files(chain(notes, unfinished))


def _find_unpacked(data_dir: Path) -> list[Path]:
    """Find what was unpacked of archives for imports; while one is at work, they are its own."""
    return sorted(path for path in spill_folder(data_dir).glob(f"*{UNPACKED}") if path.is_dir())


def _spilled_by_spark(data_dir: Path) -> list[Path]:
    return [folder for folder in spill_folder(data_dir).glob("spark_*") if folder.is_dir() and not _is_in_use(folder)]


def _find_stale(engine: Engine, data_dir: Path) -> list[Path]:
    """Find the folders of what audits keep that are not the newest audit's."""
    folders = sorted((data_dir / "cache").glob("decided-*"))
    if len(folders) <= 1 and not any(folder.name.endswith(PARTIAL) for folder in folders):
        return []
    with reading_rows(engine) as reader:
        kept = reader.execute(_KEPT).scalar() or ""
    return [folder for folder in folders if folder.name != f"decided-{kept[:16]}"]


def _find_removed(engine: Engine, data_dir: Path) -> list[Path]:
    """Find the files of accesses that were removed under a schedule, where a process was killed right after it."""
    with reading_rows(engine) as reader:
        removed = removed_files(reader)
    return [data_dir / file for file in sorted(removed) if (data_dir / file).is_file()]


def _find_unlisted(engine: Engine, data_dir: Path) -> list[str]:
    """Find the stored files that no receipt lists."""
    stored = [file for file in files_there(data_dir) if is_final(file)]
    if not stored:
        return []
    with reading_rows(engine) as reader:
        listed = listed_files(reader) | replaced_files(reader)
    return sorted(file for file in stored if file not in listed and (data_dir / file).is_file())


def _files(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file())


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


def _say_set_aside(files: list[str], place: Path) -> str:
    named = ", ".join(files[:_MOST_NAMED])
    more = f" and {len(files) - _MOST_NAMED:,} more" if len(files) > _MOST_NAMED else ""
    return (
        f"The database knows nothing of these files of imported logs: {named}{more}. They were moved to {place}. "
        "If the database was brought back from a backup, import the logs that came after it again, or bring back a "
        "newer database, which finds them there."
    )
