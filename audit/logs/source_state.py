"""What is known of a source when its logs are read: what counts of it, and what its records are compared with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
from sqlmodel import Session, col, func, select

from access.accounts import normal_system
from audit.logs.event_store import Store, StoredLog, stored_logs
from audit.logs.file_kinds import FileKind
from audit.logs.find_repairs import ExportedList, Repair
from audit.logs.find_source import find_source
from audit.logs.keeping.removed import newest_by_source, removals
from audit.logs.listed_rejects import RejectList, listed_again
from audit.logs.models import LogImport, RejectExport, RepairedReject, Source, StoredFile
from audit.logs.names import NAMES_SCHEMA, Name, SourceNames
from audit.logs.profiles.language import Profile
from audit.logs.remembered_columns import read_columns
from audit.logs.retention_models import Removal
from audit.logs.sources import profile_of
from audit.logs.standing_logs import standing_ids
from config.clock import microseconds
from config.recorded import current
from config.texts import compare_form
from config.work import Work
from inventory.models import ResourcePattern


@dataclass(frozen=True)
class StandingFile:
    """A log file of the source that was imported and counts.

    Args:
        read_otherwise: The source was changed since.
    """

    import_id: int
    number: int
    sha256: str
    added: int
    read_otherwise: bool


@dataclass(frozen=True)
class KnownLog:
    """A log of the source whose events count, or will.

    Args:
        span: The first and last time of the events that its file brought, in microseconds since 1970 in UTC.
        read_otherwise: The source was changed since, so that equal records may have other times here.
    """

    log: StoredLog
    span: tuple[int, int]
    read_otherwise: bool


@dataclass
class SourceState:
    """What is known of a source when its logs are read; a log that was read adds to it.

    Args:
        names_files: The files of its names.
        standing: Its files that were imported and count.
        rejects_files: The files of its rejects by import, those of logs just read among them.
        next_id: The id of the next import.
        digests: Of the file of each import that counts, and of those just read.
        zone: The entity's, in which days are told.
        last_days: Of each file that was imported and brought events, by its digest: the last day of these.
        columns: By which its records are told apart.
        exports: The lists of unreadable records that went out, the newest first.
        repaired: By import, the keys of the unreadable records that it brought again, repaired.
        bracket_patterns: The patterns with brackets of its system, but for those of which was said that they are
            misread.
        removal: That of its accesses which reaches furthest; None where nothing was removed.
        beside: The logs of other sources of its system whose events count.
        beside_names: The files of the names of all sources, by source key.
        called: How each import of the system is called where a sentence names it.
    """

    source: Source
    profile: Profile
    names: SourceNames
    names_files: Sequence[Path]
    known: list[KnownLog]
    standing: Sequence[StandingFile]
    rejects_files: dict[int, Path]
    next_id: int
    zone: ZoneInfo
    digests: dict[int, str] = field(default_factory=dict)
    last_days: Mapping[str, date] = field(default_factory=dict)
    columns: list[tuple[str, ...]] = field(default_factory=list)
    exports: Sequence[ExportedList] = ()
    repaired: dict[int, frozenset[str]] = field(default_factory=dict)
    bracket_patterns: list[str] = field(default_factory=list)
    removal: Removal | None = None
    beside: Sequence[KnownLog] = ()
    beside_names: Mapping[int, tuple[Path, ...]] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)

    def replaced_by(self, sha256: str) -> tuple[StandingFile, ...]:
        """Give the imports of a file that were read before the source was changed."""
        return tuple(one for one in self.standing if one.sha256 == sha256 and one.read_otherwise)

    def forget(self, replaced: Sequence[StandingFile]) -> None:
        """Let imports that are read anew be known no longer."""
        gone = {one.import_id for one in replaced}
        self.known = [one for one in self.known if one.log.import_id not in gone]
        self.rejects_files = {one: path for one, path in self.rejects_files.items() if one not in gone}
        self.repaired = {one: keys for one, keys in self.repaired.items() if one not in gone}

    def listed(self) -> RejectList:
        """Give the list of its unreadable records that wait for repair."""
        return RejectList(self.rejects_files, tuple(self.repaired), frozenset().union(*self.repaired.values()))

    def take_repairs(self, repairs: Sequence[Repair]) -> None:
        """Let the records be listed no more that the log just read brings again."""
        if repairs:
            self.repaired[self.next_id] = frozenset(one.reject_key for one in repairs)


def read_state(work: Work, source_name: str, data_dir: Path) -> SourceState:
    """Read what is known of a source; its names are to be loaded by who numbers with them.

    Raises:
        NotFound: There is no such source.
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    source = find_source(work.session, source_name)
    store = stored_logs(work.session, data_dir)
    counts, system = standing_ids(work.session), normal_system(source.system)
    imported = work.session.exec(select(LogImport).order_by(col(LogImport.id))).all()
    of_system = {one.id: one for one in imported if one.id in counts and normal_system(one.system) == system}
    receipts = {one.id: one for one in of_system.values() if one.source == source.name}
    known = list(_known(store, receipts, source))
    standing = [
        StandingFile(one.id, one.number or 0, one.file_sha256, one.added, one.imported_at < source.recorded_at)
        for one in receipts.values()
    ]
    rejects = _listed(work.session, source.name, FileKind.REJECTS, data_dir)
    return SourceState(
        source,
        profile_of(source),
        SourceNames((), {}),
        [path for _, path in _listed(work.session, source.name, FileKind.NAMES, data_dir)],
        known,
        standing,
        {number: path for number, path in rejects if number in receipts},
        next_import_id(work.session),
        work.zone,
        {one.id: one.file_sha256 for one in receipts.values()},
        {one.file_sha256: one.last_time.astimezone(work.zone).date() for one in receipts.values() if one.last_time},
        read_columns([one.columns for one in receipts.values()]),
        _exports(work.session, source.name, data_dir),
        _repaired(work.session, receipts),
        _bracket_patterns(work.session, source.system),
        newest_by_source(removals(work.session, source.name)).get(source.name),
        list(_known(store, {key: one for key, one in of_system.items() if key not in receipts}, source)),
        store.names,
        {key: f"import {one.number} of {one.source} ({one.file_name})" for key, one in of_system.items()},
    )


def _known(store: Store, receipts: Mapping[int, LogImport], source: Source) -> Iterator[KnownLog]:
    for log in store.logs:
        if receipt := receipts.get(log.import_id):
            yield KnownLog(log, span_of(receipt), receipt.imported_at < source.recorded_at)


def _bracket_patterns(session: Session, system: str) -> list[str]:
    asked = select(ResourcePattern).where(col(ResourcePattern.pattern).contains("["), current(ResourcePattern))
    found = session.exec(asked.order_by(ResourcePattern.pattern)).all()
    return [one.pattern for one in found if compare_form(one.system) == compare_form(system)]


def _exports(session: Session, source: str, data_dir: Path) -> list[ExportedList]:
    asked = select(RejectExport).where(RejectExport.source == source).order_by(col(RejectExport.id).desc())
    return [
        ExportedList(one.file_name, one.header, one.records, listed_again(session, one, data_dir))
        for one in session.exec(asked)
    ]


def _repaired(session: Session, import_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Give the keys of the records that some imports brought again, by import."""
    asked = select(RepairedReject.import_id, RepairedReject.reject_key)
    keys = defaultdict[int, set[str]](set)
    for number, key in session.exec(asked.where(col(RepairedReject.import_id).in_(list(import_ids)))):
        keys[number].add(key)
    return {number: frozenset(found) for number, found in keys.items()}


def span_of(receipt: LogImport) -> tuple[int, int]:
    """Give the first and last time of a receipt's events in microseconds since 1970; none if it brought none."""
    first: datetime | None = receipt.first_time
    return (microseconds(first), microseconds(receipt.last_time)) if first and receipt.last_time else (1, 0)


def _listed(session: Session, source: str, kind: FileKind, data_dir: Path) -> list[tuple[int, Path]]:
    """Give the files of a source of one kind, each with its import."""
    names = session.exec(
        select(StoredFile.import_id, StoredFile.name)
        .join(LogImport, col(LogImport.id) == col(StoredFile.import_id))
        .where(LogImport.source == source, StoredFile.kind == kind)
        .order_by(col(StoredFile.id))
    )
    return [(number, data_dir / kind / name) for number, name in names]


def next_import_id(session: Session) -> int:
    """Give the id of the next import of a log."""
    return (session.exec(select(func.max(LogImport.id))).one() or 0) + 1


def stored_names(paths: Sequence[Path]) -> Iterator[Name]:
    """Give the names that some files of the store hold."""
    for path in paths:
        for row in pq.read_table(path, schema=NAMES_SCHEMA).to_pylist():
            yield Name(**row)
