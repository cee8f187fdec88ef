"""Takes the logs of watched folders: one folder for each source, by its name.

A file is taken when nothing has written to it for a while: imported and moved to `done`, or refused and moved to
`refused` with the reason beside it. What stands in the way for now leaves a file where it is. One that was imported
already, as when a process was killed before it moved the file, is moved alone.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlmodel import col, select

from audit.logs.file_kinds import PARTIAL
from audit.logs.find_source import find_source
from audit.logs.import_log import import_logs
from audit.logs.models import LogImport, StandingLog
from config.errors import Conflict, Invalid, NotFound
from config.output_file import sha256_of
from config.recorded import current
from config.settings import Settings
from config.work import Installation

DONE, REFUSED = "done", "refused"
REASON = ".reason.txt"
_QUIET = timedelta(seconds=60)
# how programs call what they have not written to its end
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart")


@dataclass(frozen=True)
class Taken:
    """What became of the files of watched folders, sentence by sentence.

    Args:
        imports: The imports by their numbers.
        refused: The files that were refused, as they lie now.
    """

    said: list[str] = field(default_factory=list)
    imports: list[int] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)


def quiet_files(settings: Settings, now: datetime) -> Iterator[Path]:
    """Give the files that wait in the folders of sources and grow no more, by source and name."""
    root = settings.watched_dir
    with suppress(OSError):  # a folder that is not there for now; who takes the files says so
        for folder in sorted(root.iterdir()) if root else ():
            if folder.is_dir() and not folder.name.startswith("."):
                yield from (path for path in sorted(folder.iterdir()) if _is_quiet(path, now))


def _is_quiet(path: Path, now: datetime) -> bool:
    if path.name.startswith((".", "~")) or path.suffix.casefold() in _UNFINISHED:
        return False
    try:
        state = path.lstat()
    except FileNotFoundError:  # somebody else took it
        return False
    # a link is left alone: what it leads to is not in the folder
    return stat.S_ISREG(state.st_mode) and now.timestamp() - state.st_mtime >= _QUIET.total_seconds()


def take_watched(installation: Installation) -> Taken:
    """Import the files of the watched folders that grow no more, each on its own.

    Raises:
        NotFound: No folder is watched, or it is not there.
    """
    root = installation.settings.watched_dir
    if root is None:
        raise NotFound("No folder is watched; the setting watched_dir names one.")
    if not root.is_dir():
        raise NotFound(f"The watched folder {root} is not there.")
    taken, unknown = Taken(), set[str]()
    for path in quiet_files(installation.settings, installation.clock()):
        source = path.parent.name
        if source in unknown:
            continue
        if fault := _fault_of_folders(path.parent):
            unknown.add(source)
            taken.said.append(f"The files in {path.parent} wait: {fault}")
            continue
        try:
            _take(installation, path, source, taken)
        except NotFound as refusal:
            unknown.add(source)
            taken.said.append(f"The files in {path.parent} wait: {refusal}")
    return taken


def _fault_of_folders(folder: Path) -> str:
    """Say why files could not be moved once they are imported; empty where they can."""
    for name in (DONE, REFUSED):
        place = folder / name
        try:
            place.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            return f"the folder {place} cannot be made ({error.strerror})."
        if not os.access(place, os.W_OK):
            return f"the folder {place} cannot be written to."
    return "" if os.access(folder, os.W_OK) else "the folder cannot be written to, so that nothing could be moved."


def _take(installation: Installation, path: Path, source: str, taken: Taken) -> None:
    """Import one file and move it.

    Raises:
        NotFound: There is no such source.
    """
    if not os.access(path, os.R_OK):
        taken.said.append(f"{path.name} of {source} waits: this account may not read it.")
        return
    if number := _imported_before(installation, path, source):
        path.rename(_free_place(path, DONE))
        taken.said.append(f"{path.name} of {source} was imported already, by import {number}; it adds nothing.")
        return
    try:
        receipts = import_logs(installation, [path], source)
    except Invalid as refusal:
        place = _free_place(path, REFUSED)
        reason = place.with_name(f"{place.name}{REASON}")
        again = f"Nothing of it was imported. Put it into {path.parent} again when it, or its source, is put right."
        partial = reason.with_name(f".{reason.name}{PARTIAL}")  # a killed process leaves no half of a reason
        partial.write_text("\n".join([str(refusal), *map(str, refusal.details), again, ""]), encoding="utf-8")
        partial.replace(reason)
        path.rename(place)
        taken.refused.append(place)
        taken.said.append(f"{path.name} of {source} was refused: {refusal} It lies in {place.parent} now.")
    except Conflict as refusal:
        taken.said.append(f"{path.name} of {source} waits: {refusal}")
    else:
        path.rename(_free_place(path, DONE))
        for receipt in receipts:  # an archive holds several logs
            taken.said.extend((*receipt.notices, str(receipt)))
            taken.imports.append(receipt.number)


def _imported_before(installation: Installation, path: Path, source: str) -> int | None:
    """Give the number of the import by which a file counts, read as the source is now; None where it does not."""
    digest = sha256_of(path)
    with installation.read() as work:
        read_since = find_source(work.session, source).recorded_at
        standing = select(LogImport.number).join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
        same = standing.where(LogImport.source == source, LogImport.file_sha256 == digest, current(StandingLog))
        return work.session.exec(same.where(LogImport.imported_at >= read_since)).first()


def _free_place(path: Path, folder: str) -> Path:
    """Give where a file is moved to; none that is there is written over.

    A reason beside no file is what a killed process wrote before it could move the file.
    """
    names = (f"{path.stem}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in count(1))
    places = (path.parent / folder / name for name in names)
    return next(place for place in places if not place.exists())
