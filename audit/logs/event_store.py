"""The access events, many and never changed: Parquet files in the data folder; the record lists those that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from sqlmodel import Session, col, select

from audit.logs.models import EVENTS, LogImport
from config.bulk import load_rows, parquet_rows


@dataclass(frozen=True)
class StoredFile:
    """An imported log in the store.

    Args:
        source_key: The number under which bulk work knows the source.
    """

    import_id: int
    source_key: int
    source: str
    system: str
    file_name: str
    file_sha256: str
    added: int
    path: Path


def stored_files(session: Session, data_dir: Path, *, at: datetime | None = None) -> list[StoredFile]:
    """List the imported logs that hold events, in the order of import; where `at` is given, those imported by then."""
    statement = select(LogImport).where(LogImport.event_file != "").order_by(col(LogImport.id))
    if at is not None:
        statement = statement.where(LogImport.imported_at <= at)
    imports = list(session.exec(statement))
    keys = {source: key for key, source in enumerate(sorted({one.source for one in imports}))}
    return [
        StoredFile(
            one.id,
            keys[one.source],
            one.source,
            one.system,
            one.file_name,
            one.file_sha256,
            one.added,
            data_dir / EVENTS / one.event_file,
        )
        for one in imports
    ]


_NO_EVENTS = """
    SELECT NULL::UUID AS event_key, NULL::VARCHAR AS record_id, 0::BIGINT AS import_id, 0::BIGINT AS record,
        0::BIGINT AS file_row_number, NULL::TIMESTAMP AS time, ''::VARCHAR AS account,
        ''::VARCHAR AS resource_stem, ''::VARCHAR AS resource_number, ''::VARCHAR AS action,
        ''::VARCHAR AS raw_action, ''::VARCHAR AS subject,
        ''::VARCHAR AS purpose, ''::VARCHAR AS workstation
    WHERE false
"""


def open_events(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[StoredFile],
    start: int | None,
    end: int | None,
) -> None:
    """Make the view `events` over stored files, for times in [start, end) in microseconds; None = no bound.

    Its columns are those of the canonical event, with `instant` (microseconds since 1970 in UTC) beside `time`,
    `source_key`, `source` and `file`; `record` is the event's ordinal among its log's records, from 1, and `place` its
    import and that ordinal in one number.
    """
    load_rows(
        connection,
        "stored_files",
        [("import_id", int), ("source_key", int), ("source", str), ("file", str)],
        [(one.import_id, one.source_key, one.source, one.file_name) for one in files],
    )
    stored = _stored_sql(connection, files) if files else _NO_EVENTS
    bounds = [f"time >= make_timestamp({start})"] if start is not None else []
    bounds += [f"time < make_timestamp({end})"] if end is not None else []
    connection.execute(
        f"""CREATE OR REPLACE VIEW events AS
        SELECT e.* EXCLUDE (file_row_number) REPLACE (coalesce(e.record, e.file_row_number + 1) AS record),
            (e.import_id::BIGINT << 40) + coalesce(e.record, e.file_row_number + 1) AS place,
            e.resource_stem || e.resource_number AS resource,
            epoch_us(e.time) AS instant, f.source_key, f.source, f.file
        FROM ({stored}) e JOIN stored_files f USING (import_id)
        WHERE {" AND ".join(bounds) or "true"}"""  # noqa: S608 - numbers, and paths with their quotes doubled
    )


def _stored_sql(connection: duckdb.DuckDBPyConnection, files: Sequence[StoredFile]) -> str:
    """Give the SQL of all rows; those of a file of which every record was kept bear no `record`: their place is it."""
    rows = f"FROM {parquet_rows(one.path for one in files)}"
    numbered = any(name == "record" for name, *_ in connection.execute(f"DESCRIBE {rows}").fetchall())
    return f"SELECT * {rows}" if numbered else f"SELECT *, NULL::BIGINT AS record {rows}"
