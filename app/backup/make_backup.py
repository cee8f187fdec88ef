"""Writes everything of an installation into one file, while it runs."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app.backup.archive import RECORD, About
from app.backup.copy_record import copy_to_file
from app.backup.find_files import files_beside
from app.backup.record_file import file_alone, open_for_good
from app.backup.write_archive import Shorter, Writer, begin_archive
from app.folder_identity import mark_of
from app.migrations.version import NEWEST_REVISION
from app.stored_files import listed_digests
from config.clock import utc_text
from config.database import reading_rows
from config.errors import Conflict, Invalid
from config.output_file import folder_beside, put_in_place, refusing
from config.work import Installation

_MOST_TRIES = 3
_AT_ONCE = 2  # files being added, the first of which is the record


@dataclass(frozen=True)
class BackupReceipt:
    """What a backup holds.

    Args:
        taken_at: The instant whose state it holds, in UTC.
        files: How many files besides the record.
        bytes: Its size.
    """

    path: Path
    taken_at: str
    files: int
    bytes: int


class _Moved(Exception):  # noqa: N818 - it is no error: the backup begins anew
    """A file that the record lists is gone, or is another: the store moved on since the record was copied."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(file)
        self.file, self.what = file, what


def make_backup(installation: Installation, out: Path) -> BackupReceipt:
    """Write the record and the files of one state; nobody is held up meanwhile.

    Every file of the event store is held to the digest in its receipt. Left out is what every audit makes anew.

    Raises:
        Invalid: The file cannot be written there.
        Conflict: The database cannot be read, or a file of the store is missing or damaged.
    """
    with refusing(out):
        if out.is_dir():
            raise Invalid(f"{out} is a folder: name a file in it, such as {out / 'thirteen.backup'}.")
    with installation.writing_to(out), folder_beside(out) as folder:
        for attempt in range(1, _MOST_TRIES + 1):
            try:
                with refusing(out):
                    receipt = _write(installation, folder, out)
                break
            except _Moved as moved:
                if attempt == _MOST_TRIES:
                    raise Conflict(
                        f"The file {moved.file} of the event store {moved.what}, so nothing whole can be backed up. "
                        "Bring it back from an earlier backup, and see what else is wrong with thirteen verify."
                    ) from moved
        put_in_place(out, folder / "backup")
    return receipt


def _write(installation: Installation, folder: Path, out: Path) -> BackupReceipt:
    for left in (RECORD, "backup"):
        (folder / left).unlink(missing_ok=True)
    installation.progress.step("Copying the record and the files")
    taken_at, data_dir = utc_text(installation.clock()), installation.settings.data_dir
    with ExitStack() as snapshot:
        reader = snapshot.enter_context(reading_rows(installation.engine))
        file = file_alone(reader)
        mark, receipts, beside = mark_of(reader), listed_digests(reader), files_beside(data_dir)
        about = About(NEWEST_REVISION, mark.entity, mark.id, taken_at)
        archive = begin_archive(folder / "backup", about)
        with ThreadPoolExecutor(_AT_ONCE) as at_once:
            record = at_once.submit(_add_record, archive, snapshot, reader, file, folder / RECORD)
            known = [*receipts.items(), *((name, None) for name in beside)]
            added = at_once.map(lambda one: _add_file(archive, data_dir, *one), known)
            files = sum(_told(added, installation, len(known)))
            record.result()
        archive.end()
    return BackupReceipt(out, taken_at, files, (folder / "backup").stat().st_size)


def _add_record(archive: Writer, snapshot: ExitStack, reader: Connection, file: Path | None, copy: Path) -> None:
    """Add the record, and end the reading of it, as logs of databases grow for as long as that goes on."""
    with snapshot:
        if file is not None:
            archive.add_open(RECORD, open_for_good(file))
            return
        copy_to_file(reader, copy)
    archive.add(RECORD, copy)


def _add_file(archive: Writer, data_dir: Path, name: str, sha256: str | None) -> bool:
    """Add a file, and say whether it is there.

    Args:
        sha256: As its receipt says; None where no receipt lists it, so that it may have gone meanwhile, such as an
            upload that was applied.
    """
    try:
        found = archive.add(name, data_dir / name)
    except FileNotFoundError as error:
        if sha256 is None:
            return False
        raise _Moved(name, "is missing") from error
    except Shorter as error:
        raise _Moved(name, "is being changed") from error
    if sha256 is not None and found != sha256:
        raise _Moved(name, "is not as its receipt says")
    return True


def _told(added: Iterator[bool], installation: Installation, count: int) -> Iterator[bool]:
    """Tell how many files are added."""
    for done, was_there in enumerate(added, 1):
        installation.progress.step("Copying the files", done / count)
        yield was_there
