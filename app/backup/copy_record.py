"""Copies one state of the record into a file."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from config.database import Reader, connect, connection_of

_ONLY_A_COPY = ("journal_mode=OFF", "synchronous=OFF")  # what is half-done is thrown away, so nothing need be safe


def copy_to_file(reader: Reader, path: Path) -> None:
    """Write what a reader reads, all tables, as a SQLite file; others go on writing meanwhile.

    Args:
        reader: It reads one state.
        path: Nothing is there yet.

    Raises:
        OSError: The disk does not take it.
    """
    if connection_of(reader).dialect.name == "sqlite":
        _copy_pages(reader, path)
        return
    # these load the tables of every folder, and a record that is a file already needs none
    from app.backup.copy_rows import copy_rows  # noqa: PLC0415
    from app.migrations.upgrade_database import upgrade_database  # noqa: PLC0415
    from config.sessions import transaction  # noqa: PLC0415

    engine = connect(f"sqlite:///{path}")
    upgrade_database(engine)
    with transaction(engine) as target:
        copy_rows(connection_of(reader), target.connection())
    engine.dispose()


def _copy_pages(reader: Reader, path: Path) -> None:
    source: Any = connection_of(reader).connection.driver_connection
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        for pragma in _ONLY_A_COPY:
            target.execute(f"PRAGMA {pragma}")
        try:
            source.backup(target)
        except sqlite3.OperationalError as error:  # such as of a full disk
            raise OSError(errno.EIO, str(error)) from error
