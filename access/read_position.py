"""Read what a position reaches, and in what the inventory's texts and the recorded work access differ about it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.facts import Access, PositionFacts
from access.models import Assignment, Employee, Position
from access.people_below import Reach
from config.clock import ALWAYS, FOREVER, from_microseconds
from config.recorded import known_at
from config.texts import compare_form

_OF_TEXT = "inventory:"


class Holder(NamedTuple):
    """Who holds the position during [start, end), None = open."""

    employee_id: str
    name: str
    start: datetime | None
    end: datetime | None


class ReachedSeries(NamedTuple):
    """What a position reaches: by the position itself, its department, or as every employee does."""

    code: str
    access: Access
    through: str


@dataclass(frozen=True)
class Differences:
    """The series that only one of the two gives to a position, by code.

    Args:
        in_text_only: The inventory's text names the position, and no recorded work access does.
        in_grants_only: Recorded work access names it, and the inventory's text does not.
    """

    in_text_only: Sequence[str]
    in_grants_only: Sequence[str]


def holders_of(session: Session, position: Position, reach: Reach, known: datetime) -> list[Holder]:
    """Give those who hold or held a position, of whom one may know, the newest first."""
    chosen = (
        select(col(Assignment.employee_id), col(Employee.name), col(Assignment.start), col(Assignment.end))
        .join(Employee, col(Employee.employee_id) == col(Assignment.employee_id))
        .where(
            Assignment.position_code == position.position_code, known_at(Assignment, known), known_at(Employee, known)
        )
        .order_by(col(Assignment.id).desc())
    )
    people = reach.people()
    if people is not None:
        chosen = chosen.where(col(Assignment.employee_id).in_(people))
    return [Holder(*row) for row in session.exec(chosen)]


def reached_series(
    accesses: Iterable[Access],
    position: Position | PositionFacts,
    holds: Callable[[datetime | None, datetime | None], bool],
) -> list[ReachedSeries]:
    """Give what a position reaches, by series.

    Args:
        accesses: Work access, of any holder.
        holds: Says whether a period [start, end), None = open, counts.
    """
    department = compare_form(position.department)
    found = [
        ReachedSeries(one.series, one, through)
        for one in accesses
        if (through := _through(one, position.position_code, department)) and holds(*_period(one))
    ]
    return sorted(found, key=lambda one: (one.code, one.through, one.access.grant_id))


def differences(reached: Iterable[ReachedSeries]) -> Differences:
    """Give in what the inventory's texts and the recorded work access of a position differ."""
    by_itself = [one for one in reached if one.through == "position"]
    texts = {one.code for one in by_itself if one.access.grant_id.startswith(_OF_TEXT)}
    recorded = {one.code for one in by_itself if not one.access.grant_id.startswith(_OF_TEXT)}
    return Differences(sorted(texts - recorded), sorted(recorded - texts))


def _through(access: Access, code: str, department: str) -> str:
    if access.holder_type == "everyone":
        return "every employee"
    if access.holder_type == "department" and compare_form(access.holder) == department:
        return "department"
    return "position" if access.holder_type == "position" and access.holder == code else ""


def _period(access: Access) -> tuple[datetime | None, datetime | None]:
    return (
        None if access.start <= ALWAYS else from_microseconds(access.start),
        None if access.end >= FOREVER else from_microseconds(access.end),
    )
