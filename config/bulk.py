"""DuckDB for bulk work: opened in one way, within the memory that the settings allow, with its faults said plainly."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, ref

import _duckdb  # the engine alone: what `duckdb` adds to it builds statements, takes long to load, and is not needed

from config.errors import Conflict
from config.remedies import Advice, Remedy
from config.settings import Settings, spill_folder

if TYPE_CHECKING:
    import duckdb

# DuckDB may take so much of what bulk work may hold; the rest is for what Python, Arrow and their libraries hold.
_SHARE = 0.6
_TYPES = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}
_LATEST: "list[ReferenceType[duckdb.DuckDBPyConnection]]" = []  # the newest connection, which this keeps not alive
_ROOMS = count(1)


def open_bulk(settings: Settings) -> "duckdb.DuckDBPyConnection":
    """Open an in-memory DuckDB; what does not fit its memory spills into the data folder."""
    connection = _duckdb.connect(config={"memory_limit": f"{int(_SHARE * settings.memory_limit_mb)}MiB"})
    connection.execute("SET preserve_insertion_order = false")
    # where no file is run, as in a worker, it would draw a bar among what the service logs
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ?", [str(spill_folder(settings.data_dir))])
    _settle(connection)
    return connection


@contextmanager
def own_room(connection: "duckdb.DuckDBPyConnection") -> "Iterator[duckdb.DuckDBPyConnection]":
    """Ask what a connection holds, with room for tables of one's own, which nobody else sees and which end with it.

    One hides what the connection holds under its name; that is to be had as `memory.` and the name. Several may have
    such room at once.
    """
    room = f"room_{next(_ROOMS)}"
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"ATTACH ':memory:' AS {room}; SET search_path = '{room},memory'")
        _settle(cursor)
        try:
            yield cursor
        finally:
            cursor.execute(f"SET search_path = 'memory'; DETACH {room}")


def cursor_beside(connection: "duckdb.DuckDBPyConnection") -> "duckdb.DuckDBPyConnection":
    """Give a cursor that sees the same tables, so that the other is free while a result is read."""
    (path,) = one_row(connection, "SELECT current_setting('search_path')")
    cursor = connection.cursor()
    cursor.execute(f"SET search_path = {text_sql(path)}")
    return cursor


def _settle(connection: "duckdb.DuckDBPyConnection") -> None:
    connection.execute("SET TimeZone = 'UTC'; SET python_enable_replacements = false")  # our tables are those we name
    _LATEST[:] = [ref(connection)]


def stop_bulk() -> None:
    """Let the bulk query under way end at once; DuckDB's own threads would else work on it to its end."""
    for latest in _LATEST:
        connection = latest()
        if connection is not None:
            with suppress(_duckdb.Error):  # where it is closed already
                connection.interrupt()


def load_rows(
    connection: "duckdb.DuckDBPyConnection",
    name: str,
    columns: Sequence[tuple[str, type]],
    rows: Iterable[Sequence[object]],
) -> None:
    """Make a table of plain rows, each column of text, integers or truth values."""
    values = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in columns]
    cells = ", ".join(f'unnest(?::{_TYPES[kind]}[]) AS "{column}"' for column, kind in columns)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {cells}', values)


def one_row(connection: "duckdb.DuckDBPyConnection", statement: str) -> tuple[Any, ...]:
    """Give the first row of a query; a query of this kind always has one."""
    return connection.execute(statement).fetchall()[0]  # all are fetched, as an unread result blocks the connection


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn what the disk does to bulk work into a sentence.

    Raises:
        Conflict: The disk is full, or the data folder cannot be read or written to.
    """
    try:
        yield
    except (_duckdb.IOException, _duckdb.OutOfMemoryException, OSError) as error:
        raise _refusal(error) from error
    except _duckdb.Error as error:
        is_of_the_program = isinstance(
            error, (_duckdb.BinderException, _duckdb.CatalogException, _duckdb.ParserException)
        )
        if is_of_the_program or ".parquet" not in str(error):
            raise
        raise Conflict(
            f"A file of the data folder is damaged ({_first_line(error)}). Nothing was changed; "
            "bring it back from a backup."
        ) from error


def _refusal(error: Exception) -> Conflict:
    message, first_line = str(error), _first_line(error)
    if any(sign in message.casefold() for sign in ("no space left", "disk quota", "file too large")):
        return Conflict("The disk is full. Nothing was changed; free some space and try again.")
    if any(sign in message for sign in ("Permission denied", "Read-only file system", "Operation not permitted")):
        return Conflict(
            f"The folder cannot be written to ({first_line}). Nothing was changed; give this account write permission."
        )
    if isinstance(error, _duckdb.OutOfMemoryException):
        return Conflict(
            "The work needs more memory than allowed. Nothing was changed.", remedy=Remedy(Advice.RAISE_MEMORY_LIMIT)
        )
    if "No files found" in message:
        return Conflict(
            f"The data folder lacks a file ({first_line}). Nothing was changed; bring it back from a backup."
        )
    return Conflict(
        f"The disk failed ({first_line}). Nothing was changed; check the data folder and the disk it is on."
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def path_to_read(path: Path) -> str:
    """Give the SQL of a file's name as DuckDB reads files; `*`, `?` and `[` would name other files as well."""
    return text_sql("".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path.absolute())))


def path_to_write(path: Path) -> str:
    """Give the SQL of a file's name as DuckDB writes files."""
    return text_sql(str(path.absolute()))


def parquet_rows(paths: Iterable[Path]) -> str:
    """Give the SQL of the rows of Parquet files, each with its `file_row_number` from 0.

    A folder's name such as `city=Moorhead` is not taken for a column.
    """
    listed = ", ".join(map(path_to_read, paths))
    return f"read_parquet([{listed}], union_by_name = true, file_row_number = true, hive_partitioning = false)"


def text_sql(text: str) -> str:
    """Give the SQL of a text."""
    return "'" + text.replace("'", "''") + "'"
