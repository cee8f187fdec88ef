"""Whose people are whose: those below a manager at any depth, by the managers that stand; and whom one may know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import CTE
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from access.models import Employee
from config.errors import NotFound
from config.recorded import current
from config.spellings import Spellings
from config.texts import compare_form, shortened


@dataclass(frozen=True)
class Reach:
    """Whom one who asks may know of.

    Args:
        scope: As the policy file writes it: all, people_below (and oneself), or own.
        employee_id: Theirs, as it is recorded; empty where they are no employee.
        stands_in_for: The managers for whom they stand in, whose people are theirs meanwhile.
    """

    scope: str
    employee_id: str
    stands_in_for: tuple[str, ...] = ()

    @property
    def managers(self) -> tuple[str, ...]:
        """Themselves, and for whom they stand in."""
        return tuple(filter(None, (self.employee_id, *self.stands_in_for)))

    def people(self) -> SelectOfScalar[str] | None:
        """Give the ids of the employees, as a query to be asked within another; None where it is everybody."""
        if self.scope == "all":
            return None
        known = col(Employee.employee_id) == self.employee_id
        if self.scope == "people_below" and self.employee_id:
            known = or_(known, col(Employee.employee_id).in_(people_below(self.managers)))
        return select(Employee.employee_id).where(known, current(Employee))

    def holds(self, session: Session, employee_id: str) -> bool:
        """Say whether an employee is among them."""
        people = self.people()
        if people is None or employee_id == self.employee_id:
            return True
        return session.exec(people.where(Employee.employee_id == employee_id)).first() is not None

    def find(self, session: Session, text: str) -> Employee:
        """Give the employee among them who has an id.

        Raises:
            NotFound: Nobody among them has it, whether or not somebody else has.
        """
        if not text.strip():
            raise NotFound("Choose the person; nobody is named.")
        found = recorded_id(session, text)
        chosen = select(Employee).where(Employee.employee_id == found, current(Employee))
        employee = session.exec(chosen).first() if found and self.holds(session, found) else None
        if employee is None:
            among = "" if self.scope == "all" else " among your people"
            raise NotFound(f'There is no employee with the id "{shortened(text)}"{among}.')
        return employee


def people_below(managers: Sequence[str]) -> SelectOfScalar[str]:
    """Give the ids of those whose manager is one of some employees, or somebody below them, at any depth."""
    return select(_below(managers).c.employee_id)


class Person(NamedTuple):
    """One of somebody's people."""

    employee_id: str
    name: str


def team_of(session: Session, managers: Sequence[str]) -> Sequence[Person]:
    """Give everybody below some managers, by name."""
    columns = select(Employee.employee_id, Employee.name)
    chosen = columns.where(current(Employee), col(Employee.employee_id).in_(people_below(managers)))
    return [Person(*row) for row in session.exec(chosen.order_by(Employee.name, Employee.employee_id))]


def recorded_id(session: Session, text: str) -> str:
    """Give the id of the employee that a text means, as it is recorded; empty where there is none."""
    exact = select(Employee.employee_id).where(Employee.employee_id == text.strip(), current(Employee))
    if found := session.exec(exact).first():
        return found
    if not compare_form(text):
        return ""
    return Spellings(session.exec(select(Employee.employee_id).where(current(Employee)))).find(text) or ""


def _below(managers: Sequence[str]) -> CTE:
    first = select(Employee.employee_id).where(col(Employee.manager_id).in_(managers), current(Employee))
    below = first.cte("below", recursive=True)
    further = select(Employee.employee_id).join(below, col(Employee.manager_id) == below.c.employee_id)
    return below.union(further.where(current(Employee)))  # each person once, so that a circle comes to its end
