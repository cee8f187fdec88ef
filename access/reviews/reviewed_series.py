"""The data series of the inventory that are to be gone over, each with the employee who heads its department."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from access.models import Assignment, Employee, Employment, Position
from config.recorded import current
from config.texts import compare_form
from inventory.models import DataSeries
from inventory.queries import all_series


def reviewed_series(session: Session, now: datetime) -> Iterator[tuple[DataSeries, str]]:
    """Give each series that is not retired, and who heads its department; empty where nobody does, or several."""
    heads = heads_of_departments(session, now)
    for series in all_series(session, now):
        if series.retired is None:
            yield series, heads.get(compare_form(series.department), "")


def heads_of_departments(session: Session, now: datetime) -> Mapping[str, str]:
    """Give the employee ids of those who head departments, by the departments' names in compare form.

    That is the one of its people who manages others of them and has no manager among them; where it has none such, the
    one manager of them all.
    """
    chosen = select(Employee.employee_id, Employee.manager_id).where(current(Employee), col(Employee.manager_id) != "")
    manager_of = dict(session.exec(chosen).all())
    found = dict[str, str]()
    for department, people in _people_of_departments(session, now).items():
        managers = {manager_of[one] for one in people if one in manager_of}
        within = {one for one in managers & people if manager_of.get(one, "") not in people}
        candidates = within or managers - people
        if len(candidates) == 1:
            found[department] = candidates.pop()
    return found


def _people_of_departments(session: Session, now: datetime) -> Mapping[str, set[str]]:
    employed = select(Employment.employee_id).where(current(Employment), *_holds(Employment, now))
    held = (
        select(Position.department, Assignment.employee_id)
        .join(Assignment, col(Assignment.position_code) == col(Position.position_code))
        .where(current(Position), current(Assignment), *_holds(Assignment, now))
        .where(col(Assignment.employee_id).in_(employed))
    )
    people: dict[str, set[str]] = defaultdict(set)
    for department, employee_id in session.exec(held):
        people[compare_form(department)].add(employee_id)
    people.pop("", None)
    return people


def _holds(model: type[Assignment] | type[Employment], now: datetime) -> tuple[ColumnElement[bool], ...]:
    start, end = col(model.start), col(model.end)
    return or_(start.is_(None), start <= now), or_(end.is_(None), end > now)
