"""Say whose an account is that the logs name: an employee's for a period, or a shared or service one."""

from dataclasses import dataclass

from access.import_row import import_row
from config.errors import InvalidFields
from config.tables.receipt import Receipt
from config.work import Installation, Work


@dataclass(frozen=True)
class AccountAnswer:
    """Whose an account is; each field as a file of accounts has it.

    Args:
        kind: personal, shared or service.
        employee_id: Whose, where it is personal.
        start: The first day or instant; empty = always. `end` likewise.
    """

    system: str
    login: str
    kind: str
    employee_id: str = ""
    start: str = ""
    end: str = ""


def map_account(installation: Installation, work: Work, answer: AccountAnswer) -> Receipt:
    """Record whose an account is, as an import of its own that can be taken back.

    Raises:
        InvalidFields: A field cannot be taken.
    """
    is_personal = answer.kind == "personal"
    if is_personal and not answer.employee_id.strip():
        raise _lacking("employee_id", "Say whose account it is, or that it is a shared or a service account.")
    if not is_personal and answer.employee_id.strip():
        raise _lacking("employee_id", "A shared or service account names nobody; leave this empty.")
    cells = {
        "system": answer.system,
        "login": answer.login,
        "employee_id": answer.employee_id.strip(),
        "kind": answer.kind,
        "start": answer.start.strip(),
        "end": answer.end.strip(),
    }
    return import_row(installation, work, "accounts", cells, "answered account")


def _lacking(field: str, sentence: str) -> InvalidFields:
    return InvalidFields({field: sentence})
