"""Whom an official may know of, by the scope of what a route is for."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from access.delegations import delegators_of
from access.models import Assignment, Position, WorkAccess
from access.people_below import Reach, recorded_id
from config.officials.permissions import Scope
from config.recorded import current
from config.web.signed_in import SignedIn
from config.work import Work


def reach_of(work: Work, official: SignedIn) -> Reach:
    """Give whom an official may know of: the one home of that rule."""
    employee_id = recorded_id(work.session, official.employee_id) if official.employee_id else ""
    is_manager = official.scope is Scope.PEOPLE_BELOW
    stands_in_for = delegators_of(work.session, employee_id, work.now) if is_manager else ()
    return Reach(str(official.scope), employee_id, stands_in_for)


def among(reach: Reach, model: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a table of what is about employees
    """Give what a row must fulfil to be about somebody of whom one may know."""
    people = reach.people()
    return [] if people is None else [col(model.employee_id).in_(people)]


def reaching(session: Session, reach: Reach) -> list[ColumnElement[bool]]:
    """Give what work access must fulfil to reach, by its holder, somebody of whom one may know."""
    people = reach.people()
    if people is None:
        return []
    ids = session.exec(people).all()
    held = select(Assignment.position_code).where(col(Assignment.employee_id).in_(ids), current(Assignment))
    codes = session.exec(held.distinct()).all()
    departments = select(Position.department).where(col(Position.position_code).in_(codes), current(Position))
    kind, holder = col(WorkAccess.holder_type), col(WorkAccess.holder)
    return [
        or_(
            kind == "everyone",
            and_(kind == "employee", holder.in_(ids)),
            and_(kind == "position", holder.in_(codes)),
            and_(kind == "department", holder.in_(departments)),
        )
    ]
