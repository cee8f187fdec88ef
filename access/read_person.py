"""Read what is known of one person: employments, positions, accounts and trainings, each with its period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from sqlmodel import Session, col, select

from access.models import Account, Assignment, Employee, Employment, Officer, Position
from access.trainings import HeldTraining, trainings_of
from config.recorded import known_at


class HeldPosition(NamedTuple):
    """A position that somebody holds during [start, end), None = open."""

    code: str
    title: str
    department: str
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class PersonDetails:
    """What is known of one person; lists are in the order of their periods, the newest first."""

    employee: Employee
    manager: str
    employments: Sequence[Employment]
    positions: Sequence[HeldPosition]
    accounts: Sequence[Account]
    offices: Sequence[Officer]
    trainings: Sequence[HeldTraining]


def read_person(session: Session, employee: Employee, known: datetime) -> PersonDetails:
    """Read what was known of a person at an instant."""
    manager = select(Employee.name).where(Employee.employee_id == employee.manager_id, known_at(Employee, known))
    titles = {
        row.position_code: row
        for row in session.exec(
            select(Position).where(
                known_at(Position, known),
                col(Position.position_code).in_(
                    select(Assignment.position_code).where(Assignment.employee_id == employee.employee_id)
                ),
            )
        )
    }
    positions = []
    for row in _of(session, Assignment, employee, known):
        position = titles.get(row.position_code)
        title, department = (position.title, position.department) if position else ("(no longer known)", "")
        positions.append(HeldPosition(row.position_code, title, department, row.start, row.end))
    return PersonDetails(
        employee,
        session.exec(manager).first() or "",
        _of(session, Employment, employee, known),
        positions,
        sorted(_of(session, Account, employee, known), key=lambda row: (row.system, row.login)),
        _of(session, Officer, employee, known),
        trainings_of(session, employee.employee_id, known),
    )


_Held = TypeVar("_Held", Employment, Assignment, Account, Officer)


def _of(session: Session, model: type[_Held], employee: Employee, known: datetime) -> list[_Held]:
    chosen = select(model).where(model.employee_id == employee.employee_id, known_at(model, known))
    rows = session.exec(chosen.order_by(col(model.id))).all()
    return sorted(rows, key=lambda row: (row.start or _ALWAYS, row.id), reverse=True)


_ALWAYS = datetime.min.replace(tzinfo=UTC)
