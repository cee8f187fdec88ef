"""Import an access log: its records become events of the store, each record accounted for.

read = added + already known + unreadable + passed over. The new files of the store and their receipt become visible in
one commit; a process killed at any instant leaves at most a file that no row lists, which the next start removes.
"""

import hashlib
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from sqlmodel import Session, col, func, select

from audit.event_store import EVENTS, REJECTS
from audit.formats import FORMATS
from audit.formats.records import LogReader, Records, read_packed
from audit.models import LogImport, Source
from audit.profile import Profile, plain_profile, read_profile
from audit.stage_records import GOOD, PASSED_OVER, UNREADABLE, needed_columns, staging_sql
from config.bulk import one_row, open_bulk, plain_faults
from config.clock import from_microseconds
from config.settings import Settings

# A source's zone may have been corrected between two imports of the same record, which moves its time by up to 26 hours.
_NEARBY = timedelta(days=2)
_PARQUET = "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2"


@dataclass(frozen=True)
class LogReceipt:
    """What became of a file's records."""

    row: LogImport
    notices: tuple[str, ...]

    def __str__(self) -> str:
        """Say the receipt in one line."""
        row = self.row
        passed = f", {row.passed_over:,} passed over by the profile" if row.passed_over else ""
        return (
            f"{row.file_name}: {row.read:,} records read: {row.added:,} added, {row.already_known:,} already known, "
            f"{row.unreadable:,} unreadable{passed}."
        )


def import_log(session: Session, path: Path, source: Source, settings: Settings, *, now: datetime, by: str) -> LogReceipt:
    """Import one log file of a source.

    The caller holds the lock of the data folder and commits.

    Raises:
        Invalid: The file as a whole cannot be read as the source's format.
        Conflict: The disk is full, or the data folder cannot be written to.
    """
    profile = read_profile(source.profile, source.name) if source.profile else plain_profile(source.format)
    connection = open_bulk(settings)
    try:
        with plain_faults():
            return _Import(session, connection, path, source, profile, settings).run(now, by)
    finally:
        connection.close()


@dataclass(frozen=True)
class _Counts:
    """What the staged records are."""

    read: int
    passed_over: int
    unreadable: int
    twice: int
    missing: int
    first: datetime | None
    last: datetime | None


class _Import:
    """The steps of one import, in calling order."""

    def __init__(
        self,
        session: Session,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        source: Source,
        profile: Profile,
        settings: Settings,
    ) -> None:
        self._session = session
        self._connection = connection
        self._path = path
        self._source = source
        self._profile = profile
        self._data_dir = settings.data_dir
        self._id = (session.exec(select(func.max(LogImport.id))).one() or 0) + 1
        self._staged = self._new_file(EVENTS)

    def run(self, now: datetime, by: str) -> LogReceipt:
        sha256 = _sha256(self._path)
        notices = self._stage()
        counts = self._count_staged()
        rejects, kept = self._keep_rejects() if counts.unreadable else ("", 0)
        events, added, known = self._keep_new(counts)
        row = LogImport(
            id=self._id,
            source=self._source.name,
            system=self._source.system,
            file_name=self._path.name,
            file_sha256=sha256,
            read=counts.read,
            added=added,
            already_known=known,
            unreadable=counts.unreadable,
            passed_over=counts.passed_over,
            twice_local=counts.twice,
            missing_local=counts.missing,
            first_time=counts.first,
            last_time=counts.last,
            event_file=events,
            rejects_file=rejects,
            imported_at=now,
            imported_by=by,
        )
        self._session.add(row)
        self._session.flush()
        if counts.unreadable > kept:
            notices = (*notices, f"{counts.unreadable - kept:,} of the unreadable records were kept by an earlier import.")
        return LogReceipt(row, (*notices, *_clock_notices(row)))

    def _new_file(self, folder: str) -> Path:
        place = self._data_dir / folder
        place.mkdir(parents=True, exist_ok=True)
        return place / f"{self._id:08d}-{uuid.uuid4().hex[:12]}.parquet"

    def _stage(self) -> tuple[str, ...]:
        """Write all records to a file of the store, in their order, the unusable ones marked."""
        reader = FORMATS[self._profile.format](self._connection, self._path, needed_columns(self._profile))
        quick = reader.quickly()
        if quick is not None and self._staged_quickly(reader, quick):
            return quick.notices
        records = reader.carefully()
        self._write(records)
        return records.notices

    def _staged_quickly(self, reader: LogReader, records: Records) -> bool:
        try:
            self._write(records)
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return False  # DuckDB's reader gave up on the file as a whole; read carefully, it gets its reasons
        return reader.was_whole()

    def _write(self, records: Records) -> None:
        self._connection.execute("SET preserve_insertion_order = true")
        self._connection.execute(
            f"COPY ({staging_sql(records, self._profile, self._source, self._id)}) TO '{_quoted(self._staged)}' ({_PARQUET})"
        )

    def _count_staged(self) -> _Counts:
        read, passed_over, unreadable, twice, missing, first, last = one_row(
            self._connection,
            f"""SELECT count(*), count(*) FILTER (state = {PASSED_OVER}), count(*) FILTER (state = {UNREADABLE}),
                count(*) FILTER (state = {GOOD} AND odd_clock = 1), count(*) FILTER (state = {GOOD} AND odd_clock = 2),
                epoch_us(min(time) FILTER (state = {GOOD})), epoch_us(max(time) FILTER (state = {GOOD}))
            FROM '{_quoted(self._staged)}'""",  # noqa: S608 - our own path
        )
        instants = [None if one is None else from_microseconds(one) for one in (first, last)]
        return _Counts(read, passed_over, unreadable, twice, missing, *instants)

    def _keep_new(self, counts: _Counts) -> tuple[str, int, int]:
        """Leave in the store only events that are not there yet.

        Returns:
            The event file's name, empty where nothing is new; how many were added; how many were known already.
        """
        good = counts.read - counts.passed_over - counts.unreadable
        repeated = self._find_repeated()
        known_files = self._files_nearby(counts) if good else []
        if good == counts.read and good and not repeated and not known_files:
            _make_lasting(self._staged)  # every record is new: the file serves as it is
            return self._staged.name, good, 0
        target = self._new_file(EVENTS)
        self._connection.execute(f"COPY ({self._new_events_sql(known_files)}) TO '{_quoted(target)}' ({_PARQUET})")
        self._staged.unlink()
        (added,) = one_row(self._connection, f"SELECT count(*) FROM '{_quoted(target)}'")  # noqa: S608
        if not added:
            target.unlink()
            return "", 0, good
        _make_lasting(target)
        return target.name, added, good - added

    def _find_repeated(self) -> bool:
        found = self._connection.execute(
            f"SELECT 1 FROM '{_quoted(self._staged)}' WHERE state = {GOOD} GROUP BY event_key HAVING count(*) > 1 LIMIT 1"  # noqa: S608
        ).fetchall()
        return bool(found)

    def _files_nearby(self, counts: _Counts) -> Sequence[Path]:
        """Give the source's event files that may hold the same records: equal records have equal times."""
        if counts.first is None or counts.last is None:
            return []
        names = self._session.exec(
            select(LogImport.event_file).where(
                LogImport.source == self._source.name,
                LogImport.event_file != "",
                col(LogImport.first_time) <= counts.last + _NEARBY,
                col(LogImport.last_time) >= counts.first - _NEARBY,
            )
        )
        return [self._data_dir / EVENTS / name for name in names]

    def _new_events_sql(self, known_files: Sequence[Path]) -> str:
        """Give the SQL of the staged events that are new.

        A record with an id of its own counts once. Of records without, the second, third … equal one of a file is an
        access of its own, with a key that also counts it.
        """
        listed = ", ".join(f"'{_quoted(path)}'" for path in known_files)
        known = f"SELECT event_key FROM read_parquet([{listed}])" if known_files else "SELECT NULL::UUID WHERE false"  # noqa: S608
        return f"""
            WITH numbered AS (
                SELECT *, file_row_number + 1 AS record,
                    row_number() OVER (PARTITION BY event_key ORDER BY file_row_number) AS nth
                FROM read_parquet('{_quoted(self._staged)}', file_row_number = true) WHERE state = {GOOD}
            ),
            keyed AS (
                SELECT * EXCLUDE (nth, event_key, file_row_number, raw, fault),
                    CASE WHEN nth = 1 THEN event_key
                        ELSE md5_number(concat_ws(chr(31), event_key::VARCHAR, nth::VARCHAR))::UUID END AS event_key
                FROM numbered WHERE nth = 1 OR record_id IS NULL
            )
            SELECT * FROM keyed WHERE event_key NOT IN ({known}) ORDER BY record"""  # noqa: S608 - our own paths

    def _keep_rejects(self) -> tuple[str, int]:
        """Keep the unreadable records that no earlier import of the source kept."""
        names = self._session.exec(
            select(LogImport.rejects_file).where(LogImport.source == self._source.name, LogImport.rejects_file != "")
        )
        listed = ", ".join(f"'{_quoted(self._data_dir / REJECTS / name)}'" for name in names)
        known = f"SELECT reject_key FROM read_parquet([{listed}])" if listed else "SELECT NULL::UUID WHERE false"  # noqa: S608
        self._connection.execute(
            f"""CREATE OR REPLACE TABLE rejects AS
            WITH numbered AS (
                SELECT file_row_number + 1 AS record, raw, fault,
                    row_number() OVER (PARTITION BY raw ORDER BY file_row_number) AS nth
                FROM read_parquet('{_quoted(self._staged)}', file_row_number = true) WHERE state = {UNREADABLE}
            ),
            keyed AS (SELECT *, md5_number(concat_ws(chr(31), raw, nth::VARCHAR))::UUID AS reject_key FROM numbered)
            SELECT record, raw, fault, reject_key FROM keyed WHERE reject_key NOT IN ({known}) ORDER BY record"""  # noqa: S608
        )
        (kept,) = one_row(self._connection, "SELECT count(*) FROM rejects")
        if not kept:
            return "", 0
        target = self._new_file(REJECTS)
        self._connection.execute(f"COPY rejects TO '{_quoted(target)}' ({_PARQUET})")
        _make_lasting(target)
        return target.name, kept


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in read_packed(path):
        digest.update(chunk)
    return digest.hexdigest()


def _make_lasting(path: Path) -> None:
    """Have the disk keep a file and its name before any row lists it."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clock_notices(row: LogImport) -> list[str]:
    notices = []
    if row.twice_local:
        notices.append(f"{row.twice_local:,} times occur twice on the local clock; the earlier instant was taken.")
    if row.missing_local:
        notices.append(f"{row.missing_local:,} times do not exist on the local clock; they were moved forward by the gap.")
    return notices


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
