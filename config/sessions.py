"""Sessions of the system of record, by the classes of its tables: they change it, or read one state of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from config.database import reading_rows
from config.database_faults import plain_database_faults


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed as one, or not at all; it sees nothing that others change meanwhile.

    Raises:
        Conflict: The database cannot be reached or written to, would lose letters, or another process kept it too long.
    """
    with plain_database_faults(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def side_transaction(engine: Engine) -> Iterator[Session]:
    """Give a session for a few rows that are no part of the record; committed as one, beside whatever others change.

    On PostgreSQL each statement sees what others have committed by then, and waits for who changes the same row.

    Raises:
        Conflict: The database cannot be reached or written to, or another process kept it too long.
    """
    isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
    with transaction(engine.execution_options(**isolation)) as session:
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that reads one state of the database, as `reading_rows` does.

    Raises:
        Conflict: The database cannot be reached or read.
    """
    with reading_rows(engine) as connection, session_on(connection) as session:
        yield session


def session_on(connection: Connection) -> Session:
    """Give a session that reads by a connection the state that this reads."""
    return Session(connection)
