"""What the rows of a grant table say, and what earlier versions of them said already (DOMAIN section 3, "timely")."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from access.known_rows import KnownRows
from access.rules import ALL_ACTIONS, action_mask, normal_purposes
from config.clock import ALWAYS, FOREVER
from config.tables.facts import StatedTable
from config.texts import compare_form

# the same lists stand in many rows
_actions, _purposes = lru_cache(5_000)(action_mask), lru_cache(5_000)(normal_purposes)


class _Recording(Protocol):
    def recorded(self, stated: int | None, clock: int) -> int | None: ...
    def timely_from(self, stated: int | None, clock: int, grace: timedelta) -> int: ...


class Version(NamedTuple):
    """What a row that stands has said since one of its versions was recorded, and every version since then too.

    Args:
        now: The row that stands.
        said: The version that said it first.
        actions: Of both, as a mask; all where its table knows none.
        purposes: Of both, joined; `*` where its table knows none.
    """

    now: Any
    said: Any
    start: int
    end: int
    actions: int
    purposes: str


def first_moment(instant: int | None) -> int:
    """Give a period's start; always where it has none."""
    return ALWAYS if instant is None else instant


def end_or_never(instant: int | None) -> int:
    """Give a period's end; never where it has none."""
    return FOREVER if instant is None else instant


def versions(
    rows: KnownRows, table: StatedTable[Any], timing: _Recording, *, by: str = "employee_id"
) -> Iterator[Version]:
    """Give each row as it stands, and with a row that was changed what its earlier versions said as well.

    What an earlier version said, and each one since still says, is as timely as that version: an end date entered later
    must not make the accesses before it look backdated. What one of them took back in between has to be said anew.

    A row that was withdrawn is an earlier version of what took its place about the same thing at the same instant: who
    corrects a start that was entered wrong, or narrows the actions, does not thereby say for the first time what the
    wrong row said rightly. So the accesses that both cover stay timely, and what only the new one says is new. A row
    that was withdrawn without anything in its place makes nothing timely any more.

    Args:
        by: The column that says whom or what a row is about.
    """
    standing = rows.of(table.model, by=by)
    before = _Before(table, standing, rows.superseded(table.model, by=by))
    for row in standing:
        version = before.terms.version(row)
        yield version
        if row.stated_recorded_at is None and timing.recorded(None, row.recorded_at) is not None:
            yield from before.said(version)


class _Before:
    """The rows of a table that stood before, by what took their place.

    Args:
        standing: The rows that stand.
        superseded: Those that stood before.
    """

    def __init__(self, table: StatedTable[Any], standing: Sequence[Any], superseded: Sequence[Any]) -> None:
        self.terms = _Terms(frozenset(table.model.model_fields))
        self._identity, self._thing = _key(table.identity), _key(table.thing)
        self._standing, self._superseded = standing, superseded

    def said(self, version: Version) -> Iterator[Version]:
        """Give what earlier versions of a row said and it still says."""
        for row in self._replaced_by(version.said):
            earlier = self.terms.of_both(version, row)
            if row.id < version.said.id and earlier is not None:
                yield earlier
                yield from self.said(earlier)

    def _replaced_by(self, row: Any) -> Iterator[Any]:  # noqa: ANN401 - a row of a grant table
        yield from self._changed.get((self._identity(row), row.recorded_at), ())
        yield from self._withdrawn.get((self._thing(row), row.recorded_at), ())

    @cached_property
    def _changed(self) -> Mapping[tuple[object, int], Sequence[Any]]:
        return _grouped(self._superseded, self._identity)

    @cached_property
    def _withdrawn(self) -> Mapping[tuple[object, int], Sequence[Any]]:
        """The rows whose place no row of the same identity took."""
        took_place = {(self._identity(row), row.recorded_at) for row in (*self._standing, *self._superseded)}
        withdrawn = [row for row in self._superseded if (self._identity(row), row.superseded_at) not in took_place]
        return _grouped(withdrawn, self._thing)


class _Terms:
    """What rows of a grant table say of their grants; asking each row for what its table lacks would take long.

    Args:
        columns: Those of the table: some know actions and purposes, and some grants can be revoked.
    """

    def __init__(self, columns: frozenset[str]) -> None:
        self._has_scope = "actions" in columns
        self._can_be_revoked = "revoked_at" in columns

    def version(self, row: Any) -> Version:  # noqa: ANN401 - a row of a grant table
        """Give what a row says by itself."""
        return Version(row, row, first_moment(row.start), self._ending(row), *self._scope(row))

    def of_both(self, version: Version, row: Any) -> Version | None:  # noqa: ANN401 - the same
        """Give what a version and an earlier row both say; None where that is nothing."""
        actions, purposes = self._scope(row)
        shared = _shared_purposes(version.purposes, purposes)
        start, end = max(version.start, first_moment(row.start)), min(version.end, self._ending(row))
        if shared is None or not actions & version.actions:
            return None
        return Version(version.now, row, start, end, actions & version.actions, shared)

    def _scope(self, row: Any) -> tuple[int, str]:  # noqa: ANN401 - the same
        return (_actions(row.actions), _purposes(row.purposes)) if self._has_scope else (ALL_ACTIONS, "*")

    def _ending(self, row: Any) -> int:  # noqa: ANN401 - the same
        return min(end_or_never(row.end), end_or_never(row.revoked_at if self._can_be_revoked else None))


def _key(columns: Sequence[str]) -> Callable[[Any], object]:
    """Give what gives some cells of a row in the form in which they compare."""
    cells = attrgetter(*columns)
    return lambda row: tuple(compare_form(cell) if isinstance(cell, str) else cell for cell in cells(row))


def _grouped(rows: Sequence[Any], key: Callable[[Any], object]) -> Mapping[tuple[object, int], Sequence[Any]]:
    grouped: dict[tuple[object, int], list[Any]] = defaultdict(list)
    for row in rows:
        grouped[key(row), row.superseded_at].append(row)
    return grouped


def _shared_purposes(some: str, others: str) -> str | None:
    if "*" in {some, others}:
        return others if some == "*" else some
    return ";".join(sorted({*some.split(";")} & {*others.split(";")})) or None
