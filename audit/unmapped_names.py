"""The accounts and resources of opened events that map to nothing, each distinct name asked once."""

from collections.abc import Iterable
from typing import Any

import duckdb

from access.accounts import AccountNormalising
from access.facts import Facts
from audit.map_names import AccountMap, Spell
from audit.rules import rule_number
from config.bulk import load_rows, one_row
from config.texts import compare_form
from inventory.match_resources import ResourceMap

_UNKNOWN = rule_number("unknown_account")
_SPELL_COLUMNS = list(Spell.__annotations__.items())
_ACCOUNTS = """
    SELECT n.name, count(*), min(epoch_us(e.time)), max(epoch_us(e.time))
    FROM numbered_events e
    JOIN unknown_spells s ON s.account = e.account AND s.start <= epoch_us(e.time) AND epoch_us(e.time) < s."end"
    JOIN names n ON n.kind = 'account' AND n.number = e.account
    GROUP BY n.name
"""
_RESOURCES = """
    SELECT n.name, count(*), min(epoch_us(e.time)), max(epoch_us(e.time)), count(DISTINCT e.resource_count),
        min(e.resource_count)
    FROM numbered_events e
    JOIN names n ON n.kind = 'resource' AND n.number = e.resource
    LEFT JOIN unmapped_counted c ON c.resource = e.resource AND c.behind = e.resource_count
    WHERE e.resource IN (SELECT resource FROM unmapped_stems) OR c.resource IS NOT NULL
    GROUP BY n.name
"""
_NUMBERED = """
    SELECT DISTINCT e.resource, n.name, e.resource_count
    FROM numbered_events e JOIN names n ON n.kind = 'resource' AND n.number = e.resource
    WHERE e.resource IN (SELECT resource FROM asked_by_number)
"""

# name, accesses, first, last; of a resource also how many names it stands for, and what these have in common
Row = tuple[Any, ...]


def find_accounts(
    connection: duckdb.DuckDBPyConnection, facts: Facts, system: str, normalising: AccountNormalising
) -> Iterable[Row]:
    """Give the accounts that belong to nobody at the time of some access; one in several spellings is one."""
    asked = "SELECT coalesce(epoch_us(min(time)), 0), coalesce(epoch_us(max(time)), 0) FROM numbered_events"
    accounts = AccountMap(facts, *one_row(connection, asked))
    spells = [
        spell
        for number, name in _names(connection, "account")
        for spell in accounts.spells(number, system, normalising.key(name), normalising)
        if spell.rule == _UNKNOWN
    ]
    load_rows(connection, "unknown_spells", _SPELL_COLUMNS, spells)
    found = dict[str, Row]()
    for row in sorted(connection.execute(_ACCOUNTS).fetchall()):
        _join(found, normalising.key(row[0]), row)
    return found.values()


def find_resources(connection: duckdb.DuckDBPyConnection, resources: ResourceMap, system: str) -> Iterable[Row]:
    """Give the resources that no pattern maps; those that differ only in the number behind them are one row."""
    names = _names(connection, "resource")
    by_number = [(number,) for number, name in names if resources.number_matters(system, name)]
    asked = {number for (number,) in by_number}
    stems = [(number,) for number, name in names if number not in asked and resources.series_of(system, name) is None]
    load_rows(connection, "asked_by_number", [("resource", int)], by_number)
    load_rows(connection, "unmapped_stems", [("resource", int)], stems)
    counted = [
        (number, behind)
        for number, name, behind in connection.execute(_NUMBERED).fetchall()
        if resources.series_of(system, _whole(name, behind)) is None
    ]
    load_rows(connection, "unmapped_counted", [("resource", int), ("behind", int)], counted)
    found = dict[str, Row]()
    for stem, accesses, first, last, count, behind in sorted(connection.execute(_RESOURCES).fetchall()):
        row = (_whole(stem, behind), accesses, first, last, count, stem if count > 1 else "")
        _join(found, compare_form(stem if count > 1 else row[0]), row)
    return found.values()


def _join(found: dict[str, Row], key: str, row: Row) -> None:
    """Add a row, to the one in another spelling where there is one."""
    other = found.get(key)
    if other is None:
        found[key] = row
        return
    name, accesses, first, last, *more = other
    found[key] = (name, accesses + row[1], min(first, row[2]), max(last, row[3]), *more)


def _whole(stem: str, behind: int) -> str:
    return f"{stem}{str(behind)[1:] if behind else ''}"


def _names(connection: duckdb.DuckDBPyConnection, kind: str) -> list[tuple[int, str]]:
    query = "SELECT number, name FROM names WHERE kind = $kind ORDER BY number"
    return connection.execute(query, {"kind": kind}).fetchall()
