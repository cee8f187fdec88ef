"""Keeps the records of a log that cannot be read: with their text and the reason, so that they can be repaired."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from audit.logs.formats.contract import LogReader, offer_rows
from audit.logs.keep_events import PARQUET
from audit.logs.stage_records import UNREADABLE, key_sql
from config.bulk import one_row, parquet_rows, path_to_write, text_sql

_FETCHED = 10_000


def keep_rejects(
    connection: duckdb.DuckDBPyConnection, staged: Path, reader: LogReader, known: Sequence[Path], target: Path
) -> int:
    """Keep the staged records that cannot be read, but for those that an earlier import kept.

    Args:
        staged: The staged records, each with its `state` and `fault`.
        reader: Has read the log, and knows each record's text.
        known: The source's files of rejects.
        target: The file to write to.

    Returns:
        How many were kept; where none, the file was not written.
    """
    offer_rows(connection, "rejected", ["record", "fault", "raw"], _rejected(connection, staged, reader))
    header = text_sql(reader.header)
    seen = f"SELECT reject_key FROM {parquet_rows(known)}" if known else "SELECT NULL::UUID WHERE false"  # noqa: S608 - our own files
    connection.execute(
        f"""CREATE OR REPLACE TABLE rejects AS
        WITH numbered AS (
            SELECT record::BIGINT AS record, raw, fault, {header} AS header,
                row_number() OVER (PARTITION BY raw ORDER BY record::BIGINT) AS nth
            FROM rejected
        ),
        keyed AS (SELECT *, {key_sql("concat_ws(chr(31), header, raw, nth::VARCHAR)")} AS reject_key FROM numbered)
        SELECT record, raw, fault, header, reject_key FROM keyed WHERE reject_key NOT IN ({seen})"""  # noqa: S608
    )
    connection.unregister("rejected")
    kept: int = one_row(connection, "SELECT count(*) FROM rejects")[0]
    if kept:
        connection.execute(f"COPY (FROM rejects ORDER BY record) TO {path_to_write(target)} ({PARQUET})")
    return kept


def _rejected(
    connection: duckdb.DuckDBPyConnection, staged: Path, reader: LogReader
) -> Iterator[tuple[str | None, ...]]:
    faults = _faults(connection, staged)
    record, fault = next(faults, (0, ""))
    for ordinal, text in enumerate(reader.texts(), 1):
        if ordinal == record:
            yield str(record), fault, text
            record, fault = next(faults, (0, ""))


def _faults(connection: duckdb.DuckDBPyConnection, staged: Path) -> Iterator[tuple[int, str]]:
    """Give the unreadable records' ordinals and faults, in their order."""
    cursor = connection.cursor()  # of its own, as the connection is busy with what these rows go to
    cursor.execute(
        f"SELECT file_row_number + 1 AS record, fault FROM {parquet_rows([staged])} "  # noqa: S608 - our own file
        f"WHERE state = {UNREADABLE} ORDER BY record"
    )
    while rows := cursor.fetchmany(_FETCHED):
        yield from rows
