"""What the rows of a grant table say, and what earlier versions of them said already (DOMAIN section 3, "timely")."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from access.rules import ALL_ACTIONS, action_mask, normal_purposes
from config.clock import ALWAYS, FOREVER
from config.known_rows import KnownRows, KnownTable
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


def versions(rows: KnownRows, table: KnownTable, timing: _Recording, *, by: str = "employee_id") -> Iterator[Version]:
    """Give each row as it stands, and with a row that was changed what its earlier versions said as well.

    What an earlier version said, and each one since still says, is as timely as that version: an end date entered later
    must not make the accesses before it look backdated. What one of them took back in between has to be said anew.

    A row that stood until an instant is an earlier version of all that was recorded about the same thing at that
    instant, whether it was changed or withdrawn: who corrects a start that was entered wrong, narrows the actions, or
    splits a period in two, does not thereby say for the first time what the old row said rightly. So the accesses that
    both cover stay timely, and what only the new one says is new. A row that was withdrawn without anything in its
    place makes nothing timely any more.

    Args:
        by: The column that says whom or what a row is about.
    """
    before = _Before(table, partial(rows.superseded, table, by=by))
    for row in rows.of(table, by=by):
        version = before.terms.version(row)
        yield version
        if row.stated_recorded_at is None and timing.recorded(None, row.recorded_at) is not None:
            yield from before.said(version)


class _Before:
    """The rows of a table that stood before, by what they were about and until when they stood."""

    def __init__(self, table: KnownTable, load: Callable[[], Iterable[Any]]) -> None:
        self.terms = _Terms(frozenset(table.columns))
        self._thing = _key(table.thing)
        self._load = load

    def said(self, version: Version) -> Iterable[Version]:
        """Give, each once, what earlier versions of a row said and it still says."""
        found: dict[Version, None] = {}
        waiting = [version]
        while waiting:
            earlier = [one for one in self._replaced_by(waiting.pop()) if one not in found]
            found.update(dict.fromkeys(earlier))
            waiting += earlier
        return found

    @cached_property
    def _superseded(self) -> Mapping[tuple[object, int], Sequence[Any]]:
        """Those rows, loaded where one is asked for: no row's history matters that was recorded before going live."""
        found: dict[tuple[object, int], list[Any]] = defaultdict(list)
        for row in self._load():
            found[self._thing(row), row.superseded_at].append(row)
        return found

    def _replaced_by(self, version: Version) -> Iterator[Version]:
        row = version.said
        for earlier in self._superseded.get((self._thing(row), row.recorded_at), ()):
            both = self.terms.of_both(version, earlier)
            if earlier.id < row.id and both is not None:
                yield both


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
        if shared is None or not actions & version.actions or start >= end:
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


def _shared_purposes(some: str, others: str) -> str | None:
    if "*" in {some, others}:
        return others if some == "*" else some
    return ";".join(sorted({*some.split(";")} & {*others.split(";")})) or None
