"""The people and the accounts of one state of the record in the order of their lists, sorted once while it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import and_, select
from sqlmodel import Session, col

from access.current_policy import mark_of
from access.models import Account, Employee
from config.recorded import known_at
from config.texts import compare_form

_BETWEEN = "\0"  # stands in no text


class OneEmployee(NamedTuple):
    """What lists tell of an employee."""

    employee_id: str
    name: str
    email: str
    manager_id: str


class OneAccount(NamedTuple):
    """What lists tell of an account; `name` is that of its employee, empty where there is none."""

    id: int
    system: str
    login: str
    employee_id: str
    name: str


Row = TypeVar("Row", OneEmployee, OneAccount)


@dataclass(frozen=True)
class InOrder(Generic[Row]):
    """Rows in the order of their list, each with the texts by which it is searched, in their compare form."""

    rows: Sequence[Row]
    texts: Sequence[str]

    def having(self, form: str) -> Sequence[Row]:
        """Give the rows in one of whose texts another stands.

        Args:
            form: The other in its compare form; empty = all rows.
        """
        if not form:
            return self.rows
        return [row for row, text in zip(self.rows, self.texts, strict=True) if form in text]


class _State(NamedTuple):
    mark: datetime | None
    people: InOrder[OneEmployee]
    accounts: InOrder[OneAccount]


class KeptLists:
    """Gives the lists of the record as it is, and as it was; those of the newest state are kept."""

    def __init__(self) -> None:
        self._one_sorts = Lock()
        self._newest: _State | None = None

    def people(self, session: Session, known: datetime) -> InOrder[OneEmployee]:
        """Give the employees known at an instant, by name."""
        return self._known_at(session, known).people

    def accounts(self, session: Session, known: datetime) -> InOrder[OneAccount]:
        """Give the accounts known at an instant, by system and login."""
        return self._known_at(session, known).accounts

    def _known_at(self, session: Session, known: datetime) -> _State:
        mark = mark_of(session, known)
        with self._one_sorts:  # the others wait for what they want as well
            newest = self._newest
            if newest is not None and newest.mark == mark:
                return newest
            found = _State(mark, people_known_at(session, known), _accounts(session, known))
            if newest is None or newest.mark is None or (mark is not None and mark > newest.mark):
                self._newest = found
            return found


def people_known_at(session: Session, known: datetime) -> InOrder[OneEmployee]:
    """Give the employees known at an instant, by name."""
    columns = (col(Employee.employee_id), col(Employee.name), col(Employee.email), col(Employee.manager_id))
    chosen = select(*columns).where(known_at(Employee, known))
    rows = [OneEmployee(*row) for row in session.connection().execute(chosen)]
    rows.sort(key=lambda row: (compare_form(row.name), row.employee_id))
    return _in_order(rows, itemgetter(0, 1, 2))


def _accounts(session: Session, known: datetime) -> InOrder[OneAccount]:
    columns = (col(Account.id), col(Account.system), col(Account.login), col(Account.employee_id), col(Employee.name))
    of_whom = and_(col(Employee.employee_id) == col(Account.employee_id), known_at(Employee, known))
    chosen = select(*columns).outerjoin_from(Account, Employee, of_whom).where(known_at(Account, known))
    rows = [OneAccount(*row[:4], row[4] or "") for row in session.connection().execute(chosen)]
    rows.sort(key=itemgetter(1, 2, 0))
    return _in_order(rows, itemgetter(2, 3, 4))


def _in_order(rows: Sequence[Row], texts: Callable[[Row], Iterable[str]]) -> InOrder[Row]:
    return InOrder(rows, [compare_form(_BETWEEN.join(texts(row))) for row in rows])
