"""Import access logs: their records become events of the store, each record accounted for.

read = added + already known + unreadable + passed over. All of it is worked out aside, while others may write; the new
files and their receipts become visible in one short commit, which notices when the source was changed meanwhile. A
process killed at any instant leaves at most files that no row lists.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from sqlmodel import Session, col, func, select

from audit.logs.check_store import ListedFile, remember_new
from audit.logs.event_store import stored_logs
from audit.logs.models import FileKind, LogImport, StoredFile
from audit.logs.names import NAMES_SCHEMA, Name, SourceNames
from audit.logs.new_files import NewFile, ParquetFile, discarded_on_failure, put_in_place
from audit.logs.profiles.word_meanings import meanings_of
from audit.logs.read_log import KnownLog, LogImporter, ReadLog, SourceState, span_of
from audit.logs.sources import find_source, profile_of
from config.bulk import open_bulk, plain_faults
from config.errors import Conflict
from config.locks import importing
from config.remedies import Advice, Remedy
from config.work import Installation, Work


@dataclass(frozen=True)
class LogsRequest:
    """Which files to import as logs of which source, where it is asked for as one."""

    paths: tuple[Path, ...]
    source: str


@dataclass(frozen=True)
class LogReceipt:
    """What became of a file's records: read = added + already_known + unreadable + passed_over.

    `notices` say what a person should know, the first reasons of unreadable records last; `remedy`, what to do about
    these.
    """

    import_id: int
    file_name: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    notices: tuple[str, ...]
    remedy: Remedy | None = None

    def __str__(self) -> str:
        """Say the receipt in one line."""
        passed = f", {self.passed_over:,} passed over by the profile" if self.passed_over else ""
        return (
            f"{self.file_name}: {self.read:,} records read: {self.added:,} added, "
            f"{self.already_known:,} already known, {self.unreadable:,} unreadable{passed}."
        )


def import_logs(installation: Installation, paths: Sequence[Path], source_name: str) -> list[LogReceipt]:
    """Import log files of a source, in one commit.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Invalid: A file as a whole cannot be read as the source's format; then none is imported.
        Conflict: Another process imports logs, the disk is full, the data folder cannot be written to, or a file or the
            source changed meanwhile.
    """
    data_dir, made = installation.settings.data_dir, list[NewFile]()
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
        first = state.next_id
        importer = LogImporter(connection, state, data_dir, made, installation.progress)
        logs = [importer.read(path) for path in paths]
        names = _new_names(state, data_dir, first)
        made += [names] if names else []
        with installation.change() as work:
            return _publish(work, state, logs, names)


def _state_of(work: Work, source_name: str, data_dir: Path) -> SourceState:
    source = find_source(work.session, source_name)
    store = stored_logs(work.session, data_dir)
    receipts = {
        one.id: one for one in work.session.exec(select(LogImport).where(LogImport.source == source.name)).all()
    }
    known = [
        KnownLog(log, span_of(receipts[log.import_id]), receipts[log.import_id].imported_at <= source.recorded_at)
        for log in store.logs
        if log.import_id in receipts
    ]
    listed = {kind: _listed(work.session, source.name, kind, data_dir) for kind in (FileKind.NAMES, FileKind.REJECTS)}
    return SourceState(
        source,
        profile_of(source),
        SourceNames((), {}),
        listed[FileKind.NAMES],
        known,
        list(listed[FileKind.REJECTS]),
        _next_id(work.session),
    )


def _listed(session: Session, source: str, kind: FileKind, data_dir: Path) -> list[Path]:
    names = session.exec(
        select(StoredFile.name)
        .join(LogImport, col(LogImport.id) == col(StoredFile.import_id))
        .where(LogImport.source == source, StoredFile.kind == kind)
        .order_by(col(StoredFile.id))
    )
    return [data_dir / kind / name for name in names]


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
    if source.id != state.source.id or _next_id(work.session) != first:
        raise Conflict(
            f"The source {source.name} was changed while its logs were read. Nothing was imported; import them again."
        )
    listed = [(log.receipt, file) for log in logs for file in log.files]
    listed += [(logs[0].receipt, names)] if names else []
    put_in_place([file for _, file in listed])
    receipts = []
    for log in logs:
        log.receipt.imported_at, log.receipt.imported_by = work.now, work.by
        receipts.append(_said(log))
        work.session.add(log.receipt)
    work.session.flush()
    work.session.add_all(
        StoredFile(
            import_id=receipt.id, kind=file.kind, name=file.name, rows=file.rows, bytes=file.bytes, sha256=file.sha256
        )
        for receipt, file in listed
    )
    work.session.flush()
    remember_new((_listed_as(receipt, file) for receipt, file in listed), work.settings.data_dir)
    return receipts


def _listed_as(receipt: LogImport, file: NewFile) -> ListedFile:
    return ListedFile(file.kind, file.name, file.rows, file.bytes, file.sha256, receipt.source, receipt.file_name)


def _said(log: ReadLog) -> LogReceipt:
    one = log.receipt
    return LogReceipt(
        one.id,
        one.file_name,
        one.read,
        one.added,
        one.already_known,
        one.unreadable,
        one.passed_over,
        (*log.notices, *_reasons(log)),
        Remedy(Advice.EXPORT_REJECTS, one.source) if log.faults else None,
    )


def _reasons(log: ReadLog) -> Iterator[str]:
    """Say why the first of the rejects cannot be read, and how many more there are."""
    for record, fault in log.faults:
        yield f"{log.receipt.file_name}, record {record:,}: {fault}."
    if more := log.rejects_kept - len(log.faults):
        yield f"And {more:,} more records cannot be read."
