"""Copies one state of the record into a file."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlmodel import Session

from config.database import connect
from config.sessions import transaction


def copy_to_file(session: Session, path: Path) -> None:
    """Write what a session reads, all tables, as a SQLite file; others go on writing meanwhile.

    Args:
        session: It reads one state.
        path: Nothing is there yet.
    """
    if session.get_bind().dialect.name == "sqlite":
        _copy_pages(session, path)
        return
    # these load the tables of every folder, and a record that is a file already needs none
    from app.backup.copy_rows import copy_rows  # noqa: PLC0415
    from app.migrations.upgrade_database import upgrade_database  # noqa: PLC0415

    engine = connect(f"sqlite:///{path}")
    upgrade_database(engine)
    with transaction(engine) as target:
        copy_rows(session.connection(), target.connection())
    engine.dispose()


def _copy_pages(session: Session, path: Path) -> None:
    source: Any = session.connection().connection.driver_connection
    target = sqlite3.connect(path)
    try:
        source.backup(target)
    finally:
        target.close()
