"""What a pattern would match among the resources that a system's logs name, before anybody records it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
from sqlmodel import Session, select

from audit.list_unmapped import logs_of
from audit.logs.event_store import stored_logs
from audit.logs.find_source import find_source
from audit.logs.open_events import open_events
from config.bulk import load_rows, open_bulk, plain_faults
from config.recorded import current
from config.settings import Settings
from config.texts import compare_form
from inventory.match_resources import ResourceMap
from inventory.models import ResourcePattern

_NAMED = 10
_TRIED = "\x1ftried"  # a target that no series has
_SEEN = """
    SELECT n.name, min(e.resource_count), count(*), count(DISTINCT e.resource_count)
    FROM numbered_events e JOIN names n ON n.kind = 'resource' AND n.number = e.resource
    WHERE e.resource IN (SELECT resource FROM some_stems)
    GROUP BY n.name, CASE WHEN $by_number THEN e.resource_count ELSE 0 END
"""


@dataclass(frozen=True)
class Matched:
    """Resources that a pattern matches and that map to the same so far.

    Args:
        target: The series' code, `public` or `ignore` to which they map; empty = to nothing.
        first: Some of them by name, with … where their numbers differ, the most accessed first.
        moves: They would map to what the pattern says; where not, a longer pattern keeps them.
    """

    target: str
    moves: bool
    resources: int
    accesses: int
    first: Sequence[str]


def try_pattern(session: Session, settings: Settings, source_name: str, pattern: str) -> list[Matched]:
    """Say what a pattern would match of a source's logs, those that map to nothing first.

    Raises:
        NotFound: There is no such source.
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    source = find_source(session, source_name)
    stated = session.exec(
        select(ResourcePattern.system, ResourcePattern.pattern, ResourcePattern.series).where(current(ResourcePattern))
    ).all()
    store = logs_of(stored_logs(session, settings.data_dir), source.name)
    if not store.logs or not compare_form(pattern):
        return []
    maps = _Maps(source.system, [(one[0], one[1], one[2]) for one in stated], pattern)
    groups = defaultdict[tuple[str, bool], list[_Seen]](list)
    with plain_faults(), closing(open_bulk(settings)) as connection:
        open_events(connection, store)
        for seen in maps.seen(connection):
            if maps.alone.series_of(source.system, seen.resource):
                groups[maps.state(seen.resource)].append(seen)
    found = [_matched(*state, rows) for state, rows in groups.items()]
    return sorted(found, key=lambda one: (one.target != "", -one.accesses, one.target, one.moves))


class _Seen(NamedTuple):
    """A resource, or several that differ in the number behind them alone, with their accesses."""

    resource: str
    accesses: int
    names: int


class _Maps:
    """What resources map to without the pattern, with it, and by it alone."""

    def __init__(self, system: str, stated: Sequence[tuple[str, str, str]], pattern: str) -> None:
        tried = (system, pattern, _TRIED)
        self.system = system
        self.before, self.after = ResourceMap(stated), ResourceMap([*stated, tried])
        self.alone = ResourceMap([tried])

    def state(self, resource: str) -> tuple[str, bool]:
        """Give to what a resource maps so far, and whether the pattern would decide."""
        moves = self.after.series_of(self.system, resource) == _TRIED
        return self.before.series_of(self.system, resource) or "", moves

    def seen(self, connection: duckdb.DuckDBPyConnection) -> Iterator["_Seen"]:
        """Give the resources that the logs name, with their accesses; of those whose number does not matter, stems."""
        for by_number in (False, True):
            names = connection.execute("SELECT number, name FROM names WHERE kind = 'resource'").fetchall()
            chosen = [(number,) for number, name in names if self.after.number_matters(self.system, name) is by_number]
            load_rows(connection, "some_stems", [("resource", int)], chosen)
            rows: list[Any] = connection.execute(_SEEN, {"by_number": by_number}).fetchall()
            yield from (_seen(*row) for row in rows)


def _seen(stem: str, behind: int, accesses: int, names: int) -> _Seen:
    return _Seen(f"{stem}{str(behind)[1:] if behind and names == 1 else ''}", accesses, names)


def _matched(target: str, moves: bool, seen: list[_Seen]) -> Matched:  # noqa: FBT001 - a field of the answer
    seen.sort(key=lambda one: (-one.accesses, one.resource))
    first = [one.resource if one.names == 1 else f"{one.resource}…" for one in seen[:_NAMED]]
    return Matched(target, moves, sum(one.names for one in seen), sum(one.accesses for one in seen), first)
