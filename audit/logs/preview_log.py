"""Read logs as an import would, show what would come of them, and keep nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from audit.logs.event_store import EventFile, Store, StoredLog
from audit.logs.file_kinds import FileKind
from audit.logs.import_log import reading_logs
from audit.logs.log_receipt import LogReceipt, ReadLog, said_of
from audit.logs.new_files import NewFile
from audit.logs.open_events import open_events
from audit.logs.record_texts import record_texts
from audit.logs.source_state import SourceState
from config.settings import spill_folder
from config.work import Installation

FIELDS = ("account", "resource", "action", "raw_action", "subject", "purpose", "workstation")
_MOST_NAMES = 100_000


@dataclass(frozen=True)
class PreviewRecord:
    """A record as it would be read: its text in the log, and each field; the time is in UTC."""

    record: int
    raw: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Preview:
    """What would come of a log.

    Args:
        records: The first of those that would be added.
        empty: How many of its accesses would have no text of a kind.
        system: The system of its source.
        source: The source.
        accounts: The accounts that its new accesses name, in their order; `resources` likewise.
    """

    receipt: LogReceipt
    records: tuple[PreviewRecord, ...]
    empty: Mapping[str, int]
    system: str
    source: str
    accounts: tuple[str, ...]
    resources: tuple[str, ...]


def preview_logs(installation: Installation, paths: Sequence[Path], source_name: str, *, most: int) -> list[Preview]:
    """Show what importing some logs of a source would do; nothing is kept.

    Args:
        most: How many records of each are shown.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Invalid: A file as a whole cannot be read as the source's format.
        Conflict: As in an import.
    """
    made = list[NewFile]()
    try:
        with reading_logs(installation, paths, source_name, made) as (connection, state, logs):
            place = spill_folder(installation.settings.data_dir)
            return [_preview(connection, state, log, place, most) for log in logs]
    finally:
        for file in made:
            file.partial.unlink(missing_ok=True)


def _preview(
    connection: duckdb.DuckDBPyConnection, state: SourceState, log: ReadLog, place: Path, most: int
) -> Preview:
    events = next((file for file in log.files if file.kind == FileKind.EVENTS), None)
    open_events(connection, _store_of(state, log, events), new_names=state.names.new)
    texts = ", ".join(f"coalesce({name}, '')" for name in ("time::VARCHAR", *FIELDS))
    rows = connection.execute(f"SELECT record, {texts} FROM events ORDER BY record LIMIT {most}").fetchall()  # noqa: S608 - our own words
    raws: dict[int, str] = {}
    for found in record_texts(state.profile, log.path, place, [row[0] for row in rows]):
        raws |= found
    records = tuple(
        PreviewRecord(record, raws[record], dict(zip(("time", *FIELDS), fields, strict=True)))
        for record, *fields in rows
    )
    return Preview(
        said_of(log),
        records,
        log.empty,
        state.source.system,
        state.source.name,
        _named(connection, "account"),
        _named(connection, "resource"),
    )


def _store_of(state: SourceState, log: ReadLog, events: NewFile | None) -> Store:
    if events is None:
        return Store((), {})
    one = log.receipt
    stored = StoredLog(
        one.id,
        0,
        one.source,
        one.system,
        one.file_name,
        one.file_sha256,
        one.key_fields,
        one.whole_names > 0,
        (EventFile(events.partial, frozenset([one.id])),),
        events.name,
        events.rows,
    )
    return Store((replace(stored),), {0: tuple(state.names_files)})


def _named(connection: duckdb.DuckDBPyConnection, kind: str) -> tuple[str, ...]:
    asked = f"SELECT DISTINCT coalesce({kind}, '') AS name FROM events ORDER BY name LIMIT {_MOST_NAMES}"  # noqa: S608 - our own words
    return tuple(name for (name,) in connection.execute(asked).fetchall())
