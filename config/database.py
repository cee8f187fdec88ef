"""The system of record: SQLite by default, PostgreSQL by URL; transactions, the two clocks, and instants as columns."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Engine, and_, create_engine, event, or_
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from config.errors import Conflict

# Constraints need names so that a later migration can alter them on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


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


class Recorded(SQLModel):
    """The recorded-time clock of a row: when the service came to know it and from whom, and until when it stood.

    Nothing is overwritten: a change supersedes one row and records another.
    """

    recorded_at: datetime = Field(sa_type=UtcDateTime, index=True)
    recorded_by: str
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    superseded_by: str | None = None


def known_at(model: type[Recorded], instant: datetime) -> ColumnElement[bool]:
    """Give the condition that a row was recorded, and not yet superseded, at an instant of the service's own clock."""
    columns: Any = model
    return and_(
        columns.recorded_at <= instant, or_(columns.superseded_at.is_(None), columns.superseded_at > instant)
    )


def current(model: type[Recorded]) -> ColumnElement[bool]:
    """Give the condition that a row stands now."""
    columns: Any = model
    return columns.superseded_at.is_(None)  # type: ignore[no-any-return]


def connect(url: str) -> Engine:
    """Open the system of record at a URL; nothing is read or written yet."""
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": 60})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection has no common type
    connection.isolation_level = None  # so that BEGIN is ours and DDL is part of a transaction
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed as one, or not at all.

    Raises:
        Conflict: The disk is full, the data folder is read-only, or another process kept the database too long.
    """
    try:
        with Session(engine) as session, session.begin():
            yield session
    except OperationalError as error:
        if sentence := _plain_sentence(str(error.orig)):
            raise Conflict(sentence) from error
        raise


def _plain_sentence(message: str) -> str | None:
    known = {
        "disk is full": "The disk of the data folder is full. Nothing was changed; free some space and try again.",
        "readonly database": "The data folder is read-only. Nothing was changed; give this account write permission.",
        "unable to open database": "The database in the data folder cannot be opened. Check the folder's permissions.",
        "database is locked": "Another process kept the database too long. Nothing was changed; try again.",
        "disk I/O error": "The disk of the data folder failed or is full. Nothing was changed; check the disk.",
    }
    return next((sentence for part, sentence in known.items() if part in message), None)
