"""What the logs of a source name that maps to nothing: accounts, resources, actions and purposes, by their accesses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb

from access.facts import Facts
from access.machine_accounts import machine_evidence
from access.purpose_map import PurposeMap
from access.rules import UNMAPPED_ACTION, described_purposes, normal_purpose
from audit.logs.event_store import Store
from audit.logs.models import Source
from audit.logs.opened_logs import OpenedLogs
from audit.logs.profiles.language import Profile
from audit.logs.profiles.word_meanings import meanings_of
from audit.logs.sources import profile_of
from audit.unmapped_names import find_accounts, find_resources
from config.bulk import plain_faults
from config.clock import from_microseconds
from config.texts import compare_form
from inventory.match_resources import resource_map

_WORDS = """
    SELECT {word} AS word, count(*), min(epoch_us(e.time)), max(epoch_us(e.time))
    FROM numbered_events e LEFT JOIN names n ON n.kind = '{kind}' AND n.number = e.{kind}
    GROUP BY word
"""
_AS_WRITTEN = "coalesce(e.action_whole, n.name)"
# as the source's profile read it; the purpose map is about these
_AS_READ = "coalesce(n.meaning, e.purpose_whole)"


@dataclass(frozen=True)
class UnmappedName:
    """A name that maps to nothing.

    Args:
        name: As the log has it; of resources that differ only in the number behind them, the first.
        accesses: How many of them have it while it maps to nothing; between `first` and `last`.
        names: How many names it stands for.
        stem: Of several, what they have in common.
        machine: Of an account, what of its form tells that it is a machine's or the system's; empty where nothing does.
        is_masked: It is not as the log has it, as that looks as if it held a licence plate or a date of birth.
    """

    name: str
    accesses: int
    first: datetime
    last: datetime
    names: int = 1
    stem: str = ""
    machine: str = ""
    is_masked: bool = False


@dataclass(frozen=True)
class Unmapped:
    """All names of a source's logs that map to nothing, each kind by its accesses, the most first.

    An account that belongs to somebody for a time only is there with its accesses at other times. An action is mapped
    when the source's profile names it; a purpose, when it means one that some work access lists, where any does: by
    the purpose map, or as it stands.

    Args:
        described: The purposes that some work access or duty lists, in the form in which they compare.
    """

    accounts: Sequence[UnmappedName]
    resources: Sequence[UnmappedName]
    actions: Sequence[UnmappedName]
    purposes: Sequence[UnmappedName]
    described: frozenset[str] = frozenset()


def list_unmapped(
    source: Source, facts: Facts, logs: OpenedLogs, spans: Sequence[tuple[datetime, datetime]] = ()
) -> Unmapped:
    """List what a source's logs name that maps to nothing.

    Args:
        facts: What is known.
        logs: Those that count, the source's among them.
        spans: Of which times accesses count, each [start, end); none = of all.
    """
    if source.name not in logs.store.sources.values():
        return Unmapped((), (), (), (), described_by(facts))
    with plain_faults(), logs.events_of_source(source.name, spans) as connection:
        return _unmapped(connection, source, facts, profile_of(source))


def logs_of(store: Store, source: str) -> Store:
    """Give the part of a store that holds a source's logs."""
    logs = tuple(log for log in store.logs if log.source == source)
    keys = {log.source_key for log in logs}
    return replace(store, logs=logs, names={key: paths for key, paths in store.names.items() if key in keys})


def _unmapped(connection: duckdb.DuckDBPyConnection, source: Source, facts: Facts, profile: Profile) -> Unmapped:
    accounts = find_accounts(connection, facts, source.system, profile.normalising())
    resources = find_resources(connection, resource_map(facts.patterns), source.system)
    described = described_by(facts)
    return Unmapped(
        _in_order(replace(_named(*row), machine=machine_evidence(row[0])) for row in accounts),
        _in_order(_named(*row) for row in resources),
        _in_order(_actions(connection, profile)),
        _in_order(_purposes(connection, source.name, PurposeMap(facts.purposes), described)),
        described,
    )


def _named(name: str, accesses: int, first: int, last: int, names: int = 1, stem: str = "") -> UnmappedName:
    return UnmappedName(name, accesses, from_microseconds(first), from_microseconds(last), names, stem)


def _in_order(names: Iterable[UnmappedName]) -> list[UnmappedName]:
    return sorted(names, key=lambda one: (-one.accesses, one.name))


def _actions(connection: duckdb.DuckDBPyConnection, profile: Profile) -> Iterable[UnmappedName]:
    decided = {compare_form(word) for word in profile.actions.get("other", ())}
    rows = _words(connection, "action", _AS_WRITTEN)
    meanings = meanings_of(profile, connection)["action"]([row[0] for row in rows]) if rows else []
    for row, meaning in zip(rows, meanings, strict=True):
        if meaning == UNMAPPED_ACTION and compare_form(row[0]) not in decided:
            yield _named(*row)


def _purposes(
    connection: duckdb.DuckDBPyConnection, source: str, meant: PurposeMap, described: frozenset[str]
) -> Iterable[UnmappedName]:
    for row in _words(connection, "purpose", _AS_READ) if described else ():
        if normal_purpose(meant.of(source, row[0]) or row[0]) not in described:
            yield _named(*row)


def described_by(facts: Facts) -> frozenset[str]:
    """Give the purposes that some work access or duty lists, in the form in which they compare."""
    return described_purposes([*(one.purposes for one in facts.accesses), *(one.purposes for one in facts.duties)])


def _words(connection: duckdb.DuckDBPyConnection, kind: str, word: str) -> list[tuple[Any, ...]]:
    """Give the words of a kind that say something, each with its accesses."""
    rows = connection.execute(_WORDS.format(kind=kind, word=word)).fetchall()
    return [row for row in rows if row[0] and compare_form(row[0])]
