"""The file of a SQLite record, read as it is, so that SQLite need not first copy it, page by page, into another."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, text

_SOME_ROW = text("SELECT 1 FROM sqlite_schema")
_held_open = dict[tuple[int, int], int]()


def file_alone(reader: Connection) -> Path | None:
    """Give the file that is just what a reader reads, and stays so until it ends.

    Where the log is empty, it reads from the file alone: a log that it needs is not emptied. And what others write from
    then on goes into the log, and not into the file before no reader is left that reads from it alone.

    Args:
        reader: Best one that has read nothing yet, as what lies in the log may then be brought into the file.

    Returns:
        None where the record is no file, or partly lies in the log.
    """
    if reader.dialect.name != "sqlite":
        return None
    # as SQLite found it, which follows links before it names the log; the first is the one that was opened
    file = Path(reader.exec_driver_sql("PRAGMA database_list").all()[0].file)
    _empty_log(file)
    reader.execute(_SOME_ROW)  # its transaction begins by its first look, at the latest by this
    log = file.with_name(f"{file.name}-wal")
    return None if log.exists() and log.stat().st_size else file


def open_for_good(file: Path) -> int:
    """Open a SQLite file beside SQLite, and give its descriptor, which must not be closed.

    With any descriptor of a file that a process closes, the system takes all its locks on that file, SQLite's too.
    """
    found = file.stat()
    place = found.st_dev, found.st_ino
    if place not in _held_open:
        _held_open[place] = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    return _held_open[place]


def _empty_log(file: Path) -> None:
    """Let SQLite bring what is in its log into the file, unless that would have somebody wait, or may not be."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(file, timeout=0)) as beside:
        beside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
