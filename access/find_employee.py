"""Find an employee by id or name."""

from datetime import datetime

from sqlmodel import Session, col, select

from access.models import Employee
from config.database import known_at
from config.errors import Conflict, NotFound
from config.texts import compare_form, listed

_MOST_NAMED = 10


def find_employee(session: Session, text: str, *, at: datetime) -> Employee:
    """Give the employee that an id or a name means, in the form in which texts compare, as known at an instant.

    Raises:
        NotFound: Nobody has it.
        Conflict: Several have the name.
    """
    form = compare_form(text)
    employees = session.exec(select(Employee).where(known_at(Employee, at)).order_by(col(Employee.employee_id))).all()
    fitting = [one for one in employees if compare_form(one.employee_id) == form]
    fitting = fitting or [one for one in employees if compare_form(one.name) == form]
    if not fitting:
        raise NotFound(f'There is no employee with the id or name "{text}".')
    if len(fitting) > 1:
        named = listed([f"{one.employee_id} ({one.name})" for one in fitting], _MOST_NAMED)
        raise Conflict(f'Several employees are named "{text}"; give the id of the one meant: {named}.')
    return fitting[0]
