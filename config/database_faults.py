"""What the faults of a database, its disk and its network mean to the person who gave the command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from config.errors import Conflict
from config.remedies import Advice, Remedy


class _Fault(NamedTuple):
    """What a fault means; `{place}` is the database, `{reason}` the first line of what it said."""

    sentence: str
    remedy: Remedy | None = None


# Parts of SQLite's messages; all of its codes that matter here are not told apart by Python 3.11's `sqlite3`.
_SQLITE = {
    "disk is full": _Fault("The disk of {place} is full. Nothing was changed; free some space and try again."),
    "readonly database": _Fault("{place} can only be read. Nothing was changed; let this account write to its folder."),
    "unable to open database": _Fault(
        "{place} cannot be opened. Check the permissions of its folder. "
        "A copy made while the database was in use must lie in a folder that this account can write to."
    ),
    "database is locked": _Fault("Another process kept {place} too long. Nothing was changed; try again."),
    "disk I/O error": _Fault("The disk of {place} failed or is full. Nothing was changed; check the disk."),
    "file is not a database": _Fault(
        "{place} is no SQLite database. Bring back a backup, or choose another data folder."
    ),
    "malformed": _Fault("{place} is damaged. Bring back a backup."),
}

# By SQLSTATE, see PostgreSQL's manual, appendix A.
_POSTGRESQL = {
    "25006": _Fault("{place} can only be read. Nothing was changed.", Remedy(Advice.OTHER_DATABASE)),
    "40001": _Fault("Another change to {place} came first. Nothing was changed; try again."),
    "40P01": _Fault("Another change to {place} came first. Nothing was changed; try again."),
    "3F000": _Fault(
        "The account that opens {place} has no schema for its tables in it ({reason}). "
        "Ask the server's administrator to set its search_path."
    ),
    "42501": _Fault("The account that opens {place} may not do this in it ({reason}).", Remedy(Advice.MAKE_OWNER)),
    "25P03": _Fault("The server of {place} ended the work, as it took too long. Nothing was changed; try again."),
    "25P04": _Fault("The server of {place} ended the work, as it took too long. Nothing was changed; try again."),
    "53100": _Fault("The disk of {place} is full. Nothing was changed; free some space and try again."),
    "53200": _Fault("The server of {place} has no memory left. Nothing was changed; try again later."),
    "53300": _Fault("{place} has no connection left. Nothing was changed; try again later."),
    "54000": _Fault("A text is too long for {place} ({reason}). Nothing was changed; shorten it."),
    "55P03": _Fault("Another process kept {place} too long. Nothing was changed; try again."),
    "57014": _Fault("The server of {place} was told to stop this work. Nothing was changed; try again."),
    "58030": _Fault("The disk of {place} failed. Nothing was changed; check the disk."),
}
_UNREACHABLE = _Fault("{place} cannot be reached ({reason}).", Remedy(Advice.CHECK_SERVER))
# what the driver says before the server is asked
_NUL = _Fault("A text with a NUL byte in it cannot be kept in {place}. Nothing was changed; take that byte out.")
_LOST = _Fault("The connection to {place} was lost. Look whether the change is there before you try again.")


@contextmanager
def plain_database_faults(engine: Engine) -> Iterator[None]:
    """Turn what a database, its disk or the network does into a sentence; a fault of the program stays what it is.

    Raises:
        Conflict: The database cannot be reached, read or written to, or others use it.
    """
    try:
        yield
    except DBAPIError as error:
        fault = _sqlite_fault(error) if engine.dialect.name == "sqlite" else _postgresql_fault(error)
        if fault is None:
            raise
        said = say_of(engine.url, fault.sentence, reason=str(error.orig).partition("\n")[0])
        raise Conflict(said, remedy=fault.remedy) from error


def say_of(url: URL, sentence: str, *, reason: str = "") -> str:
    """Complete a sentence about a database, which it names at `{place}`, never with its password."""
    if url.get_backend_name() == "sqlite":
        place = f"the database {url.database}"
    else:
        host = url.host or url.query.get("host") or "this machine"
        place = f"the PostgreSQL database {url.database or 'without a name'} on {host}"
    said = sentence.format(place=place, reason=reason)
    return said[0].upper() + said[1:]


def _sqlite_fault(error: DBAPIError) -> _Fault | None:
    return next((fault for part, fault in _SQLITE.items() if part in str(error.orig)), None)


def _postgresql_fault(error: DBAPIError) -> _Fault | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    if isinstance(error, DataError) and "NUL (0x00)" in str(error.orig):
        return _NUL
    if error.connection_invalidated or (state or "").startswith(("08", "57P")):
        return _LOST
    # libpq gives no state where it could not connect
    return _UNREACHABLE if state is None and isinstance(error, OperationalError) else None
