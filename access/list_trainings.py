"""List what people are trained for, each training once as it counts longest; what expired or soon will comes first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.models import Employee, Training
from access.people_below import Reach
from access.trainings import HeldTraining, as_held
from config.recorded import current
from config.texts import compare_form

SOON = timedelta(days=30)
STATES = ("expired", "expires within 30 days", "counts")
_NEVER = datetime.max.replace(tzinfo=UTC)


class TrainingRow(NamedTuple):
    """A training of a person; `state` is one of STATES."""

    employee_id: str
    name: str
    held: HeldTraining
    state: str


def list_trainings(
    session: Session, reach: Reach, now: datetime, *, search: str = "", state: str = ""
) -> Sequence[TrainingRow]:
    """Give the trainings of the people of whom one may know.

    Args:
        search: A part of a name, an employee's id or a training; empty = any.
        state: One of STATES; empty = any.
    """
    names = select(Employee.employee_id, Employee.name).where(current(Employee))
    trainings = select(Training).where(current(Training), Training.start <= now)
    if (people := reach.people()) is not None:
        names = names.where(col(Employee.employee_id).in_(people))
        trainings = trainings.where(col(Training.employee_id).in_(people))
    of_person = defaultdict[str, list[Training]](list)
    for row in session.exec(trainings.order_by(col(Training.start), col(Training.id))):
        of_person[row.employee_id].append(row)
    named = dict(session.exec(names).all())
    every = [
        TrainingRow(employee_id, named.get(employee_id, employee_id), held, _state(held, now))
        for employee_id, rows in of_person.items()
        for held in as_held(rows)
    ]
    found = [one for one in every if state in {"", one.state} and _has(one, search)]
    return sorted(found, key=lambda one: (one.held.expires or _NEVER, one.name, one.held.training))


def _state(held: HeldTraining, now: datetime) -> str:
    expired, soon, counts = STATES
    if held.has_expired(now):
        return expired
    return soon if held.has_expired(now + SOON) else counts


def _has(one: TrainingRow, search: str) -> bool:
    form = compare_form(search)
    return any(form in compare_form(text) for text in (one.name, one.employee_id, one.held.training))
