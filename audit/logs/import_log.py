"""Import an access log: its records become events of the store, each record accounted for.

read = added + already known + unreadable + passed over. The new files of the store and their receipt become visible in
one commit; a process killed at any instant leaves at most a file that no row lists, which the next start removes.
"""

import os
import shlex
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from sqlmodel import Session, col, func, or_, select

from audit.logs.formats import FORMATS
from audit.logs.formats.contract import LogReader, Records
from audit.logs.formats.log_file import LogFile, look_through
from audit.logs.keep_events import PARQUET, KeptEvents, keep_new_events
from audit.logs.keep_rejects import keep_rejects
from audit.logs.models import EVENTS, REJECTS, LogImport, Source
from audit.logs.profiles.language import Profile, plain_profile
from audit.logs.profiles.reading import read_profile
from audit.logs.stage_records import GOOD, PASSED_OVER, UNREADABLE, staging_sql
from config.bulk import one_row, open_bulk, parquet_rows, path_to_write, plain_faults
from config.clock import from_microseconds
from config.settings import Settings

# Read by one profile, equal records have equal times, but for a zone whose rules were corrected in between.
_NEARBY = timedelta(days=2)
_MOST_REASONS = 5


@dataclass(frozen=True)
class LogReceipt:
    """What became of a file's records: read = added + already_known + unreadable + passed_over."""

    import_id: int
    file_name: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    notices: tuple[str, ...]

    def __str__(self) -> str:
        """Say the receipt in one line."""
        passed = f", {self.passed_over:,} passed over by the profile" if self.passed_over else ""
        return (
            f"{self.file_name}: {self.read:,} records read: {self.added:,} added, "
            f"{self.already_known:,} already known, {self.unreadable:,} unreadable{passed}."
        )


def import_log(
    session: Session, path: Path, source: Source, settings: Settings, *, now: datetime, by: str
) -> LogReceipt:
    """Import one log file of a source.

    The caller holds the lock of the data folder and commits.

    Raises:
        Invalid: The file as a whole cannot be read as the source's format.
        Conflict: The disk is full, the data folder cannot be written to, or the file changed while it was read.
    """
    profile = read_profile(source.profile, source.name) if source.profile else plain_profile(source.format)
    import_id = (session.exec(select(func.max(LogImport.id))).one() or 0) + 1
    connection = open_bulk(settings)
    try:
        with plain_faults(), _new_files(settings.data_dir, import_id) as files:
            log = look_through(path)
            return _Import(session, connection, log, source, profile, files).run(now, by)
    finally:
        connection.close()


class _NewFiles:
    """The files that an import adds to the store."""

    def __init__(self, data_dir: Path, import_id: int) -> None:
        self.data_dir = data_dir
        self.import_id = import_id
        self.made: list[Path] = []

    def new(self, folder: str) -> Path:
        place = self.data_dir / folder
        place.mkdir(parents=True, exist_ok=True)
        self.made.append(place / f"{self.import_id:08d}-{uuid.uuid4().hex[:12]}.parquet")
        return self.made[-1]

    def keep_only(self, kept: Sequence[Path]) -> None:
        """Have the disk keep some of the files and their names before any row lists them, and remove the others."""
        for path in self.made:
            if path not in kept:
                path.unlink(missing_ok=True)
        for place in (*kept, *{path.parent for path in kept}):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextmanager
def _new_files(data_dir: Path, import_id: int) -> Iterator[_NewFiles]:
    """Give the files of an import; where it fails, none of them stays."""
    files = _NewFiles(data_dir, import_id)
    with ExitStack() as undo:
        undo.callback(files.keep_only, ())
        yield files
        undo.pop_all()


@dataclass(frozen=True)
class _Counts:
    """What the staged records are; the first and last time are of the good ones."""

    read: int
    passed_over: int
    unreadable: int
    twice: int
    missing: int
    first: datetime | None
    last: datetime | None

    @property
    def good(self) -> int:
        return self.read - self.passed_over - self.unreadable


class _Import:
    """The steps of one import, in calling order."""

    def __init__(
        self,
        session: Session,
        connection: duckdb.DuckDBPyConnection,
        log: LogFile,
        source: Source,
        profile: Profile,
        files: _NewFiles,
    ) -> None:
        self._session = session
        self._connection = connection
        self._log = log
        self._source = source
        self._profile = profile
        self._files = files
        self._staged = files.new(EVENTS)

    def run(self, now: datetime, by: str) -> LogReceipt:
        reader = FORMATS[self._profile.format](self._log, self._profile)
        self._stage(reader)
        counts = self._count_staged()
        rejects, kept_rejects = self._keep_rejects(reader) if counts.unreadable else (None, 0)
        reasons = list(self._reasons(kept_rejects)) if kept_rejects else []
        events = self._keep_events(counts)
        self._log.check_unchanged()
        self._files.keep_only([path for path in (events.file, rejects) if path])
        row = self._row(counts, events, rejects, now, by)
        self._session.add(row)
        self._session.flush()
        return LogReceipt(
            row.id,
            row.file_name,
            row.read,
            row.added,
            row.already_known,
            row.unreadable,
            row.passed_over,
            (*reader.notices, *_notices(counts, counts.unreadable - kept_rejects), *reasons),
        )

    def _stage(self, reader: LogReader) -> None:
        """Write all records to a file of the store, in their order, those that are no events marked."""
        self._connection.execute("SET preserve_insertion_order = true")
        quick = reader.quickly()
        if quick is None or not self._is_written(quick):
            self._write(reader.carefully(self._connection))

    def _is_written(self, quick: Records) -> bool:
        try:
            written = self._write(quick)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            return False  # DuckDB's reader gave up on the file; read carefully, each bad record gets its reason
        return quick.count in {None, written}

    def _write(self, records: Records) -> int:
        staging = staging_sql(records, self._profile, self._source, self._files.import_id)
        count: int = one_row(self._connection, f"COPY ({staging}) TO {path_to_write(self._staged)} ({PARQUET})")[0]
        return count

    def _count_staged(self) -> _Counts:
        read, passed_over, unreadable, twice, missing, first, last = one_row(
            self._connection,
            f"""SELECT count(*), count(*) FILTER (state = {PASSED_OVER}), count(*) FILTER (state = {UNREADABLE}),
                count(*) FILTER (state = {GOOD} AND odd_clock = 1), count(*) FILTER (state = {GOOD} AND odd_clock = 2),
                epoch_us(min(time) FILTER (state = {GOOD})), epoch_us(max(time) FILTER (state = {GOOD}))
            FROM {parquet_rows([self._staged])}""",  # noqa: S608 - our own file
        )
        instants = [None if one is None else from_microseconds(one) for one in (first, last)]
        return _Counts(read, passed_over, unreadable, twice, missing, *instants)

    def _keep_rejects(self, reader: LogReader) -> tuple[Path | None, int]:
        names = self._session.exec(
            select(LogImport.rejects_file).where(LogImport.source == self._source.name, LogImport.rejects_file != "")
        )
        known = [self._files.data_dir / REJECTS / name for name in names]
        target = self._files.new(REJECTS)
        kept = keep_rejects(self._connection, self._staged, reader, known, target)
        return (target, kept) if kept else (None, 0)

    def _reasons(self, kept: int) -> Iterator[str]:
        """Say why the first of the rejects cannot be read, and how to get all of them."""
        rows = self._connection.execute("SELECT record, fault FROM rejects ORDER BY record LIMIT ?", [_MOST_REASONS])
        for record, fault in rows.fetchall():
            yield f"{self._log.path.name}, record {record:,}: {fault}."
        more = f"and {kept - _MOST_REASONS:,} more; " if kept > _MOST_REASONS else ""
        yield f"  {more}to repair them: thirteen rejects --source {shlex.quote(self._source.name)} --out FILE"

    def _keep_events(self, counts: _Counts) -> KeptEvents:
        if not counts.good:
            return KeptEvents(None, 0)
        return keep_new_events(
            self._connection,
            self._staged,
            self._files_that_may_know(counts),
            all_good=counts.good == counts.read,
            new_file=lambda: self._files.new(EVENTS),
        )

    def _files_that_may_know(self, counts: _Counts) -> list[Path]:
        """Give the source's event files that may hold the same records.

        Where the source was changed since, or its records have ids, times do not tell which these are.
        """
        listed = select(LogImport.event_file).where(LogImport.source == self._source.name, LogImport.event_file != "")
        if counts.first is not None and counts.last is not None and "event_id" not in self._profile.fields:
            overlaps = (col(LogImport.first_time) <= counts.last + _NEARBY) & (
                col(LogImport.last_time) >= counts.first - _NEARBY
            )
            listed = listed.where(or_(overlaps, col(LogImport.imported_at) <= self._source.recorded_at))
        return [self._files.data_dir / EVENTS / name for name in self._session.exec(listed)]

    def _row(self, counts: _Counts, events: KeptEvents, rejects: Path | None, now: datetime, by: str) -> LogImport:
        return LogImport(
            id=self._files.import_id,
            source=self._source.name,
            system=self._source.system,
            file_name=self._log.path.name,
            file_sha256=self._log.sha256,
            read=counts.read,
            added=events.added,
            already_known=counts.good - events.added,
            unreadable=counts.unreadable,
            passed_over=counts.passed_over,
            twice_local=counts.twice,
            missing_local=counts.missing,
            first_time=counts.first,
            last_time=counts.last,
            event_file=events.file.name if events.file else "",
            rejects_file=rejects.name if rejects else "",
            imported_at=now,
            imported_by=by,
        )


def _notices(counts: _Counts, rejects_known: int) -> Iterator[str]:
    if rejects_known:
        yield f"{rejects_known:,} of the unreadable records were kept by an earlier import."
    if counts.twice:
        yield f"{counts.twice:,} times occur twice on the local clock; the earlier instant was taken."
    if counts.missing:
        yield f"{counts.missing:,} times do not exist on the local clock; they were moved forward by the gap."
