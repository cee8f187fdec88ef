"""List people page by page: who works here or did, with the positions that they hold on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from access.kept_lists import KeptLists, OneEmployee
from access.models import Assignment, Employee, Employment, Position
from access.people_below import Reach
from config.recorded import known_at
from config.texts import compare_form


@dataclass(frozen=True)
class PeopleFilter:
    """Who is wanted; empty = everybody.

    Args:
        search: A part of an id, a name or an e-mail address.
        department: In which they hold a position at some moment of [start, end).
        known: As known here at this instant.
    """

    start: datetime
    end: datetime
    known: datetime
    search: str = ""
    department: str = ""


class PersonRow(NamedTuple):
    """A person, with the titles and departments of the positions held then, and whether they are employed then."""

    employee_id: str
    name: str
    email: str
    manager_id: str
    manager: str
    positions: tuple[str, ...]
    departments: tuple[str, ...]
    is_employed: bool


@dataclass(frozen=True)
class ListedPeople:
    """A part of the people who are wanted, how many they are, and all departments that there are."""

    people: Sequence[PersonRow]
    total: int
    departments: Sequence[str]


def list_people(
    session: Session, lists: KeptLists, wanted: PeopleFilter, reach: Reach, *, limit: int, offset: int
) -> ListedPeople:
    """Give the people who are wanted among those whom one may know of, by name, from a place on."""
    positions = {
        code: (title, department)
        for code, title, department in session.execute(
            select(col(Position.position_code), col(Position.title), col(Position.department)).where(
                known_at(Position, wanted.known)
            )
        )
    }
    found = lists.people(session, wanted.known).having(compare_form(wanted.search))
    below = reach.people()
    if below is not None:
        ids = set(session.exec(below))
        found = [row for row in found if row.employee_id in ids]
    if wanted.department:
        meant = compare_form(wanted.department)
        codes = {code for code, (_, department) in positions.items() if compare_form(department) == meant}
        holders = {one for one, code in _held(session, wanted) if code in codes}
        found = [row for row in found if row.employee_id in holders]
    people = _rows(session, wanted, found[offset : offset + limit], positions)
    return ListedPeople(people, len(found), sorted({department for _, department in positions.values()}))


def _rows(
    session: Session,
    wanted: PeopleFilter,
    shown: Sequence[OneEmployee],
    positions: Mapping[str, tuple[str, str]],
) -> list[PersonRow]:
    ids = [row.employee_id for row in shown]
    names = _names(session, wanted.known, {row.manager_id for row in shown})
    held = defaultdict[str, list[tuple[str, str]]](list)
    for employee_id, code in _held(session, wanted, ids):
        if code in positions:
            held[employee_id].append(positions[code])
    employed = _employed(session, wanted, ids)
    return [
        PersonRow(
            employee_id,
            name,
            email,
            manager_id,
            names.get(manager_id, ""),
            tuple(dict.fromkeys(title for title, _ in held[employee_id])),
            tuple(dict.fromkeys(department for _, department in held[employee_id])),
            employee_id in employed,
        )
        for employee_id, name, email, manager_id in shown
    ]


def _names(session: Session, known: datetime, ids: Collection[str]) -> dict[str, str]:
    columns = select(col(Employee.employee_id), col(Employee.name))
    chosen = columns.where(known_at(Employee, known), col(Employee.employee_id).in_(ids))
    return {employee_id: name for employee_id, name in session.execute(chosen)}  # noqa: C416 - rows, not pairs


def _held(session: Session, wanted: PeopleFilter, ids: Collection[str] | None = None) -> list[tuple[str, str]]:
    chosen = select(col(Assignment.employee_id), col(Assignment.position_code)).where(*_during(Assignment, wanted))
    if ids is not None:
        chosen = chosen.where(col(Assignment.employee_id).in_(ids))
    return [(row[0], row[1]) for row in session.execute(chosen.order_by(col(Assignment.id)))]


def _employed(session: Session, wanted: PeopleFilter, ids: Collection[str]) -> set[str]:
    chosen = select(col(Employment.employee_id)).where(*_during(Employment, wanted))
    return set(session.execute(chosen.where(col(Employment.employee_id).in_(ids))).scalars())


def _during(model: Any, wanted: PeopleFilter) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a table with periods
    starts, ends = col(model.start), col(model.end)
    return [
        known_at(model, wanted.known),
        or_(starts.is_(None), starts < wanted.end),
        or_(ends.is_(None), ends > wanted.start),
    ]
