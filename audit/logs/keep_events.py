"""Keeps the events of a staged log that are new; what the store has already is not kept again.

A record with an id of its own counts once. Of records without, the second, third … equal one of a file is an access of
its own, with a key that also counts it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from audit.logs.stage_records import GOOD, key_sql
from config.bulk import one_row, parquet_rows, path_to_write

# Groups of half the usual size are written faster, and read as fast.
PARQUET = "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2, ROW_GROUP_SIZE 61440"


@dataclass(frozen=True)
class KeptEvents:
    """What was kept: the events' file, None where nothing is new, and how many they are."""

    file: Path | None
    added: int


def keep_new_events(
    connection: duckdb.DuckDBPyConnection,
    staged: Path,
    known: Sequence[Path],
    *,
    all_good: bool,
    new_file: Callable[[], Path],
) -> KeptEvents:
    """Keep the staged events that no known file holds.

    Args:
        staged: The staged records, each with its `state`.
        known: The event files that may hold some of them.
        all_good: Every staged record is an event.
        new_file: Gives a file to write to.

    Returns:
        The staged file itself where all that it holds is new; there an event's place is its record.
    """
    repeated = _number_repeated(connection, staged)
    connection.execute(f"CREATE OR REPLACE VIEW keyed AS {_keyed_sql(staged, repeated=repeated)}")
    found = _find_known(connection, known)
    if all_good and not repeated and not found:
        return KeptEvents(staged, _count(connection, "keyed"))
    target = new_file()
    connection.execute(
        f"""COPY (
            SELECT * EXCLUDE (file_row_number, state, fault) FROM keyed
            WHERE event_key NOT IN (FROM known) ORDER BY record
        ) TO {path_to_write(target)} ({PARQUET})"""  # noqa: S608 - our own file
    )
    added = _count(connection, parquet_rows([target]))
    return KeptEvents(target if added else None, added)


def _number_repeated(connection: duckdb.DuckDBPyConnection, staged: Path) -> bool:
    """Make the table `repeated`: the second, third … record of each key, with a key of its own; none if it has an id.

    Returns:
        Whether there is any.
    """
    good = f"{parquet_rows([staged])} WHERE state = {GOOD}"
    own_key = key_sql("concat_ws(chr(31), event_key::VARCHAR, nth::VARCHAR)")
    connection.execute(
        f"""CREATE OR REPLACE TABLE repeated AS
        WITH several AS (SELECT event_key FROM {good} GROUP BY event_key HAVING count(*) > 1),
        numbered AS (
            SELECT file_row_number, event_key, record_id,
                row_number() OVER (PARTITION BY event_key ORDER BY file_row_number) AS nth
            FROM {good} AND event_key IN (FROM several)
        )
        SELECT file_row_number,
            CASE WHEN record_id IS NULL THEN {own_key} END AS own_key
        FROM numbered WHERE nth > 1"""  # noqa: S608 - our own file
    )
    return _count(connection, "repeated") > 0


def _keyed_sql(staged: Path, *, repeated: bool) -> str:
    rows = f"SELECT *, file_row_number + 1 AS record FROM {parquet_rows([staged])} WHERE state = {GOOD}"  # noqa: S608 - our own file
    if not repeated:
        return rows
    return f"""
        SELECT r.* REPLACE (coalesce(n.own_key, r.event_key) AS event_key)
        FROM ({rows}) r LEFT JOIN repeated n USING (file_row_number)
        WHERE n.file_row_number IS NULL OR n.own_key IS NOT NULL"""  # noqa: S608 - our own tables


def _find_known(connection: duckdb.DuckDBPyConnection, known: Sequence[Path]) -> bool:
    """Make the table `known`: the keys of staged events that some files hold; say whether there is any."""
    if known:
        found = f"SELECT DISTINCT event_key FROM {parquet_rows(known)} WHERE event_key IN (SELECT event_key FROM keyed)"  # noqa: S608
    else:
        found = "SELECT NULL::UUID AS event_key WHERE false"
    connection.execute(f"CREATE OR REPLACE TABLE known AS {found}")
    return _count(connection, "known") > 0


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    count: int = one_row(connection, f"SELECT count(*) FROM {rows}")[0]  # noqa: S608 - our own tables
    return count
