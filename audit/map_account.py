"""Say whose an account is that the logs name: an employee's for a period, or a shared or service one."""

from dataclasses import dataclass

from access.find_employee import find_employee
from access.import_row import AnsweredRow, import_row
from config.errors import InvalidFields, Refusal
from config.tables.receipt import Receipt
from config.work import Installation, Work


@dataclass(frozen=True)
class AccountAnswer:
    """Whose an account is; each field as a file of accounts has it.

    Args:
        kind: personal, shared or service.
        employee_id: Whose, where it is personal: an employee's id, or the full name that one employee has.
        start: The first day or instant; empty = always. `end` likewise.
    """

    system: str
    login: str
    kind: str
    employee_id: str = ""
    start: str = ""
    end: str = ""


def map_account(installation: Installation, work: Work, answer: AccountAnswer, *, by: str) -> Receipt:
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
        "employee_id": _employee(work, answer.employee_id) if is_personal else "",
        "kind": answer.kind,
        "start": answer.start.strip(),
        "end": answer.end.strip(),
    }
    return import_row(installation, work, AnsweredRow("accounts", cells, "answered account"), by=by)


def _employee(work: Work, text: str) -> str:
    try:
        return find_employee(work.session, text.strip(), at=work.now).employee_id
    except Refusal as refusal:
        raise _lacking("employee_id", str(refusal)) from refusal


def _lacking(field: str, sentence: str) -> InvalidFields:
    return InvalidFields({field: sentence})
