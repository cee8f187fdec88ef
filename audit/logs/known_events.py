"""Finds which of a log's events the store has already: a file imported again, or an overlapping export, adds none.

A record with an id of its own counts once. Of records without, the second, third … equal one of a file is an access of
its own, with a key that also counts it. Keys are made only where they can matter: records that are equal have equal
times, so where no other import of the source reaches into a log's time there is nothing to compare.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from audit.logs.event_keys import keyed_events
from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.event_store import Store
from audit.logs.file_kinds import FileKind
from audit.logs.new_files import NewFile, ParquetFile
from audit.logs.open_events import open_events, rows_of_logs
from config.bulk import one_row
from config.bulk_columns import arrow_batches
from config.texts import shortened

_ROWS_AT_ONCE = 122_880
# What records with one id agree in.
_FIELDS = ("time", "account", "resource", "action", "subject", "purpose", "workstation")


@dataclass(frozen=True)
class Comparison:
    """What a staged log is compared with.

    Args:
        staged: The log as it was staged, the only one of its store; with the names of its source.
        known: The stored logs of the source that may hold some of its events, likewise.
        new_names: Names of the source that lie in no file yet.
        within: The times, in microseconds, in which both have events: [first, last]; None = times do not tell.
        has_ids: Its records have ids of their own.
        read_otherwise: The stored logs that were read before the source was changed: their fields may differ.
    """

    staged: Store
    known: Store
    new_names: pa.Table
    within: tuple[int, int] | None
    has_ids: bool
    read_otherwise: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Unknown:
    """What of a staged log is new.

    Args:
        events: A file of the new events, where not all of them are; None where the staged file may stay. It may be one
            without rows, which was not written: then `rows` is 0.
        known_of: The imports that brought those that are known.
        contradicting: Records that have the id of another one and other fields, each with what it contradicts.
    """

    events: NewFile | None = None
    known_of: tuple[int, ...] = ()
    contradicting: tuple[tuple[int, str], ...] = ()


def keep_unknown(connection: duckdb.DuckDBPyConnection, asked: Comparison, data_dir: Path) -> Unknown:
    """Tell which of the staged events are new, and write these where not all are."""
    where = "true"
    if asked.within is not None:
        where = f"time BETWEEN make_timestamp({asked.within[0]}) AND make_timestamp({asked.within[1]})"
    _list_keys(connection, asked, asked.known, where, "known_keys")
    _list_keys(connection, asked, asked.staged, where, "staged_keys")
    repeated = "OR (record_id IS NOT NULL AND nth > 1)" if asked.has_ids else ""
    connection.execute(
        f"""CREATE OR REPLACE TABLE dropped AS SELECT record, record_id, event_key, id_key FROM (
            SELECT *, row_number() OVER (PARTITION BY id_key ORDER BY record) AS nth FROM staged_keys
        ) WHERE event_key IN (SELECT event_key FROM known_keys) {repeated}"""  # noqa: S608 - our own words
    )
    (count,) = one_row(connection, "SELECT count(*) FROM dropped")
    if not count:
        return Unknown()
    known_of = connection.execute(
        "SELECT DISTINCT import_id FROM known_keys WHERE event_key IN (SELECT event_key FROM dropped) ORDER BY 1"
    ).fetchall()
    contradicting = tuple(_contradicting(connection, asked)) if asked.has_ids else ()
    return Unknown(_write_others(connection, asked, data_dir), tuple(number for (number,) in known_of), contradicting)


def _list_keys(connection: duckdb.DuckDBPyConnection, asked: Comparison, store: Store, where: str, table: str) -> None:
    open_events(connection, store, new_names=asked.new_names)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT import_id, record, record_id, event_key, "  # noqa: S608 - our own
        f"CASE WHEN record_id IS NOT NULL THEN kept_key END AS id_key FROM ({keyed_events(store, where)})"
    )


def _contradicting(connection: duckdb.DuckDBPyConnection, asked: Comparison) -> Iterator[tuple[int, str]]:
    """Give the records that are not the access whose id they have: the known one, else the first of the log."""
    connection.execute(
        """CREATE OR REPLACE TABLE same_ids AS
        SELECT d.record, d.record_id, k.import_id AS known_import, k.record AS known_record, f.record AS first_record
        FROM dropped d
        LEFT JOIN (
            SELECT id_key, min(import_id) AS import_id, arg_min(record, import_id) AS record
            FROM known_keys WHERE id_key IS NOT NULL GROUP BY id_key
        ) k USING (id_key)
        LEFT JOIN (SELECT id_key, min(record) AS record FROM staged_keys WHERE id_key IS NOT NULL GROUP BY id_key) f
        USING (id_key)
        WHERE d.record_id IS NOT NULL"""
    )
    otherwise = ", ".join(map(str, sorted(asked.read_otherwise))) or "-1"
    connection.execute(
        f"UPDATE same_ids SET known_import = NULL, known_record = NULL WHERE known_import IN ({otherwise})"  # noqa: S608
    )
    _list_fields(connection, asked, asked.known, "SELECT known_import, known_record FROM same_ids", "known_fields")
    staged = "SELECT {0}, record FROM same_ids UNION ALL SELECT {0}, first_record FROM same_ids"
    (log,) = asked.staged.logs
    _list_fields(connection, asked, asked.staged, staged.format(log.import_id), "staged_fields")
    found = connection.execute(
        """SELECT s.record, s.record_id, s.known_import, coalesce(s.known_record, s.first_record)
        FROM same_ids s
        JOIN staged_fields own ON own.record = s.record
        JOIN staged_fields first ON first.record = s.first_record
        LEFT JOIN known_fields known ON known.import_id = s.known_import AND known.record = s.known_record
        WHERE own.content <> coalesce(known.content, first.content)
        ORDER BY s.record"""
    )
    for record, record_id, import_id, first in found.fetchall():
        of = f"record {first:,} of an earlier import" if import_id is not None else f"record {first:,}"
        yield record, f'has the id "{shortened(record_id)}" of {of}, but other fields, so it is another access'


def _list_fields(
    connection: duckdb.DuckDBPyConnection, asked: Comparison, store: Store, wanted: str, table: str
) -> None:
    """List some events of a store, given the SQL of their imports and records, with a digest of their fields."""
    open_events(connection, store, new_names=asked.new_names)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT import_id, record, hash({', '.join(_FIELDS)}) AS content "  # noqa: S608
        f"FROM events WHERE (import_id, record) IN ({wanted})"
    )


def _write_others(connection: duckdb.DuckDBPyConnection, asked: Comparison, data_dir: Path) -> NewFile:
    """Write the events that are not dropped, each with a key of its own: what it counts may be among the dropped."""
    (log,) = asked.staged.logs
    _list_keys(connection, asked, asked.staged, "true", "staged_keys")
    columns = ", ".join(f"e.{name}" for name in EVENT_SCHEMA.names if name != "event_key")
    with (
        ParquetFile(data_dir, FileKind.EVENTS, log.import_id, EVENT_SCHEMA) as file,
        closing(connection.cursor()) as cursor,
    ):
        query = f"""SELECT {columns}, unhex(replace(k.event_key::VARCHAR, '-', '')) AS event_key
            FROM {rows_of_logs([log])} e JOIN staged_keys k USING (record)
            WHERE record NOT IN (SELECT record FROM dropped) ORDER BY record"""  # noqa: S608 - our own words
        for rows in arrow_batches(cursor, query, _ROWS_AT_ONCE):
            file.write(rows.cast(EVENT_SCHEMA))
        written = file.finish()
    return written or NewFile(FileKind.EVENTS, log.files[0].path, 0, 0, "")
