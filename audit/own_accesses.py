"""The accesses of one employee, or of one account, opened by themselves and with their names mapped."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from access.accounts import AccountNormalising
from access.facts import Facts
from access.name_facts import forms_of
from access.resolve_grants import Keyed
from audit.logs.opened_logs import OpenedLogs
from audit.map_events import map_whose_and_what


@contextmanager
def accesses_of_employee(
    logs: OpenedLogs, facts: Facts, employee_id: str, start: datetime, end: datetime
) -> Iterator[Keyed]:
    """Open the accesses during [start, end) with accounts that are an employee's at some time.

    In the connection of what is given are the tables of `map_whose_and_what`.

    Args:
        facts: What maps the names in logs, as far as they can be the employee's.
    """
    logins = [login for login in facts.logins if login.employee_id == employee_id]
    with _opened(logs, facts, lambda how: forms_of(logins, how), start, end) as names:
        yield names


@contextmanager
def accesses_of_account(logs: OpenedLogs, facts: Facts, form: str, start: datetime, end: datetime) -> Iterator[Keyed]:
    """Open the accesses during [start, end) with an account, in the form in which it compares, as an employee's are."""
    with _opened(logs, facts, lambda _: [form], start, end) as names:
        yield names


@contextmanager
def _opened(
    logs: OpenedLogs,
    facts: Facts,
    forms: Callable[[AccountNormalising], Collection[str]],
    start: datetime,
    end: datetime,
) -> Iterator[Keyed]:
    with logs.events_of(forms, start, end) as connection:
        names = Keyed(facts, connection)
        map_whose_and_what(names, logs.store, logs.normalising)
        yield names
