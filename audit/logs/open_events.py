"""Opens the stored events for bulk work: their names as a table, and views in which they are numbers, or words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit.logs.blanks import left_trimmed_sql, trimmed_sql
from audit.logs.event_columns import COUNTED, KINDS, OTHERS
from audit.logs.event_store import Store, StoredLog
from audit.logs.event_words import words_of
from config.bulk import load_rows, parquet_rows, text_sql

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa  # takes long to load, and is needed here by one caller alone

# Names by which events are decided.
_MAPPED = ("account", "resource", "purpose")


# Older imports kept the white space around a name; where a number follows the name, the blank behind it is its own.
_TRIMMED = (
    f"CASE WHEN kind IN ({', '.join(map(text_sql, COUNTED))}) THEN {left_trimmed_sql('name')} "
    f"ELSE {trimmed_sql('name')} END"
)


_NO_EVENTS = (
    "SELECT 0 AS import_id, 0::BIGINT AS record, NULL::TIMESTAMP AS time, "
    + ", ".join(f"0::BIGINT AS {kind}_count" for kind in COUNTED)
    + ", "
    + ", ".join(f"NULL::VARCHAR AS {kind}_whole" for kind in KINDS)
    + ", NULL::VARCHAR AS spelled, NULL::VARCHAR AS record_id, NULL::BLOB AS kept_key, "
    + ", ".join(f"0 AS {kind}" for kind in KINDS)
    + ", 0 AS source_key WHERE false"
)


@dataclass(frozen=True)
class NumberedEvents:
    """The view `numbered_events` of a connection in which `open_events` made it.

    Args:
        first: By source key and kind of name: by how much the numbers in the files are moved.
        bounds: What the times of the events have to be, in SQL.
    """

    store: Store
    first: Mapping[tuple[int, str], int]
    bounds: tuple[str, ...]

    def sql(self, rows_of: Callable[[Iterable[Path]], str]) -> str:
        """Give the SQL of the view, given how the rows of Parquet files are written in it; it needs `whole_names`."""
        stored = " UNION ALL ".join(self._of_sources(rows_of)) or _NO_EVENTS
        return f"SELECT * FROM ({stored}) AS stored WHERE {' AND '.join(self.bounds) or 'true'}"  # noqa: S608 - our own

    def _of_sources(self, rows_of: Callable[[Iterable[Path]], str]) -> Iterator[str]:
        """Give the SQL of each source's events, their names' numbers moved as the names are."""
        for key in self.store.systems:
            logs = [log for log in self.store.logs if log.source_key == key]
            numbers = {kind: f"{kind} + {self.first[key, kind]}" for kind in KINDS}
            joins = ""
            if any(log.has_whole_names for log in logs):
                for kind in _MAPPED:
                    # a condition of its own on the event's side would make this compare each event with each name
                    joins += f""" LEFT JOIN (
                        SELECT number, name FROM whole_names WHERE kind = '{kind}' AND source_key = {key}
                    ) {kind}_names ON {kind}_names.name = CASE WHEN {kind} IS NULL THEN {kind}_whole END"""  # noqa: S608 - our own names
                    numbers[kind] = f"coalesce({numbers[kind]}, {kind}_names.number)"
            moved = ", ".join(f"({number})::INTEGER AS {kind}" for kind, number in numbers.items())
            kept = ", ".join("event_key AS kept_key" if column == "event_key" else column for column in OTHERS)
            rows = rows_of_logs(logs, rows_of)
            yield f"SELECT {kept}, {moved}, {key} AS source_key FROM {rows}{joins}"  # noqa: S608 - our own names


def open_events(
    connection: "duckdb.DuckDBPyConnection",
    store: Store,
    start: int | None = None,
    end: int | None = None,
    *,
    new_names: "pa.Table | None" = None,
) -> NumberedEvents:
    """Make the tables of names and the views over stored events, for times in [start, end); None = no bound.

    Bounds are microseconds since 1970 in UTC; `new_names` are those of the one source that lie in no file yet.

    `names` has `kind, source_key, number, name, meaning`; its numbers are those of all sources together.

    `numbered_events` has an event as numbers: `import_id, source_key, record, time`, of each kind of name a number, and
    `resource_count` and its like: the number behind the name, written after a 1; 0 or NULL = none.

    The macro `in_words` gives the rows of a table or view that has the columns of `numbered_events`, with texts instead
    of their numbers: those of all kinds, `action` and `purpose` as the source's profile means them beside `raw_action`
    and `raw_purpose`; and `source`, `file`, and `place`, its import and its record in one number. `record` is the
    event's ordinal among its log's records, from 1. The view `events` has all events so, with `instant` (microseconds
    since 1970 in UTC) beside `time`.
    """
    _load_files(connection, store)
    first = _load_names(connection, store, new_names)
    bounds = [f"time >= make_timestamp({start})"] if start is not None else []
    bounds += [f"time < make_timestamp({end})"] if end is not None else []
    for key in store.systems:
        _number_whole_names(connection, store, key)
    events = NumberedEvents(store, first, tuple(bounds))
    connection.execute(f"CREATE OR REPLACE VIEW numbered_events AS {events.sql(parquet_rows)}")
    in_words = words_of("query_table(some_events)")
    connection.execute(f"CREATE OR REPLACE MACRO in_words(some_events) AS TABLE {in_words}")
    connection.execute(
        "CREATE OR REPLACE VIEW events AS SELECT *, epoch_us(time) AS instant FROM in_words('numbered_events')"
    )
    return events


def _load_files(connection: "duckdb.DuckDBPyConnection", store: Store) -> None:
    columns = [("import_id", int), ("source", str), ("file", str)]
    load_rows(connection, "stored_files", columns, [(one.import_id, one.source, one.file_name) for one in store.logs])


def _load_names(
    connection: "duckdb.DuckDBPyConnection", store: Store, new_names: "pa.Table | None"
) -> dict[tuple[int, str], int]:
    """Load all names, their numbers moved so that those of one source follow those of another; give by how much."""
    connection.execute(
        "CREATE OR REPLACE TABLE names "
        "(kind VARCHAR, source_key INTEGER, number INTEGER, name VARCHAR, meaning VARCHAR)"
    )
    connection.execute("CREATE OR REPLACE TABLE whole_names AS FROM names")
    if new_names is not None:
        connection.register("new_names", new_names)
    first: dict[tuple[int, str], int] = {}
    taken = dict.fromkeys(KINDS, 0)
    for key, paths in sorted(store.names.items()):
        first |= {(key, kind): taken[kind] for kind in KINDS}
        columns = "SELECT kind, number, name, meaning FROM"
        parts = [f"{columns} {parquet_rows(paths)}"] if paths else []
        parts += [f"{columns} new_names"] if new_names is not None else []
        if not parts:
            continue
        moved = " ".join(f"WHEN '{kind}' THEN {taken[kind]}" for kind in KINDS)
        connection.execute(
            f"INSERT INTO names SELECT kind, {key}, number + CASE kind {moved} END, {_TRIMMED}, meaning "  # noqa: S608
            f"FROM ({' UNION ALL '.join(parts)})"
        )
        taken |= dict(connection.execute("SELECT kind, max(number) + 1 FROM names GROUP BY kind").fetchall())
    return first


def rows_of_logs(logs: Iterable[StoredLog], rows_of: Callable[[Iterable[Path]], str] = parquet_rows) -> str:
    """Give the SQL of the stored rows of some logs, and of no others that lie in the same files.

    Args:
        rows_of: Gives how the rows of Parquet files are written in it.
    """
    files = {file.path: file for log in logs for file in log.files}
    beside = frozenset[int]().union(*(file.imports for file in files.values())) - {log.import_id for log in logs}
    rows = rows_of(files)
    if not beside:
        return rows
    return f"(SELECT * FROM {rows} WHERE import_id NOT IN ({', '.join(map(str, sorted(beside)))}))"  # noqa: S608 - our own names


def _number_whole_names(connection: "duckdb.DuckDBPyConnection", store: Store, source_key: int) -> None:
    """Number the names that a source's events keep whole, after all others, so that each is mapped once, too.

    One may be among the others as well: with another meaning, or as there was room for it again.
    """
    logs = [log for log in store.logs if log.source_key == source_key]
    if not any(log.has_whole_names for log in logs):
        return
    rows = rows_of_logs(logs)
    for kind in _MAPPED:
        connection.execute(
            f"""INSERT INTO whole_names
            SELECT '{kind}', {source_key}, (SELECT coalesce(max(number) + 1, 0) FROM names WHERE kind = '{kind}')
                + row_number() OVER () - 1, whole, whole
            FROM (SELECT DISTINCT {kind}_whole AS whole FROM {rows} WHERE {kind} IS NULL)"""  # noqa: S608 - our own names
        )
        connection.execute(f"INSERT INTO names FROM whole_names WHERE kind = '{kind}' AND source_key = {source_key}")
