"""Chooses the events whose answers can have changed since an audit: those of new logs, and of changed names."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from access.facts import Facts
from access.purpose_map import PurposeMap
from audit.decide_events import Numbers
from audit.kept_audits.fingerprints import Changed, purpose_of_key
from audit.kept_audits.kept_audit import RESOURCES, KeptAudit
from audit.kept_audits.owners import Owners
from audit.logs.event_store import Store
from audit.map_names import map_resource
from audit.map_purposes import mapped_sources, purposes_in
from config.bulk import load_rows, one_row, parquet_rows
from inventory.match_resources import ResourceMap

# Where more of the events than one of so many would be decided again, all are: that is quicker then.
_ONE_OF = 4
_REMAPPED = [("source_key", int), ("name", str), ("code", str), ("rule", int), ("by_count", bool)]
_KEPT_KINDS = ("account", "resource", "action", "subject", "purpose")


@dataclass(frozen=True)
class Chosen:
    """The events that are decided again.

    Args:
        gone: The imports that count no more.
        imports: Of the events that had been decided, the imports.
        records: The same events' records.
    """

    gone: tuple[int, ...]
    imports: Numbers
    records: Numbers


def choose_events(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    facts: Facts,
    owners: Owners,
    kept: KeptAudit,
    changed: Changed,
) -> Chosen | None:
    """Choose, of the events that were opened in a connection, those that are decided again; None = all of them are.

    The view `numbered_events` is then of these alone, and `names` of their names; all are in `stored_events`. The table
    `remapped` has the resources that map to something else, or may.
    """
    connection.execute("DROP VIEW IF EXISTS stored_events; ALTER VIEW numbered_events RENAME TO stored_events")
    origins = {log.import_id: log.origin for log in store.logs}
    same = {one for one, origin in kept.frame.imports.items() if origins.get(one) == origin}
    new = [one for one in origins if one not in same]
    if sum(log.rows for log in store.logs if log.import_id not in same) * _ONE_OF > store.events:
        return None
    accounts = owners.touched_among(accounts_in(connection), changed)
    resources = list(_touched_resources(connection, store, facts, kept, changed))
    load_rows(connection, "remapped", _REMAPPED, resources)
    _list_names(connection, "touched_accounts", "account", accounts)
    _list_names(connection, "touched_resources", "resource", (resource[:2] for resource in resources))
    purposes = [(number,) for number in _touched_purposes(connection, store, changed)]
    load_rows(connection, "touched_purposes", [("purpose", int)], purposes)
    if not _gather(connection, store, same, new):
        return None
    connection.execute("CREATE OR REPLACE VIEW numbered_events AS FROM chosen_events")
    _leave_names_of(connection, "chosen_events")
    decided = connection.execute(
        f"SELECT import_id::BIGINT AS import_id, record FROM chosen_events WHERE import_id IN {_listed(same)}"  # noqa: S608 - numbers
    ).fetchnumpy()
    gone = tuple(one for one in kept.frame.imports if one not in same)
    return Chosen(gone, *(np.asarray(decided[name], np.int64) for name in ("import_id", "record")))


def _gather(connection: duckdb.DuckDBPyConnection, store: Store, same: Collection[int], new: Collection[int]) -> bool:
    """Make the table `chosen_events` of what has touched names and of new imports; False where that is too much."""
    columns, most = ", ".join(_columns(store)), store.events // _ONE_OF
    connection.execute(f"CREATE OR REPLACE TABLE chosen_events AS SELECT {columns} FROM stored_events LIMIT 0")  # noqa: S608 - our own
    touched = _touched_events(connection, same)
    if touched is not None:
        connection.execute(f"INSERT INTO chosen_events SELECT {columns} {touched} LIMIT {most + 1}")
        if one_row(connection, "SELECT count(*) FROM chosen_events")[0] > most:
            return False
    if new:
        connection.execute(
            f"INSERT INTO chosen_events SELECT {columns} FROM stored_events WHERE import_id IN {_listed(new)}"  # noqa: S608 - our own
        )
    return True


def accounts_in(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """Give the accounts among the names in a connection: source key and name each."""
    return connection.execute("SELECT source_key, name FROM names WHERE kind = 'account'").fetchall()


def _columns(store: Store) -> Iterator[str]:
    """Give the columns of events by which they are decided, and told."""
    yield from ("import_id", "record", "time", "source_key", "resource_count", "subject_count")
    yield from _KEPT_KINDS
    if store.has_whole_names:
        yield from (f"{kind}_whole" for kind in _KEPT_KINDS)


def _touched_resources(
    connection: duckdb.DuckDBPyConnection, store: Store, facts: Facts, kept: KeptAudit, changed: Changed
) -> Iterator[tuple[int, str, str, int, bool]]:
    """Give the resources that map to something else, or to a series that is known otherwise, as they map now.

    Returns:
        Source key and name, the code of the series and the rule as in `MappedResource`, and whether its number matters.
    """
    if not changed.patterns and not changed.series:
        return
    resources, systems = ResourceMap(facts.patterns), store.systems
    keys = {source: key for key, source in store.sources.items()}
    rows = connection.execute(
        f"SELECT source, name, coalesce(code, ''), rule, by_count FROM {parquet_rows([kept.folder / RESOURCES])}"  # noqa: S608 - our own words
    ).fetchall()
    for source, name, code, rule, by_count in rows:
        key = keys.get(source)
        if key is None:
            continue
        now = map_resource(resources, facts.series, systems[key], name, number=0)
        is_counted = by_count or resources.number_matters(systems[key], name)
        if is_counted or (code, rule) != (now.code, now.rule) or code in changed.series:
            yield key, name, now.code, now.rule, resources.number_matters(systems[key], name)


def _touched_purposes(connection: duckdb.DuckDBPyConnection, store: Store, changed: Changed) -> Iterator[int]:
    """Give the numbers of the purposes that a row fits which the purpose map has now and had not before, or had."""
    rows = PurposeMap(map(purpose_of_key, changed.purposes))
    sources = mapped_sources(rows, store)
    if sources:
        for number, source, typed in purposes_in(connection, sources):
            if rows.of(source, typed) is not None:
                yield number


def _list_names(connection: duckdb.DuckDBPyConnection, table: str, kind: str, names: Iterable[tuple[int, str]]) -> None:
    """Make a table of the numbers of names."""
    load_rows(connection, "listed_names", [("source_key", int), ("name", str)], list(names))
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT DISTINCT number AS {kind} "  # noqa: S608 - our own words
        f"FROM names JOIN listed_names USING (source_key, name) WHERE kind = '{kind}'"
    )


def _touched_events(connection: duckdb.DuckDBPyConnection, imports: Collection[int]) -> str | None:
    """Give the SQL that names the events of some imports with a touched name; None where there can be none."""
    by_kind = {kind: f"touched_{kind}s" for kind in ("account", "resource", "purpose")}
    kinds = [kind for kind, table in by_kind.items() if one_row(connection, f"SELECT count(*) FROM {table}")[0]]  # noqa: S608 - our own
    if not kinds or not imports:
        return None
    of_these = f"FROM stored_events WHERE import_id IN {_listed(imports)}"
    if len(kinds) == 1:
        return f"{of_these} AND {kinds[0]} IN (FROM {by_kind[kinds[0]]})"
    touched = " OR ".join(f"{kind} IN (FROM {by_kind[kind]})" for kind in kinds)
    return f"{of_these} AND ({touched})"


def _leave_names_of(connection: duckdb.DuckDBPyConnection, events: str) -> None:
    """Leave, of the names of the kinds that decide and are told, those that some events have."""
    used = " UNION ".join(f"SELECT '{kind}' AS kind, {kind} AS number FROM {events}" for kind in _KEPT_KINDS)  # noqa: S608 - our own
    connection.execute(f"CREATE OR REPLACE TABLE names AS FROM names SEMI JOIN ({used}) USING (kind, number)")


def _listed(numbers: Iterable[int]) -> str:
    return f"({', '.join(map(str, numbers)) or '-1'})"
