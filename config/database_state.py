"""Tells cheaply whether anything at all was committed to a database meanwhile, so that what it says can be kept.

SQLite counts, for each connection, what other connections commit (`data_version`). PostgreSQL names what a snapshot
sees, and as long as two snapshots are named alike nothing was committed between them.
"""

from collections.abc import Hashable
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event

from config.database import Reader, connection_of
from config.errors import Conflict

_SQLITE = "PRAGMA data_version"
_POSTGRESQL = "SELECT CAST(txid_current_snapshot() AS text)"


class DatabaseState:
    """Tells the states of one database apart, for as long as the process lives; several threads may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._asked = _SQLITE if engine.dialect.name == "sqlite" else _POSTGRESQL
        self._kept: Any = None
        self._opened = 0  # the counts of two connections are not to be compared
        event.listen(engine, "engine_disposed", lambda _: self._let_go())

    @property
    def is_at_hand(self) -> bool:
        """Say whether the answer waits for no server, so that an event loop may ask."""
        return self._engine.dialect.name == "sqlite"

    def now(self) -> Hashable:
        """Give what equals an earlier answer only where nothing was committed in between; once asked, never None.

        Where the database cannot tell, it equals nothing: whoever reads the database itself says what is wrong.
        """
        with self._lock:
            for _ in range(2):  # the first connection may have been ended by the server
                try:
                    return self._ask()
                except (self._engine.dialect.loaded_dbapi.Error, Conflict):
                    self._let_go()
        return object()

    def _ask(self) -> Hashable:
        if self._kept is None:
            self._kept, self._opened = self._engine.raw_connection(), self._opened + 1
            self._kept.detach()  # kept for this alone: nothing is ever written on it
            if self._engine.dialect.name != "sqlite":
                self._kept.dbapi_connection.autocommit = True
        return self._opened, self._kept.dbapi_connection.execute(self._asked).fetchone()[0]

    def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()


def state_read(reader: Reader) -> Hashable:
    """Give what equals an earlier answer on the same connection only where both sessions read the same state.

    Only for a reader that reads one state: on PostgreSQL what it changed itself would not be told.
    """
    connection = connection_of(reader)
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        # within a transaction this begins to read; what the connection itself changed it counts apart
        return (raw.execute(_SQLITE).fetchone()[0], raw.total_changes)
    state: Hashable = connection.exec_driver_sql(_POSTGRESQL).scalar_one()
    return state
