"""Which findings are of a department, asked where they are stored: by the positions that their people held then.

It is what `Departments.of` says of one employee and one instant, as a condition of many findings.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from access.models import Assignment, Position
from audit.models import Finding, FindingFigures
from config.errors import NotFound
from config.recorded import known_at
from config.texts import compare_form


def of_department(session: Session, text: str, now: datetime) -> ColumnElement[bool]:
    """Give the condition of `Finding` and `FindingFigures` that an employee of a department did it.

    They are of the departments of the positions that they held at the last access; where they held none any more, of
    the department of the position that ended last.

    Raises:
        NotFound: There is no such department.
    """
    names = session.exec(select(Position.department).where(known_at(Position, now)).distinct()).all()
    meant = [name for name in names if compare_form(name) == compare_form(text)]
    if not meant:
        raise NotFound(f'There is no department "{text}".')
    held, other = _Held(now), _Held(now)
    then_held = exists().where(*other.by_whom, other.at_last)
    ended_last = [
        exists().where(*held.by_whom, held.before_last, held.within([name]), ~_later(held, other, names, name))
        for name in meant
    ]
    return and_(
        col(Finding.who_is_employee),
        col(Finding.who).in_(_ever_within(meant, now)),
        or_(
            exists().where(*held.by_whom, held.at_last, held.within(meant)),
            and_(~then_held, or_(*ended_last)),
        ),
    )


class _Held:
    """A position that the employee of a finding held, as conditions of an assignment."""

    def __init__(self, now: datetime) -> None:
        assignment: Any = aliased(Assignment)
        position: Any = aliased(Position)
        last = col(FindingFigures.last)
        self.tables = (assignment, position)
        self.end, self._department = assignment.end, position.department
        self.by_whom = (
            assignment.employee_id == col(Finding.who),
            assignment.position_code == position.position_code,
            known_at(assignment, now),
            known_at(position, now),
        )
        began = or_(assignment.start.is_(None), assignment.start <= last)
        self.at_last: ColumnElement[bool] = and_(began, or_(self.end.is_(None), self.end > last))
        self.before_last: ColumnElement[bool] = self.end <= last

    def within(self, departments: Collection[str]) -> ColumnElement[bool]:
        inside: ColumnElement[bool] = self._department.in_(departments)
        return inside


def _later(held: _Held, other: _Held, names: Collection[str], name: str) -> Exists:
    """Say that another position ended later; of two that ended at once, the department that sorts last counts."""
    after = other.within([one for one in names if one > name])
    ended = or_(other.end > held.end, and_(other.end == held.end, after))
    return exists().where(*other.by_whom, other.before_last, ended).correlate(Finding, FindingFigures, *held.tables)


def _ever_within(departments: Collection[str], now: datetime) -> Any:  # noqa: ANN401 - a query
    """Give the employees who ever held a position there, so that no others need to be looked at."""
    held = select(Assignment.employee_id).join(Position, col(Position.position_code) == col(Assignment.position_code))
    return held.where(known_at(Assignment, now), known_at(Position, now), col(Position.department).in_(departments))
