"""Import access logs: their records become events of the store, each record accounted for.

read = added + already known + unreadable + passed over. All of it is worked out aside, while others may write; the new
files and their receipts become visible in one short commit, which notices when the source was changed meanwhile. A
process killed at any instant leaves at most files that no row lists.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from sqlmodel import Session, col, func, select

from audit.logs.check_store import ListedFile, remember_new
from audit.logs.event_store import stored_logs
from audit.logs.models import FileKind, LogImport, StoredFile
from audit.logs.names import NAMES_SCHEMA, Name, SourceNames
from audit.logs.new_files import NewFile, ParquetFile, discarded_on_failure, put_in_place
from audit.logs.profiles.word_meanings import meanings_of
from audit.logs.read_log import KnownLog, LogImporter, ReadLog, SourceState, StandingFile, span_of
from audit.logs.remembered_columns import read_columns
from audit.logs.sources import find_source, profile_of
from audit.logs.standing_logs import let_fall, let_stand, standing_ids
from config.applied_imports import AppliedImport, record_import
from config.bulk import open_bulk, plain_faults
from config.errors import Conflict
from config.locks import importing
from config.remedies import Advice, Remedy
from config.texts import listed
from config.work import Installation, Work

# What the list of imports calls the import of a log.
LOG = "log"
_MOST_NUMBERS = 10


@dataclass(frozen=True)
class LogsRequest:
    """Which files to import as logs of which source, where it is asked for as one."""

    paths: tuple[Path, ...]
    source: str


@dataclass(frozen=True)
class LogReceipt:
    """What became of a file's records: read = added + already_known + unreadable + passed_over.

    `number` is that of the import in the list of imports; `replaces`, what was imported of the file before its source
    was changed. `notices` say what a person should know, the first reasons of unreadable records last; `remedy`, what
    to do about these.
    """

    import_id: int
    number: int
    file_name: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    notices: tuple[str, ...]
    remedy: Remedy | None = None
    replaces: tuple[StandingFile, ...] = ()

    def __str__(self) -> str:
        """Say the receipt in one line."""
        number = f" Import {self.number}." if self.number else ""
        passed = f", {self.passed_over:,} passed over by the profile" if self.passed_over else ""
        return (
            f"{self.file_name}: {self.read:,} records read: {self.added:,} added, "
            f"{self.already_known:,} already known, {self.unreadable:,} unreadable{passed}.{self._anew()}{number}"
        )

    def _anew(self) -> str:
        """Say what was read before the source was changed, and counts no longer."""
        if not self.replaces:
            return ""
        numbers = listed(sorted(one.number for one in self.replaces), _MOST_NUMBERS)
        before = sum(one.added for one in self.replaces)
        one_or_more = "import" if len(self.replaces) == 1 else "imports"
        return f" Read anew, this replaces {one_or_more} {numbers}, which had added {before:,}."


def import_logs(installation: Installation, paths: Sequence[Path], source_name: str) -> list[LogReceipt]:
    """Import log files of a source, in one commit.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Invalid: A file as a whole cannot be read as the source's format; then none is imported.
        Conflict: Another process imports logs, the disk is full, the data folder cannot be written to, or a file or the
            source changed meanwhile.
    """
    made = list[NewFile]()
    with reading_logs(installation, paths, source_name, made) as (_, state, logs):
        names = _new_names(state, installation.settings.data_dir, logs[0].receipt.id)
        made += [names] if names else []
        with installation.change() as work:
            return _publish(work, state, logs, names)


@contextmanager
def reading_logs(
    installation: Installation, paths: Sequence[Path], source_name: str, made: list[NewFile]
) -> Iterator[tuple[duckdb.DuckDBPyConnection, SourceState, list[ReadLog]]]:
    """Read log files of a source into new files of the store that do not count yet, and give what was read.

    Args:
        made: Is given every new file; if what follows fails, they are removed.
    """
    data_dir = installation.settings.data_dir
    with (
        importing(installation.engine, installation.settings),
        plain_faults(),
        closing(open_bulk(installation.settings)) as connection,
        discarded_on_failure(made),
    ):
        connection.execute("SET preserve_insertion_order = true")
        with installation.read() as work:
            state = _state_of(work, source_name, data_dir)
        state.names = SourceNames(_names(state.names_files), meanings_of(state.profile, connection))
        importer = LogImporter(connection, state, data_dir, made, installation.progress)
        yield connection, state, [importer.read(path) for path in paths]


def _state_of(work: Work, source_name: str, data_dir: Path) -> SourceState:
    source = find_source(work.session, source_name)
    store = stored_logs(work.session, data_dir)
    counts = standing_ids(work.session)
    of_source = select(LogImport).where(LogImport.source == source.name).order_by(col(LogImport.id))
    receipts = {one.id: one for one in work.session.exec(of_source) if one.id in counts}
    known = [
        KnownLog(log, span_of(receipts[log.import_id]), receipts[log.import_id].imported_at < source.recorded_at)
        for log in store.logs
        if log.import_id in receipts
    ]
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
        _next_id(work.session),
        {one.id: one.file_sha256 for one in receipts.values()},
        read_columns([one.columns for one in receipts.values()]),
    )


def _listed(session: Session, source: str, kind: FileKind, data_dir: Path) -> list[tuple[int, Path]]:
    """Give the files of a source of one kind, each with its import."""
    names = session.exec(
        select(StoredFile.import_id, StoredFile.name)
        .join(LogImport, col(LogImport.id) == col(StoredFile.import_id))
        .where(LogImport.source == source, StoredFile.kind == kind)
        .order_by(col(StoredFile.id))
    )
    return [(number, data_dir / kind / name) for number, name in names]


def _next_id(session: Session) -> int:
    return (session.exec(select(func.max(LogImport.id))).one() or 0) + 1


def _names(paths: Sequence[Path]) -> Iterator[Name]:
    for path in paths:
        for row in pq.read_table(path, schema=NAMES_SCHEMA).to_pylist():
            yield Name(**row)


def _new_names(state: SourceState, data_dir: Path, import_id: int) -> NewFile | None:
    with ParquetFile(data_dir, FileKind.NAMES, import_id, NAMES_SCHEMA) as file:
        file.write(state.names.new)
        return file.finish()


def _publish(work: Work, state: SourceState, logs: Sequence[ReadLog], names: NewFile | None) -> list[LogReceipt]:
    """Let the logs count: the short, last step.

    Raises:
        Conflict: The source was changed while its logs were read, or other logs were imported.
    """
    source = find_source(work.session, state.source.name)
    first = logs[0].receipt.id
    standing = {one.import_id for one in state.standing}
    is_moved = not standing <= standing_ids(work.session)
    if source.id != state.source.id or _next_id(work.session) != first or is_moved:
        raise Conflict(
            f"The source {source.name} was changed while its logs were read. Nothing was imported; import them again."
        )
    made = [(log.receipt, file) for log in logs for file in log.files]
    made += [(logs[0].receipt, names)] if names else []
    put_in_place([file for _, file in made])
    receipts = []
    for log in logs:
        log.receipt.imported_at, log.receipt.imported_by = work.now, work.by
        receipts.append(_enter(work, log))
        work.session.add(log.receipt)
    work.session.flush()
    replaced = [one.import_id for log in logs for one in log.replaces]
    let_fall(work.session, replaced, now=work.now, by=work.by)
    let_stand(work.session, [log.receipt.id for log in logs], now=work.now, by=work.by)
    work.session.add_all(
        StoredFile(
            import_id=receipt.id, kind=file.kind, name=file.name, rows=file.rows, bytes=file.bytes, sha256=file.sha256
        )
        for receipt, file in made
    )
    work.session.flush()
    remember_new((_listed_as(receipt, file) for receipt, file in made), work.settings.data_dir)
    return receipts


def _listed_as(receipt: LogImport, file: NewFile) -> ListedFile:
    return ListedFile(file.kind, file.name, file.rows, file.bytes, file.sha256, receipt.source, receipt.file_name)


def _enter(work: Work, log: ReadLog) -> LogReceipt:
    """Enter a log in the list of imports, and give its receipt."""
    one, said = log.receipt, said_of(log)
    applied = AppliedImport(
        kind=LOG,
        file_name=one.file_name,
        file_sha256=one.file_sha256,
        receipt=str(said),
        applied_at=work.now,
        applied_by=work.by,
    )
    one.number = record_import(work.session, applied)
    return replace(said, number=one.number)


def said_of(log: ReadLog) -> LogReceipt:
    """Give the receipt of a log that was read, without the number of its import."""
    one = log.receipt
    return LogReceipt(
        one.id,
        0,
        one.file_name,
        one.read,
        one.added,
        one.already_known,
        one.unreadable,
        one.passed_over,
        (*log.notices, *_reasons(log)),
        Remedy(Advice.EXPORT_REJECTS, one.source) if log.faults else None,
        log.replaces,
    )


def _reasons(log: ReadLog) -> Iterator[str]:
    """Say why the first of the rejects cannot be read, and how many more there are."""
    for record, fault in log.faults:
        yield f"{log.receipt.file_name}, record {record:,}: {fault}."
    if more := log.rejects_kept - len(log.faults):
        yield f"And {more:,} more records cannot be read."
