"""Finds which of a log's events the store has already: a file imported again, or an overlapping export, adds none.

A record with an id of its own counts once. Of records without, the second, third … equal one of a file is an access of
its own, with a key that also counts it. Keys are made only where they can matter: records that are equal have equal
times, so where no other import of the source reaches into a log's time there is nothing to compare.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from audit.logs.event_keys import keyed_events
from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.event_store import Store, open_events
from audit.logs.models import FileKind
from audit.logs.new_files import NewFile, ParquetFile
from config.bulk import one_row, parquet_rows
from config.bulk_columns import arrow_batches

_ROWS_AT_ONCE = 122_880


@dataclass(frozen=True)
class Comparison:
    """What a staged log is compared with.

    Args:
        staged: The log as it was staged, the only one of its store; with the names of its source.
        known: The stored logs of the source that may hold some of its events, likewise.
        new_names: Names of the source that lie in no file yet.
        within: The times, in microseconds, in which both have events: [first, last]; None = times do not tell.
        has_ids: Its records have ids of their own.
    """

    staged: Store
    known: Store
    new_names: pa.Table
    within: tuple[int, int] | None
    has_ids: bool


def keep_unknown(connection: duckdb.DuckDBPyConnection, asked: Comparison, data_dir: Path) -> NewFile | None:
    """Give a file of the staged events that are new, where not all of them are; None where the staged file may stay.

    The file may be one without rows, which was not written: then `rows` is 0.
    """
    where = "true"
    if asked.within is not None:
        where = f"time BETWEEN make_timestamp({asked.within[0]}) AND make_timestamp({asked.within[1]})"
    _list_keys(connection, asked.known, asked.new_names, where, "known_keys")
    _list_keys(connection, asked.staged, asked.new_names, where, "staged_keys")
    repeated = "OR (record_id IS NOT NULL AND nth > 1)" if asked.has_ids else ""
    connection.execute(
        f"""CREATE OR REPLACE TABLE dropped AS SELECT record FROM (
            SELECT record, record_id, event_key, row_number() OVER (PARTITION BY id_key ORDER BY record) AS nth
            FROM staged_keys
        ) WHERE event_key IN (SELECT event_key FROM known_keys) {repeated}"""  # noqa: S608 - our own words
    )
    (count,) = one_row(connection, "SELECT count(*) FROM dropped")
    return _write_others(connection, asked, data_dir) if count else None


def _list_keys(
    connection: duckdb.DuckDBPyConnection, store: Store, new_names: pa.Table, where: str, table: str
) -> None:
    open_events(connection, store, new_names=new_names)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT record, record_id, event_key, "  # noqa: S608 - our own words
        f"CASE WHEN record_id IS NOT NULL THEN kept_key END AS id_key FROM ({keyed_events(store, where)})"
    )


def _write_others(connection: duckdb.DuckDBPyConnection, asked: Comparison, data_dir: Path) -> NewFile:
    """Write the events that are not dropped, each with a key of its own: what it counts may be among the dropped."""
    (log,) = asked.staged.logs
    _list_keys(connection, asked.staged, asked.new_names, "true", "staged_keys")
    columns = ", ".join(f"e.{name}" for name in EVENT_SCHEMA.names if name != "event_key")
    with (
        ParquetFile(data_dir, FileKind.EVENTS, log.import_id, EVENT_SCHEMA) as file,
        closing(connection.cursor()) as cursor,
    ):
        query = f"""SELECT {columns}, unhex(replace(k.event_key::VARCHAR, '-', '')) AS event_key
            FROM {parquet_rows([log.path])} e JOIN staged_keys k USING (record)
            WHERE record NOT IN (SELECT record FROM dropped) ORDER BY record"""  # noqa: S608 - our own words
        for rows in arrow_batches(cursor, query, _ROWS_AT_ONCE):
            file.write(rows.cast(EVENT_SCHEMA))
        written = file.finish()
    return written or NewFile(FileKind.EVENTS, log.path, 0, 0, "")
