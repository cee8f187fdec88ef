"""The resolved policy of one state of the record, kept while that state stands, so that a question need not wait."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import duckdb
import numpy as np
from sqlalchemy import bindparam, union_all
from sqlmodel import Session, func, select

from access.about import About
from access.facts import Facts
from access.known_holders import KnownHolders, known_holders
from access.load_facts import load_facts
from access.models import LoginForm
from access.name_facts import NameFacts
from access.recorded_tables import DECIDING_TABLES
from access.resolve_grants import Policy, grant_from_row
from access.rules import Grant, GrantKind
from config.bulk import open_bulk, plain_faults
from config.recorded import Recorded, table_of
from config.work import Work

_COLUMNS = ("pair", "stated", "position_key", "start", "end", "timely_from", "actions")
_GRANTS = f"""
    SELECT {", ".join(f'g."{column}"' for column in _COLUMNS)}
    FROM (SELECT * REPLACE (coalesce(position_key, -1) AS position_key) FROM grants) g JOIN stated s USING (stated)
    LEFT JOIN positions p USING (position_key)
    ORDER BY g.pair, g.stated, g.start, g."end", g.timely_from,
        CASE s.kind WHEN 'position' THEN p.title WHEN 'department' THEN p.department ELSE '' END
"""  # noqa: S608 - our own names


class HeldGrant(NamedTuple):
    """A grant, whose it is, and of which series."""

    employee_id: str
    series: str
    grant: Grant


class KeptPolicy(Policy):
    """A resolved policy that is kept in memory, where several may ask it at once and are answered at once.

    The grants lie as columns of numbers in the order of their pairs, so that those of a pair, and those of an employee,
    stand together. `names` narrows its facts to those that map names in logs.
    """

    def __init__(self, facts: Facts, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(facts, connection)
        columns = connection.execute(_GRANTS).fetchnumpy()
        self._pairs = np.ascontiguousarray(columns["pair"], dtype=np.int64)
        self._numbers = np.stack([np.asarray(columns[name], dtype=np.int64) for name in _COLUMNS[1:]], axis=1)
        stated = connection.execute("SELECT stated, grant_id, kind, purposes, authority FROM stated").fetchall()
        self._grants_said = {row[0]: row[1:] for row in stated}
        self._positions = [(one.title, one.department) for one in facts.positions.values()]
        self._ids, self._codes = list(self.employee_keys), list(self.series_keys)
        self._count = max(1, len(self._codes))
        self.names = NameFacts(facts)
        del self.connection  # whoever opened it closes it, and nobody is to ask it then

    @cached_property
    def holders(self) -> KnownHolders:
        """Whom the parts of work access texts can name, as known then."""
        return known_holders(self.facts.positions.values(), self.facts.employees.values())

    def grants_of(self, employee_id: str, series: str) -> list[Grant]:
        """Give an employee's grants of a series, timely or not, in force or not, in the order of being named."""
        if employee_id not in self.employee_keys or series not in self.series_keys:
            return []
        pair = self.pair(employee_id, series)
        return [held.grant for held in self._held(self._between(pair, pair + 1))]

    def grants_of_employee(self, employee_id: str) -> list[HeldGrant]:
        """Give all grants of an employee, in force or not, by series and in the order of being named."""
        key = self.employee_keys.get(employee_id)
        return [] if key is None else self._held(self._between(key * self._count, (key + 1) * self._count))

    def grants_of_series(self, code: str) -> list[HeldGrant]:
        """Give all grants of a series, in force or not, by employee and in the order of being named."""
        key = self.series_keys.get(code)
        return [] if key is None else self._held(np.flatnonzero(self._pairs % self._count == key).tolist())

    def _between(self, first: int, beyond: int) -> Iterable[int]:
        start, end = np.searchsorted(self._pairs, [first, beyond]).tolist()
        return range(start, end)

    def _held(self, places: Iterable[int]) -> list[HeldGrant]:
        return [self._held_at(place) for place in places]

    def _held_at(self, place: int) -> HeldGrant:
        employee, series = divmod(int(self._pairs[place]), self._count)
        stated, position, start, end, timely_from, actions = self._numbers[place].tolist()
        grant_id, kind, purposes, authority = self._grants_said[stated]
        through = _EVERY_EMPLOYEE if kind == GrantKind.EVERYONE else ""
        if position >= 0 and kind in _THROUGH:
            through = self._positions[position][_THROUGH[kind]]
        cells = (grant_id, kind, through, actions, purposes, start, end, timely_from, authority)
        return HeldGrant(self._ids[employee], self._codes[series], grant_from_row(cells))


_EVERY_EMPLOYEE = "every employee"
_THROUGH = {str(GrantKind.POSITION): 0, str(GrantKind.DEPARTMENT): 1}  # where the words stand that say it


class _State(NamedTuple):
    """The policy of one state of the record, which its mark tells apart."""

    mark: datetime | None
    policy: KeptPolicy


class CurrentPolicy:
    """Gives the policy of the record as it is, and as it was; of one state it is resolved once.

    Kept are that of the newest state and one of the past: what the audit knew whose findings people look at.
    """

    def __init__(self) -> None:
        self._one_resolves = Lock()
        self._newest: _State | None = None
        self._past: _State | None = None
        self._past_is_asked = False  # since the newest state is what it is

    @property
    def has_past(self) -> bool:
        """Say whether a state of the past is at hand."""
        return self._past is not None

    def of(self, work: Work) -> KeptPolicy:
        """Give the policy of the state of the record that is being read."""
        return self._of_state(work, mark_of(work.session, work.now), work.now)

    def about(self, work: Work, series: Collection[str]) -> KeptPolicy:
        """Give the policy of the state of the record that is being read, for questions about some series alone.

        What is granted of others may be missing, as only these are resolved where nothing is at hand; it is not kept.
        """
        found = self._at_hand(mark_of(work.session, work.now))
        return found or _resolve(work, work.now, About(series=series, with_names=True))

    def known_at(self, work: Work, known_at: datetime | None) -> KeptPolicy:
        """Give the policy as it was known at an instant; None = now.

        It is resolved anew where that state is not at hand any more.
        """
        known_at = known_at or work.now
        return self._of_state(work, mark_of(work.session, known_at), known_at)

    def _of_state(self, work: Work, mark: datetime | None, known_at: datetime) -> KeptPolicy:
        found = self._at_hand(mark)
        if found is None:
            with self._one_resolves:  # the others wait for what they want as well
                found = self._at_hand(mark)
                if found is None:
                    found = _resolve(work, known_at)
                    self._keep(_State(mark, found))
        return found

    def _at_hand(self, mark: datetime | None) -> KeptPolicy | None:
        newest, past = self._newest, self._past
        if newest is not None and newest.mark == mark:
            return newest.policy
        if past is not None and past.mark == mark:
            self._past_is_asked = True
            return past.policy
        return None

    def _keep(self, state: _State) -> None:
        newest = self._newest
        if newest is not None and not _is_newer(state.mark, newest.mark):
            self._past, self._past_is_asked = state, True
            return
        self._newest = state
        if not self._past_is_asked:
            self._past = newest
        self._past_is_asked = False


def _resolve(work: Work, known_at: datetime, about: About | None = None) -> KeptPolicy:
    facts = load_facts(work.session, at=known_at, graces=work.settings.graces(), about=about)
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        return KeptPolicy(facts, connection)


def _is_newer(mark: datetime | None, other: datetime | None) -> bool:
    return other is None or (mark is not None and mark > other)


def mark_of(session: Session, known_at: datetime) -> datetime | None:
    """Give what tells apart the states of all that decides: the newest instant until then, as no two changes have one.

    None where nothing was known yet.
    """
    newest: datetime | None = session.execute(_NEWEST, {"known_at": known_at}).scalar_one()
    return newest


def _newest_of_each() -> Iterator[Any]:
    models: tuple[type[Recorded], ...] = (*DECIDING_TABLES, LoginForm)
    for model in models:
        table = table_of(model)
        for column in (table.c.recorded_at, table.c.superseded_at):
            yield select(func.max(column).label("instant")).where(column <= bindparam("known_at", type_=column.type))


_EACH = union_all(*_newest_of_each()).subquery()
_NEWEST = select(func.max(_EACH.c.instant, type_=_EACH.c.instant.type))
