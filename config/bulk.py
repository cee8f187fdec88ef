"""DuckDB for bulk work: opened in one way, within the memory that the settings allow, with its faults said plainly."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from config.errors import Conflict
from config.settings import Settings

_TYPES = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}


def open_bulk(settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB; what does not fit its memory spills into the data folder."""
    connection = duckdb.connect(config={"memory_limit": f"{settings.memory_limit_mb}MiB"})
    connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false; SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ?", [str(spill_folder(settings.data_dir))])
    return connection


def spill_folder(data_dir: Path) -> Path:
    """Give the folder for what does not fit in memory; it holds nothing that lasts."""
    return data_dir / "spill"


def load_rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[tuple[str, type]],
    rows: Iterable[Sequence[object]],
) -> None:
    """Make a table of plain rows, each column of text, integers or truth values."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = {column: pa.array(cells, _TYPES[kind]) for (column, kind), cells in zip(columns, values, strict=True)}
    connection.register("incoming_rows", pa.table(arrays))
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming_rows')  # noqa: S608 - our own names
    connection.unregister("incoming_rows")


def one_row(connection: duckdb.DuckDBPyConnection, statement: str) -> tuple[Any, ...]:
    """Give the first row of a query; a query of this kind always has one."""
    return connection.execute(statement).fetchall()[0]  # all are fetched, as an unread result blocks the connection


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn what the disk does to bulk work into a sentence.

    Raises:
        Conflict: The disk is full or the data folder cannot be written to.
    """
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        message = str(error)
        if "No space left" in message or "disk quota" in message.casefold():
            raise Conflict("The disk is full. Nothing was changed; free some space and try again.") from error
        if "Permission denied" in message or "Read-only file system" in message:
            raise Conflict(
                f"The folder cannot be written to ({message.splitlines()[0]}). "
                "Nothing was changed; give this account write permission."
            ) from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise Conflict(
                "The work needs more memory than allowed. Nothing was changed; raise THIRTEEN_MEMORY_LIMIT_MB."
            ) from error
        raise
