"""The resolved policy of one state of the record, kept while that state stands, so that a question need not wait."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

import duckdb
import numpy as np
from sqlalchemy import union_all
from sqlmodel import Session, func, select

from access.facts import Facts
from access.load_facts import load_facts
from access.models import LoginForm
from access.name_facts import NameFacts
from access.recorded_tables import DECIDING_TABLES
from access.resolve_grants import Policy, grant_from_row
from access.rules import Grant, GrantKind
from config.bulk import open_bulk, plain_faults
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


class CurrentPolicy:
    """Gives the policy of the record as it is; of one state it is resolved once."""

    def __init__(self) -> None:
        self._one_resolves = Lock()
        self._kept: tuple[datetime | None, KeptPolicy] | None = None
        self._past: tuple[datetime, KeptPolicy] | None = None

    def of(self, work: Work) -> KeptPolicy:
        """Give the policy of the state of the record that is being read."""
        mark = _mark(work.session)
        found = self._of(mark)
        if found is None:
            with self._one_resolves:  # the others wait for what they want as well
                found = self._of(mark)
                if found is None:
                    found = _resolve(work, work.now)
                    if self._kept is None or _is_newer(mark, self._kept[0]):
                        self._kept = (mark, found)
        return found

    def known_at(self, work: Work, known_at: datetime | None) -> KeptPolicy:
        """Give the policy as it was known at an instant; None = now.

        It is resolved anew where what decides has changed since, but for the instant that was asked for last.
        """
        if known_at is None:
            return self.of(work)
        mark = _mark(work.session)
        if mark is None or mark <= known_at:
            return self.of(work)
        past = self._past
        if past is None or past[0] != known_at:
            with self._one_resolves:
                past = self._past
                if past is None or past[0] != known_at:
                    self._past = past = (known_at, _resolve(work, known_at))
        return past[1]

    def _of(self, mark: datetime | None) -> KeptPolicy | None:
        kept = self._kept
        return kept[1] if kept is not None and kept[0] == mark else None


def _resolve(work: Work, known_at: datetime) -> KeptPolicy:
    facts = load_facts(work.session, at=known_at, graces=work.settings.graces())
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        return KeptPolicy(facts, connection)


def _is_newer(mark: datetime | None, other: datetime | None) -> bool:
    return other is None or (mark is not None and mark > other)


def _mark(session: Session) -> datetime | None:
    """Give what tells apart the states of all that decides: its newest instant, as no two changes have the same."""
    return session.execute(_NEWEST).scalar_one()  # type: ignore[no-any-return]  # an instant, or nothing


def _newest_of_each() -> Iterator[Any]:
    for model in (*DECIDING_TABLES, LoginForm):
        table: Any = model.__table__  # type: ignore[attr-defined]  # what SQLModel gives every table
        yield select(func.max(table.c.recorded_at).label("instant"))
        yield select(func.max(table.c.superseded_at).label("instant"))


_EACH = union_all(*_newest_of_each()).subquery()
_NEWEST = select(func.max(_EACH.c.instant, type_=_EACH.c.instant.type))
