"""The system of record: SQLite by default, PostgreSQL by URL; how it is opened and read, and instants as columns.

What only reads rows by text needs no more than this. The classes of the tables and their sessions, which take long to
load, are in `config/recorded.py` and `config/sessions.py`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine import Result
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.types import String, TypeDecorator, TypeEngine

from config.clock import microseconds
from config.database_faults import plain_database_faults
from config.postgresql_session import PostgresqlSession

_READING = "thirteen_reading"
_INSTANTS_REMEMBERED = 20_000
# connections as many as the service has threads, so that none waits for another's; those over five end when idle
_POOL = {"pool_size": 5, "max_overflow": 45}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite, which keeps no zone, stores it as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC; a naive one is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("An instant without a zone reached the database.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Remember what was turned of late: the dates of a table repeat, and most of a bulk write would go by here."""
        return _remembering(super().bind_processor(dialect))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Remember likewise what was read of late; equal instants are then one object."""
        return _remembering(super().result_processor(dialect, coltype))


def _remembering(process: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    return lru_cache(_INSTANTS_REMEMBERED)(process) if process else None


class UtcMicroseconds(TypeDecorator[int]):
    """Reads a column of UtcDateTime as the count of microseconds since 1970 in UTC; for many rows, of like times."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Take what the database gives: SQLite its text, others an aware instant."""
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else DateTime(timezone=True))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002 - as declared
        """Give what counts the microseconds; there is nothing of the column's own type to be done before it."""
        return _microseconds_of


@lru_cache(maxsize=100_000)
def _microseconds_of(value: str | datetime | None) -> int | None:
    if value is None:
        return None
    instant = datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
    return microseconds(instant)


def connect(url: str, *, wait_seconds: float = 60) -> Engine:
    """Open the system of record at a URL; nothing is read or written yet.

    Args:
        url: Of SQLite or PostgreSQL.
        wait_seconds: How long to wait for what another transaction keeps before giving up.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _connect_sqlite(url, wait_seconds)
    return _connect_postgresql(url, wait_seconds)


@contextmanager
def reading_rows(engine: Engine) -> Iterator[Connection]:
    """Give a connection that reads one state of the database, while others write and where writing is not permitted.

    Raises:
        Conflict: The database cannot be reached or read.
    """
    isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    options = {_READING: True, **isolation}
    with plain_database_faults(engine), engine.execution_options(**options).connect() as connection:
        yield connection


class Reader(Protocol):
    """Whatever answers queries: a connection, or a session, which first writes what waits in it."""

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None, /
    ) -> Result[*tuple[Any, ...]]:
        """Give what a query answers."""


def connection_of(reader: Reader) -> Connection:
    """Give the connection by which a reader reads."""
    if isinstance(reader, Connection):
        return reader
    session: Any = reader  # the other there is, whose class is not loaded for this
    connection: Connection = session.connection()
    return connection


def reads_only(reader: Reader) -> bool:
    """Say whether a reader reads one state of the database, and can change nothing."""
    return bool(connection_of(reader).get_execution_options().get(_READING, False))


def _connect_sqlite(url: str, wait_seconds: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait_seconds}, **_POOL)
    event.listen(engine, "do_connect", _open_read_only_where_needed)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_read_only_where_needed(
    dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]
) -> DBAPIConnection | None:
    """Let SQLite read in a folder where it cannot make the files that its write-ahead log needs."""
    path = Path(arguments[0])
    if not path.exists() or is_writable(path.parent):
        return None
    # With a log beside it the database is in use, or was copied in use; without, nobody changes it while we read.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    return dialect.connect(f"{path.absolute().as_uri()}?{mode}", **options, uri=True)


def is_writable(folder: Path) -> bool:
    """Say whether this account may make files in a folder."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection has no common type
    connection.isolation_level = None  # so that BEGIN is ours and DDL is part of a transaction
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={reads_only:d}")
    # who writes takes the database at once: a transaction that began by reading could not wait for another writer
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _connect_postgresql(url: str, wait_seconds: float) -> Engine:
    waits = {} if "connect_timeout" in make_url(url).query else {"connect_timeout": 10}
    # SERIALIZABLE is what SQLite gives: as if one transaction ran after the other
    engine = create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True, connect_args=waits, **_POOL)
    session = PostgresqlSession(engine.url, wait_seconds)
    # before SQLAlchemy itself looks at the connection, and keeps which schema it found
    event.listen(engine, "connect", session.set_up, insert=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    # SQLAlchemy's own option would afterwards let an account write that the server lets only read
    if connection.get_execution_options().get(_READING, False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
