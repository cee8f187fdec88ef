"""The grants that stand and are in force: work access by statement and by text, temporary duties; whom each reaches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from access.match_work_access import match_parts
from access.models import Assignment, Employee, Employment, Position, TemporaryDuty, WorkAccess
from access.reviews.models import ItemKind
from config.recorded import Recorded, current
from config.texts import compare_form
from inventory.models import DataSeries, PartResolution, WorkAccessPart
from inventory.rules import all_public


@dataclass(frozen=True)
class StandingGrant:
    """A grant that stands and is in force.

    Args:
        row: Of `work_access`, `temporary_duties` or `work_access_parts`.
        reached: The employees whom it reaches now; None = everyone.
        positions: By which it is held, or which its one holder holds now; in compare form, as are the departments.
    """

    kind: ItemKind
    row: Any
    holder_type: str
    holder: str
    reached: frozenset[str] | None
    positions: frozenset[str]
    departments: frozenset[str]


def reviewed_grants(session: Session, now: datetime) -> list[StandingGrant]:
    """Give the grants in force of data that are not public, by series and holder; what begins later is none of them."""
    known = _People(session, now)
    public = {
        row.code
        for row in _standing(session, DataSeries)
        if all_public(row.classes, row.unreadable_classes, row.classification_text)
    }
    every = [*_stated(known, session, now), *_by_text(known, session), *_duties(known, session, now)]
    found = [one for one in every if one.row.series not in public]
    return sorted(found, key=lambda one: (one.row.series, one.holder_type, compare_form(one.holder), one.row.id))


def _stated(known: "_People", session: Session, now: datetime) -> Iterator[StandingGrant]:
    for row in _standing(session, WorkAccess):
        if _holds(row, now):
            yield known.grant(ItemKind.WORK_ACCESS, row, row.holder_type, row.holder, [(row.holder_type, row.holder)])


def _by_text(known: "_People", session: Session) -> Iterator[StandingGrant]:
    """Give the parts of work access texts that name somebody, each once, whomever it names."""
    parts, resolutions = _standing(session, WorkAccessPart), _standing(session, PartResolution)
    holders: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for match in match_parts(parts, resolutions, known.positions.values(), known.employees).matches:
        holders[match.part.id].append((match.holder_type, match.holder))
    for part in parts:
        if part.id in holders:
            yield known.grant(ItemKind.TEXT, part, "text", part.part, holders[part.id])


def _duties(known: "_People", session: Session, now: datetime) -> Iterator[StandingGrant]:
    for row in _standing(session, TemporaryDuty):
        if _holds(row, now) and not (row.revoked_at and row.revoked_at <= now):
            yield known.grant(ItemKind.DUTY, row, "employee", row.employee_id, [("employee", row.employee_id)])


class _People:
    """Who holds what now."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.positions = {row.position_code: row for row in _standing(session, Position)}
        self.employees: Sequence[Employee] = _standing(session, Employee)
        employed = {row.employee_id for row in _standing(session, Employment) if _holds(row, now)}
        self._employed = employed
        self._held: dict[str, set[str]] = defaultdict(set)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for row in _standing(session, Assignment):
            if _holds(row, now) and row.employee_id in employed:
                self._held[row.employee_id].add(row.position_code)
                self._holders[row.position_code].add(row.employee_id)

    def grant(
        self,
        kind: ItemKind,
        row: Any,  # noqa: ANN401 - a row of any of the tables
        holder_type: str,
        holder: str,
        held_by: Iterable[tuple[str, str]],
    ) -> StandingGrant:
        """Say of a grant whom it reaches, and through which positions and departments."""
        reached, codes, departments = set[str](), set[str](), set[str]()
        is_everyones = False
        for one, name in held_by:
            is_everyones |= one == "everyone"
            own = self._codes(one, name)
            codes |= own
            departments |= {compare_form(name)} if one == "department" else self._departments(own)
            reached |= {name} & self._employed if one == "employee" else self._holding(one, name)
        return StandingGrant(
            kind,
            row,
            holder_type,
            holder,
            None if is_everyones else frozenset(reached),
            frozenset(map(compare_form, codes)),
            frozenset(departments),
        )

    def _codes(self, holder_type: str, holder: str) -> set[str]:
        if holder_type == "position":
            return {holder}
        return self._held[holder] if holder_type == "employee" else set()

    def _departments(self, codes: Iterable[str]) -> set[str]:
        return {compare_form(self.positions[code].department) for code in codes if code in self.positions}

    def _holding(self, holder_type: str, holder: str) -> set[str]:
        """Give who holds a position, or any position of a department."""
        if holder_type == "position":
            return self._holders[holder]
        wanted = compare_form(holder) if holder_type == "department" else None
        codes = [code for code, row in self.positions.items() if compare_form(row.department) == wanted]
        return set[str]().union(*(self._holders[code] for code in codes))


def _standing(session: Session, model: type[Recorded]) -> Sequence[Any]:
    columns: Any = model
    return session.exec(select(columns).where(current(model)).order_by(columns.id)).all()


def _holds(row: Any, now: datetime) -> bool:  # noqa: ANN401 - a row of any table with a period
    return (row.start is None or row.start <= now) and (row.end is None or now < row.end)
