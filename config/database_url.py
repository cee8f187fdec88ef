"""The URL of the system of record, refused where it would be misread, or would lose what is written."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from config.errors import Invalid
from config.settings import Settings

_EXPECTED = "THIRTEEN_DATABASE_URL is not understood; write it as postgresql://user@host/name."
# SQLite opens names of up to 512 bytes, the ends of its logs' names among them.
_LONGEST_SQLITE_NAME = 500


def read_database_url(settings: Settings) -> str:
    """Give the URL that the settings name, as SQLAlchemy wants it.

    Raises:
        Invalid: It is none of SQLite or PostgreSQL, says what these do not know, or names no lasting place.
    """
    try:
        resolved = settings.resolved_database_url()
        resolved.encode()
        fault = next(_faults(make_url(resolved)), None)
    except FileNotFoundError as error:
        raise Invalid("The folder that this command was given in is gone; give it in one that is there.") from error
    except (ArgumentError, ValueError) as error:
        raise Invalid(_EXPECTED) from error
    if fault:
        raise Invalid(fault)
    return resolved


def _faults(url: URL) -> Iterator[str]:
    if url.drivername == "sqlite":
        yield from _faults_of_sqlite(url)
    elif url.drivername == "postgresql+psycopg":
        yield from _faults_of_postgresql(url)
    else:
        yield _EXPECTED


def _faults_of_sqlite(url: URL) -> Iterator[str]:
    path = url.database or ""
    if url.query or url.host:
        yield "THIRTEEN_DATABASE_URL says more than a file; SQLite takes no host and no options. Leave them out."
    if not Path(path).is_absolute():
        yield (
            "THIRTEEN_DATABASE_URL names no file that every command would find again. Write its whole path, as in "
            "sqlite:////srv/thirteen/thirteen.sqlite, or leave the setting out."
        )
    if len(os.fsencode(path)) > _LONGEST_SQLITE_NAME:
        yield (
            f"The name of the database, {path[:80]}…, is longer than the {_LONGEST_SQLITE_NAME} bytes that SQLite "
            "opens. Choose a data folder with a shorter path."
        )


def _faults_of_postgresql(url: URL) -> Iterator[str]:
    dialect = url.get_dialect()()
    psycopg = dialect.import_dbapi()  # only here, as it takes a while
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    for option in sorted(set(url.query) - known):
        yield f'THIRTEEN_DATABASE_URL has the option "{option}", which PostgreSQL does not know; leave it out.'
    # raises where hosts and ports do not fit together
    _, options = dialect.create_connect_args(url)
    if _cannot_be_sent(options):
        yield _EXPECTED


def _cannot_be_sent(options: Mapping[str, Any]) -> bool:
    """Say whether a value would be cut off or refused on its way to the server; a host's name raises ValueError."""
    int(options.get("connect_timeout", 0))
    for host in str(options.get("host", "")).split(","):
        if not host.startswith("/"):
            host.encode("idna")
    return any("\0" in str(value) for value in options.values())
