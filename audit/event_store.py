"""The access events, many and never changed: Parquet files in the data folder, of which the record lists those that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from sqlmodel import Session, col, select

from audit.models import LogImport
from config.bulk import load_rows

EVENTS, REJECTS = "events", "rejects"


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
    """List the imported logs that hold events, in the order of their import; those imported by an instant if one is given."""
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
    SELECT NULL::UUID AS event_key, ''::VARCHAR AS event_id, 0::BIGINT AS import_id, 0::BIGINT AS record,
        NULL::TIMESTAMP AS time, ''::VARCHAR AS account, ''::VARCHAR AS resource, ''::VARCHAR AS action,
        ''::VARCHAR AS raw_action, ''::VARCHAR AS subject, ''::VARCHAR AS purpose, ''::VARCHAR AS workstation
    WHERE false
"""


def open_events(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[StoredFile],
    start: int | None,
    end: int | None,
) -> None:
    """Make the view `events` over stored files, for times in [start, end) in microseconds; None = no bound.

    Its columns are those of the canonical event, with `instant` (microseconds since 1970 in UTC) beside `time`, `source_key`,
    `source` and `file`.
    """
    load_rows(
        connection,
        "stored_files",
        [("import_id", int), ("source_key", int), ("source", str), ("file", str)],
        [(one.import_id, one.source_key, one.source, one.file_name) for one in files],
    )
    paths = ", ".join("'" + str(one.path).replace("'", "''") + "'" for one in files)
    stored = f"SELECT * FROM read_parquet([{paths}], union_by_name = true)" if files else _NO_EVENTS  # noqa: S608
    bounds = [f"time >= make_timestamp({start})"] if start is not None else []
    bounds += [f"time < make_timestamp({end})"] if end is not None else []
    connection.execute(
        f"""CREATE OR REPLACE VIEW events AS
        SELECT e.*, epoch_us(e.time) AS instant, f.source_key, f.source, f.file
        FROM ({stored}) e JOIN stored_files f USING (import_id)
        WHERE {" AND ".join(bounds) or "true"}"""  # noqa: S608 - numbers, and paths with their quotes doubled
    )
