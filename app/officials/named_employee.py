"""The employee whom an official is, by the id that is recorded: by another nobody is kept from their own matters."""

from access.find_employee import find_employee
from config.errors import InvalidFields, Refusal
from config.work import Work


def named_employee(work: Work, text: str) -> str:
    """Give the id of an employee, named by id or name; empty where nobody is named.

    Raises:
        NotFound: There is no such employee.
        Conflict: Several are called so.
    """
    return find_employee(work.reader, text, at=work.now).employee_id if text.strip() else ""


def employee_of_field(work: Work, text: str) -> str:
    """Give the id as `named_employee` does.

    Raises:
        InvalidFields: There is no such employee, or several are called so.
    """
    try:
        return named_employee(work, text)
    except Refusal as refusal:
        raise InvalidFields({"employee_id": str(refusal)}) from refusal
