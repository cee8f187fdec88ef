"""Brings everything of a backup back: all of it, or nothing.

The backup is first written whole beside what stands, held to its digests and receipts, and brought to this program's
version of the tables. Only then does it take the place of what stood there, which is kept in a folder of its own.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlmodel import Session

from app.backup.archive import RECORD, About, Reader, folder_in, newer
from app.backup.copy_rows import copy_rows
from app.backup.find_files import RESTORING, is_own
from app.backup.take_place import Change, Phase, begin, finish
from app.folder_identity import mark_of
from app.folder_mark import read_mark
from app.migrations.upgrade_database import known_revisions, upgrade_database
from app.migrations.version import Version, find_version
from app.stored_files import listed_files
from audit.logs.check_store import listed_files as receipts_of
from config.clock import now
from config.database import connect
from config.database_faults import say_of
from config.database_url import read_database_url
from config.errors import Conflict, Invalid
from config.locks import alone, importing, writing
from config.progress import Progress
from config.remedies import Advice, Remedy
from config.sessions import reading
from config.settings import Settings

_PRIVATE = 0o700


@dataclass(frozen=True)
class RestoreReceipt:
    """What was brought back.

    Args:
        about: What the backup says of itself.
        files: How many files besides the record.
        kept_in: The folder of what stood there before; None where nothing did.
        was_older: The record was brought to this program's version of the tables.
    """

    about: About
    files: int
    kept_in: Path | None
    was_older: bool


def restore_backup(settings: Settings, file: Path, progress: Progress, *, replace: bool) -> RestoreReceipt:
    """Let a data folder and its database be what a backup holds.

    Args:
        settings: Name the data folder and the database.
        replace: Also where an installation of the same entity stands there; it is kept beside.

    Raises:
        Invalid: The file is no whole backup, or is of a newer version.
        Conflict: Another entity stands there, or the same one and it is not to be replaced; or somebody is at work
            there; or the disk or the database does not take it.
    """
    url = read_database_url(settings)
    data_dir = settings.data_dir.absolute()
    with Reader.of(file) as backup, ExitStack() as held:
        _refuse_newer(file, backup.about)
        stands = _check_target(settings, url, backup.about, replace=replace)
        _make(data_dir)
        held.callback(_leave_nothing, data_dir, stands=stands)
        held.enter_context(alone(settings))
        target = connect(url, wait_seconds=settings.lock_wait_seconds)
        held.callback(target.dispose)
        held.enter_context(importing(target, settings, wait_seconds=0))
        held.enter_context(writing(target, settings, wait_seconds=0))
        folder = data_dir / f"{RESTORING}{secrets.token_hex(4)}"
        with _removed_on_refusal(folder, data_dir):
            files = _extract(backup, file, folder, progress)
            was_older = _check_record(folder, backup, file)
            kept_in = _put_in_place(settings, target, folder)
    return RestoreReceipt(backup.about, files, kept_in if stands else None, was_older)


def _refuse_newer(file: Path, about: About) -> None:
    if about.revision not in known_revisions():
        raise newer(file)


def _check_target(settings: Settings, url: str, about: About, *, replace: bool) -> bool:
    """Refuse where the backup may not go; say whether an installation stands there."""
    data_dir, database = settings.data_dir, make_url(url)
    mark = read_mark(data_dir)
    stands = any(is_own(entry) for entry in data_dir.iterdir()) if data_dir.is_dir() else False
    if database.drivername == "sqlite":
        place = Path(str(database.database))
        is_inside = place.parent == data_dir.absolute()
        if place.exists() and not is_inside:
            raise Conflict(
                f"There is a database at {place} already, outside the data folder. Nothing was changed; move it away, "
                "or let THIRTEEN_DATABASE_URL name another file."
            )
        stands = stands or place.exists()
    else:
        _refuse_filled(url, settings)
    if mark.entity and mark.entity != about.entity:
        raise Conflict(
            f"The data folder {data_dir} belongs to {mark.entity}, but the backup is of {about.entity}. Nothing was "
            "changed.",
            remedy=Remedy(Advice.OTHER_DATA_FOLDER),
        )
    if stands and not replace:
        raise Conflict(
            f"The data folder {data_dir} holds {mark.entity or 'an installation'} already. Nothing was changed.",
            remedy=Remedy(Advice.REPLACE_WITH_BACKUP),
        )
    return stands


def _refuse_filled(url: str, settings: Settings) -> None:
    engine = connect(url, wait_seconds=settings.lock_wait_seconds)
    try:
        if find_version(engine) is not Version.EMPTY:
            raise Conflict(
                say_of(
                    engine.url,
                    "{place} has tables already. Nothing was changed; make an empty database, and let "
                    "THIRTEEN_DATABASE_URL name it.",
                )
            )
    finally:
        engine.dispose()


def _make(data_dir: Path) -> None:
    try:
        data_dir.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise Conflict(
            f"The data folder {data_dir} cannot be made ({error.strerror}).",
            remedy=Remedy(Advice.OTHER_DATA_FOLDER),
        ) from error


@contextmanager
def _removed_on_refusal(folder: Path, data_dir: Path) -> Iterator[None]:
    """Leave nothing of a backup that cannot be brought back, and say what the disk said."""
    try:
        folder.mkdir(mode=_PRIVATE)
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        advice = "Make room there." if full else "Check its disk and permissions."
        raise Conflict(
            f"The backup cannot be written to {data_dir} ({error.strerror}). Nothing was changed. {advice}"
        ) from error
    finally:
        if not (data_dir / Change.FILE).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _leave_nothing(data_dir: Path, *, stands: bool) -> None:
    """Where nothing stood and nothing was brought back, let there be no folder of locks alone."""
    if not stands and all(entry.name.startswith("lock") for entry in data_dir.iterdir()):
        shutil.rmtree(data_dir, ignore_errors=True)


def _extract(backup: Reader, file: Path, folder: Path, progress: Progress) -> int:
    size = file.stat().st_size
    digests = backup.extract_to(folder, lambda done: progress.step("Reading the backup", min(1.0, done / size)))
    folder_in(folder).mkdir(exist_ok=True)
    return len(digests) - (RECORD in digests)


def _check_record(folder: Path, backup: Reader, file: Path) -> bool:
    """Bring the record to this program's version, and hold the files to its receipts; say whether it was older."""
    record = connect(f"sqlite:///{folder / RECORD}")
    try:
        was_older = find_version(record) is not Version.NEWEST
        if was_older:
            upgrade_database(record)
        with reading(record) as session:
            _check_files(session, folder, backup.about, file)
    finally:
        record.dispose()
    return was_older


def _check_files(session: Session, folder: Path, about: About, file: Path) -> None:
    files, mark = folder_in(folder), mark_of(session)
    lacking = [name for name in listed_files(session) if not (files / name).is_file()]
    strange = [one.name for one in receipts_of(session) if (files / one.kind / one.name).stat().st_size != one.bytes]
    if lacking or strange or (mark.id, mark.entity) != (about.folder, about.entity):
        raise Invalid(
            f"What {file} holds does not belong together: its files are not those that its record lists. Nothing was "
            "changed; take an earlier backup."
        )


def _put_in_place(settings: Settings, target: Engine, folder: Path) -> Path:
    data_dir = settings.data_dir.absolute()
    if target.dialect.name == "sqlite":
        place = Path(str(target.url.database))
        name = place.name if place.parent == data_dir else ""
        shutil.move(folder / RECORD, folder_in(folder) / name if name else place)
        os.sync()  # what takes the place of something is on the disk before it does
        change = begin(data_dir, Change(folder.name, f"{now():%Y-%m-%d-%H%M%S}", Phase.ASIDE, name))
    else:
        change = begin(data_dir, Change(folder.name, f"{now():%Y-%m-%d-%H%M%S}", Phase.FILLING, ""))
        _fill(target, folder / RECORD)
    return finish(data_dir, change)


def _fill(target: Engine, record: Path) -> None:
    """Fill an empty database in one transaction."""
    source = connect(f"sqlite:///{record}")
    try:
        with reading(source) as rows:
            upgrade_database(target, lambda session: copy_rows(rows.connection(), session.connection()))
    finally:
        source.dispose()
