"""Whose people are whose: those below a manager at any depth, by the managers that stand; and whom one may know of."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CTE
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from access.models import Employee
from config.database import current
from config.errors import NotFound
from config.spellings import Spellings
from config.texts import compare_form, shortened


@dataclass(frozen=True)
class Reach:
    """Whom one who asks may know of.

    Args:
        scope: As the policy file writes it: all, people_below (and oneself), or own.
        employee_id: Theirs, as it is recorded; empty where they are no employee.
    """

    scope: str
    employee_id: str

    def people(self) -> SelectOfScalar[str] | None:
        """Give the ids of the employees, as a query to be asked within another; None where it is everybody."""
        if self.scope == "all":
            return None
        known = Employee.employee_id == self.employee_id
        if self.scope == "people_below" and self.employee_id:
            known = or_(known, col(Employee.employee_id).in_(people_below(self.employee_id)))  # type: ignore[assignment]
        return select(Employee.employee_id).where(known, current(Employee))

    def holds(self, session: Session, employee_id: str) -> bool:
        """Say whether an employee is among them."""
        people = self.people()
        if people is None:
            return True
        return employee_id == self.employee_id or employee_id in set(session.exec(people))

    def find(self, session: Session, text: str) -> Employee:
        """Give the employee among them who has an id.

        Raises:
            NotFound: Nobody among them has it, whether or not somebody else has.
        """
        found = recorded_id(session, text)
        chosen = select(Employee).where(Employee.employee_id == found, current(Employee))
        employee = session.exec(chosen).first() if found and self.holds(session, found) else None
        if employee is None:
            among = "" if self.scope == "all" else " among your people"
            raise NotFound(f'There is no employee with the id "{shortened(text)}"{among}.')
        return employee


def people_below(manager_id: str) -> SelectOfScalar[str]:
    """Give the ids of those whose manager is an employee, or somebody below that employee, at any depth."""
    return select(_below(manager_id).c.employee_id)


def team_of(session: Session, manager_id: str) -> Sequence[Employee]:
    """Give everybody below a manager, by name."""
    chosen = select(Employee).where(current(Employee), col(Employee.employee_id).in_(people_below(manager_id)))
    return session.exec(chosen.order_by(Employee.name, Employee.employee_id)).all()


def recorded_id(session: Session, text: str) -> str:
    """Give the id of the employee that a text means, as it is recorded; empty where there is none."""
    exact = select(Employee.employee_id).where(Employee.employee_id == text.strip(), current(Employee))
    if found := session.exec(exact).first():
        return found
    if not compare_form(text):
        return ""
    return Spellings(session.exec(select(Employee.employee_id).where(current(Employee)))).find(text) or ""


def _below(manager_id: str) -> CTE:
    first = select(Employee.employee_id).where(Employee.manager_id == manager_id, current(Employee))
    below = first.cte("below", recursive=True)
    further = select(Employee.employee_id).join(below, col(Employee.manager_id) == below.c.employee_id)
    return below.union(further.where(current(Employee)))  # each person once, so that a circle comes to its end
