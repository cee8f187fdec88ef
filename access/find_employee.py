"""Find an employee by id or name."""

from datetime import datetime
from typing import NamedTuple

from access.known_tables import EMPLOYEES
from config.database import Reader
from config.errors import Conflict, NotFound
from config.known_rows import KnownRows
from config.texts import compare_form, listed

_MOST_NAMED = 10


class FoundEmployee(NamedTuple):
    """Who was meant."""

    employee_id: str
    name: str


def find_employee(reader: Reader, text: str, *, at: datetime) -> FoundEmployee:
    """Give the employee that an id or a name means, in the form in which texts compare, as known at an instant.

    Raises:
        NotFound: Nobody has it.
        Conflict: Several have the name.
    """
    form = compare_form(text)
    employees = sorted(FoundEmployee(row.employee_id, row.name) for row in KnownRows(reader, at).of(EMPLOYEES))
    fitting = [one for one in employees if compare_form(one.employee_id) == form]
    fitting = fitting or [one for one in employees if compare_form(one.name) == form]
    if not fitting:
        raise NotFound(f'There is no employee with the id or name "{text}".')
    if len(fitting) > 1:
        named = listed([f"{one.employee_id} ({one.name})" for one in fitting], _MOST_NAMED)
        raise Conflict(f'Several employees are named "{text}"; give the id of the one meant: {named}.')
    return fitting[0]
