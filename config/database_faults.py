"""What the faults of a database, its disk and its network mean to the person who gave the command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from config.errors import Conflict

# Parts of SQLite's messages; all of its codes that matter here are not told apart by Python 3.11's `sqlite3`.
_SQLITE = {
    "disk is full": "The disk of {place} is full. Nothing was changed; free some space and try again.",
    "readonly database": "{place} can only be read. Nothing was changed; let this account write to its folder.",
    "unable to open database": "{place} cannot be opened. Check the permissions of its folder. "
    "A copy made while the database was in use must lie in a folder that this account can write to.",
    "database is locked": "Another process kept {place} too long. Nothing was changed; try again.",
    "disk I/O error": "The disk of {place} failed or is full. Nothing was changed; check the disk.",
    "file is not a database": "{place} is no SQLite database. Bring back a backup, or choose another data folder.",
    "malformed": "{place} is damaged. Bring back a backup.",
}

# By SQLSTATE, see PostgreSQL's manual, appendix A.
_POSTGRESQL = {
    "25006": "{place} can only be read. Nothing was changed; let THIRTEEN_DATABASE_URL name one that takes changes.",
    "40001": "Another change to {place} came first. Nothing was changed; try again.",
    "40P01": "Another change to {place} came first. Nothing was changed; try again.",
    "3F000": "The account in THIRTEEN_DATABASE_URL has no schema for its tables in {place} ({reason}). "
    "Ask the server's administrator to set its search_path.",
    "42501": "The account in THIRTEEN_DATABASE_URL may not do this in {place} ({reason}). "
    "Ask the server's administrator to make it the owner of the database.",
    "25P03": "The server of {place} ended the work, as it took too long. Nothing was changed; try again.",
    "25P04": "The server of {place} ended the work, as it took too long. Nothing was changed; try again.",
    "53100": "The disk of {place} is full. Nothing was changed; free some space and try again.",
    "53200": "The server of {place} has no memory left. Nothing was changed; try again later.",
    "53300": "{place} has no connection left. Nothing was changed; try again later.",
    "54000": "A text is too long for {place} ({reason}). Nothing was changed; shorten it.",
    "55P03": "Another process kept {place} too long. Nothing was changed; try again.",
    "57014": "The server of {place} was told to stop this work. Nothing was changed; try again.",
    "58030": "The disk of {place} failed. Nothing was changed; check the disk.",
}
_UNREACHABLE = "{place} cannot be reached ({reason}). Check that the server runs, and THIRTEEN_DATABASE_URL."
_LOST = "The connection to {place} was lost. Look whether the change is there before you try again."


@contextmanager
def plain_database_faults(engine: Engine) -> Iterator[None]:
    """Turn what a database, its disk or the network does into a sentence; a fault of the program stays what it is.

    Raises:
        Conflict: The database cannot be reached, read or written to, or others use it.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = _sqlite_sentence(error) if engine.dialect.name == "sqlite" else _postgresql_sentence(error)
        if sentence is None:
            raise
        raise Conflict(say_of(engine.url, sentence, reason=str(error.orig).partition("\n")[0])) from error


def say_of(url: URL, sentence: str, *, reason: str = "") -> str:
    """Complete a sentence about a database, which it names at `{place}`, never with its password."""
    if url.get_backend_name() == "sqlite":
        place = f"the database {url.database}"
    else:
        host = url.host or url.query.get("host") or "this machine"
        place = f"the PostgreSQL database {url.database or 'without a name'} on {host}"
    said = sentence.format(place=place, reason=reason)
    return said[0].upper() + said[1:]


def _sqlite_sentence(error: DBAPIError) -> str | None:
    return next((sentence for part, sentence in _SQLITE.items() if part in str(error.orig)), None)


def _postgresql_sentence(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    if error.connection_invalidated or (state or "").startswith(("08", "57P")):
        return _LOST
    # libpq gives no state where it could not connect
    return _UNREACHABLE if state is None and isinstance(error, OperationalError) else None
