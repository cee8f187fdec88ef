"""The stored logs, opened and kept open: their names are loaded once, and what some accounts did is told at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from access.accounts import AccountNormalising
from audit.logs.account_forms import normalising_of
from audit.logs.event_columns import KINDS
from audit.logs.event_store import Store, stored_logs
from audit.logs.open_events import open_events
from config.bulk import cursor_beside, load_rows, open_bulk, own_room
from config.clock import microseconds
from config.settings import Settings
from config.work import Work

if TYPE_CHECKING:
    import duckdb

_STATES = 2  # of the logs: as they stand, and as they stood at the newest audit
_CHUNK = 50_000
_FORM_COLUMNS = [("source_key", int), ("form", str), ("account", int)]
_WANTED_COLUMNS = [("source_key", int), ("form", str)]
_TIME_COLUMNS = [*_WANTED_COLUMNS, ("start", int), ("end", int)]
_NUMBERS = ", ".join(KINDS)
_OWN_ACCOUNTS = """
    CREATE TABLE own_accounts AS
    SELECT DISTINCT account FROM logged_accounts JOIN wanted_forms USING (source_key, form)
"""
_DECIDING = ("account", "resource", "action", "purpose")
_EVENTS_ABOUT = f"""
    CREATE TABLE numbered_events AS
    SELECT time, {", ".join(_DECIDING)}, resource_count
    FROM memory.numbered_events SEMI JOIN own_resources USING (resource) {{whose}}
    WHERE time >= make_timestamp({{start}}) AND time < make_timestamp({{end}});
    CREATE TABLE names AS
    SELECT * FROM memory.names SEMI JOIN (
        SELECT DISTINCT unnest({list(_DECIDING)}) AS kind, unnest([{", ".join(_DECIDING)}]) AS number
        FROM numbered_events
    ) USING (kind, number)
"""  # noqa: S608 - our own names
_EVENTS_AROUND = f"""
    CREATE TABLE numbered_events AS
    SELECT * EXCLUDE (spelled, record_id, kept_key) FROM memory.numbered_events e SEMI JOIN (
        SELECT account, start, "end" FROM logged_accounts JOIN wanted_times USING (source_key, form)
    ) w ON e.account = w.account AND e.time >= make_timestamp(w.start) AND e.time < make_timestamp(w."end")
    WHERE e.time >= make_timestamp({{start}}) AND e.time < make_timestamp({{end}});
    CREATE TABLE names AS
    SELECT * FROM memory.names SEMI JOIN (
        SELECT DISTINCT unnest({list(KINDS)}) AS kind, unnest([{_NUMBERS}]) AS number FROM numbered_events
    ) USING (kind, number)
"""  # noqa: S608 - our own names
_OWN_EVENTS = f"""
    {_OWN_ACCOUNTS};
    CREATE TABLE numbered_events AS
    SELECT * EXCLUDE (spelled, record_id, kept_key) FROM memory.numbered_events SEMI JOIN own_accounts USING (account)
    WHERE time >= make_timestamp({{start}}) AND time < make_timestamp({{end}});
    CREATE TABLE names AS
    SELECT * FROM memory.names SEMI JOIN (
        SELECT DISTINCT unnest({list(KINDS)}) AS kind, unnest([{_NUMBERS}]) AS number FROM numbered_events
    ) USING (kind, number)
"""  # noqa: S608 - our own names


class OpenedLogs:
    """The events of some logs; several may ask at once.

    Args:
        store: The logs.
        normalising: How accounts compare, by source key; a source that is not named strips domains.
    """

    def __init__(self, settings: Settings, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
        self.store, self.normalising = store, normalising
        self._how = {key: normalising.get(key, AccountNormalising()) for key in store.systems}
        self._connection = open_bulk(settings)
        # the stored files stay as they are, and where in them what lies is asked at every question
        self._connection.execute("SET GLOBAL parquet_metadata_cache = true")
        open_events(self._connection, store)
        self._note_forms()

    @property
    def normalisings(self) -> Collection[AccountNormalising]:
        """In which ways accounts compare in these logs."""
        return set(self._how.values())

    @contextmanager
    def events_of(
        self, forms: Callable[[AccountNormalising], Collection[str]], start: datetime, end: datetime
    ) -> "Iterator[duckdb.DuckDBPyConnection]":
        """Open the events of some accounts during [start, end), with the names that they have and no others.

        `names`, `numbered_events` and `in_words` are as `open_events` makes them.

        Args:
            forms: Gives the accounts, in the form in which they compare so.
        """
        wanted = [(key, form) for key, how in self._how.items() for form in forms(how)]
        with own_room(self._connection) as connection:
            load_rows(connection, "wanted_forms", _WANTED_COLUMNS, wanted)
            connection.execute(_OWN_EVENTS.format(start=microseconds(start), end=microseconds(end)))
            yield connection

    @contextmanager
    def events_about(
        self,
        forms: Callable[[AccountNormalising], Collection[str]] | None,
        resources: Collection[int],
        start: datetime,
        end: datetime,
    ) -> "Iterator[duckdb.DuckDBPyConnection]":
        """Open the events of some accounts with some resources during [start, end): as numbers that decide, no more.

        Args:
            forms: As of `events_of`; None = all accounts.
            resources: The numbers of their names.
        """
        with own_room(self._connection) as connection:
            load_rows(connection, "own_resources", [("resource", int)], [(one,) for one in resources])
            whose = ""
            if forms is not None:
                wanted = [(key, form) for key, how in self._how.items() for form in forms(how)]
                load_rows(connection, "wanted_forms", _WANTED_COLUMNS, wanted)
                connection.execute(_OWN_ACCOUNTS)
                whose = "SEMI JOIN own_accounts USING (account)"
            span = {"start": microseconds(start), "end": microseconds(end)}
            connection.execute(_EVENTS_ABOUT.format(whose=whose, **span))
            yield connection

    def form_of(self, source: str, account: str) -> str:
        """Give the form in which an account compares in the logs of a source."""
        how = next((self._how[key] for key, name in self.store.sources.items() if name == source), None)
        return (how or AccountNormalising()).key(account)

    @contextmanager
    def events_around(
        self, wanted: Iterable[tuple[str, str, datetime, datetime]]
    ) -> "Iterator[duckdb.DuckDBPyConnection]":
        """Open the events of some accounts, each during times of its own, as `events_of` does.

        Args:
            wanted: Source, account in the form in which it compares there, and the time [start, end).
        """
        keys = {source: key for key, source in self.store.sources.items()}
        rows = [
            (keys[source], form, microseconds(start), microseconds(end))
            for source, form, start, end in wanted
            if source in keys
        ]
        span = {"start": min((row[2] for row in rows), default=0), "end": max((row[3] for row in rows), default=0)}
        with own_room(self._connection) as connection:
            load_rows(connection, "wanted_times", _TIME_COLUMNS, rows)
            connection.execute(_EVENTS_AROUND.format(**span))
            yield connection

    @property
    def resources(self) -> Sequence[tuple[int, str, str]]:
        """The names of resources: number, system and name of each."""
        systems = self.store.systems
        with closing(cursor_beside(self._connection)) as cursor:
            rows = cursor.execute("SELECT number, source_key, name FROM names WHERE kind = 'resource'").fetchall()
        return [(number, systems[key], name) for number, key, name in rows]

    @contextmanager
    def events_of_source(
        self, source: str, spans: Sequence[tuple[datetime, datetime]] = ()
    ) -> "Iterator[duckdb.DuckDBPyConnection]":
        """Open the events of a source, with its names and no others, as `events_of` does.

        Args:
            source: One that has events.
            spans: Only during these, each [start, end); none = whenever they are.
        """
        (key,) = (key for key, name in self.store.sources.items() if name == source)
        during = [f"time >= make_timestamp({start}) AND time < make_timestamp({end})" for start, end in _numbers(spans)]
        within = " OR ".join(during) or "true"
        with own_room(self._connection) as connection:
            connection.execute(f"CREATE VIEW names AS FROM memory.names WHERE source_key = {key}")
            connection.execute(
                f"CREATE VIEW numbered_events AS FROM memory.numbered_events WHERE source_key = {key} AND ({within})"
            )
            yield connection

    def _note_forms(self) -> None:
        load_rows(self._connection, "logged_accounts", _FORM_COLUMNS, [])
        with closing(cursor_beside(self._connection)) as cursor:
            cursor.execute("SELECT source_key, name, number FROM names WHERE kind = 'account'")
            while rows := cursor.fetchmany(_CHUNK):
                noted = [(key, self._how[key].key(name), number) for key, name, number in rows]
                load_rows(self._connection, "added_accounts", _FORM_COLUMNS, noted)
                self._connection.execute("INSERT INTO logged_accounts FROM added_accounts")


def _numbers(spans: Sequence[tuple[datetime, datetime]]) -> Iterator[tuple[int, int]]:
    return ((microseconds(start), microseconds(end)) for start, end in spans)


class KeptLogs:
    """Keeps the stored logs open for as long as the same ones count."""

    def __init__(self) -> None:
        self._one_opens = Lock()
        self._kept: tuple[OpenedLogs, ...] = ()

    def of(self, work: Work, *, at: datetime | None = None) -> OpenedLogs:
        """Give the logs that count; where `at` is given, those that counted then.

        Raises:
            Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
        """
        store = stored_logs(work.reader, work.settings.data_dir, at=at)
        normalising = normalising_of(work.reader, store)
        with self._one_opens:  # the others wait for what they want as well
            found = next((one for one in self._kept if (one.store, one.normalising) == (store, normalising)), None)
            if found is None:
                found = OpenedLogs(work.settings, store, normalising)
            self._kept = (found, *(one for one in self._kept if one is not found))[:_STATES]
        return found


def open_logs_of(work: Work, sources: str, *, at: datetime) -> OpenedLogs:
    """Open for once the logs that counted at an instant and are of some sources, joined with `; `.

    Raises:
        Conflict: As KeptLogs does.
    """
    store = stored_logs(work.reader, work.settings.data_dir, at=at).of_sources(sources)
    return OpenedLogs(work.settings, store, normalising_of(work.reader, store))
