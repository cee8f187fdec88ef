"""List accounts: whose each is, and which are still open though their person has left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Select, exists, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from access.models import Account, Employee, Employment
from access.people_below import Reach
from config.recorded import known_at, table_of
from config.texts import compare_form, stands_in

_IN_ORDER = itemgetter(1, 2, 0)


@dataclass(frozen=True)
class AccountsFilter:
    """Which accounts are wanted; empty = all.

    Args:
        search: A part of a login, or of the name or id of its employee.
        left: Only those that are open though their employee is not employed any more.
        during: Only those that hold at some moment of [start, end); None = whenever they do.
    """

    search: str = ""
    system: str = ""
    left: bool = False
    during: tuple[datetime, datetime] | None = None


class AccountRow(NamedTuple):
    """An account, whose it is, and the end of that person's newest employment, where there is one."""

    account: Account
    name: str
    left_at: datetime | None


@dataclass(frozen=True)
class ListedAccounts:
    """A part of the accounts that are wanted, how many they are, and all systems that there are."""

    rows: Sequence[AccountRow]
    total: int
    systems: Sequence[str]


def list_accounts(
    session: Session,
    wanted: AccountsFilter,
    reach: Reach,
    *,
    now: datetime,
    limit: int,
    offset: int,
    known: datetime | None = None,
) -> ListedAccounts:
    """Give the accounts that are wanted, of the people of whom one may know, by system and login.

    Args:
        known: As known here at this instant; None = now.
    """
    known = known or now
    form = compare_form(wanted.search)
    # plain rows, which load sooner, as there are many
    found = session.connection().execute(_chosen(wanted, reach, now, known)).all()
    if form:
        names = _names(session, known)
        found = [row for row in found if stands_in(form, (row[2], row[3], names.get(row[3], "")))]
    found = sorted(found, key=_IN_ORDER)
    shown = found[offset : offset + limit]
    accounts = session.exec(select(Account).where(col(Account.id).in_([row[0] for row in shown])))
    by_id, employees = {account.id: account for account in accounts}, {row[3] for row in shown}
    names, ended = _names(session, known, employees), _ended(session, employees, now, known)
    rows = [AccountRow(by_id[row[0]], names.get(row[3], ""), ended.get(row[3])) for row in shown]
    systems = sorted(session.exec(select(Account.system).where(known_at(Account, known)).distinct()))
    return ListedAccounts(rows, len(found), systems)


def _names(session: Session, known: datetime, employees: Collection[str] | None = None) -> dict[str, str]:
    """Give the names of employees by their ids; None = of all."""
    chosen = sql_select(col(Employee.employee_id), col(Employee.name)).where(known_at(Employee, known))
    if employees is not None:
        chosen = chosen.where(col(Employee.employee_id).in_(employees))
    return dict(session.connection().execute(chosen).all())


def _chosen(wanted: AccountsFilter, reach: Reach, now: datetime, known: datetime) -> Select[int, str, str, str]:
    employed = exists().where(
        col(Employment.employee_id) == col(Account.employee_id),
        known_at(Employment, known),
        or_(col(Employment.end).is_(None), col(Employment.end) > now),
    )
    columns = (col(Account.id), col(Account.system), col(Account.login), col(Account.employee_id))
    chosen = sql_select(*columns).where(known_at(Account, known))
    people = reach.people()
    if people is not None:
        chosen = chosen.where(col(Account.employee_id).in_(people))
    if wanted.system:
        chosen = chosen.where(col(Account.system) == wanted.system)
    if wanted.during:
        start, end = wanted.during
        chosen = chosen.where(or_(col(Account.start).is_(None), col(Account.start) < end))
        chosen = chosen.where(or_(col(Account.end).is_(None), col(Account.end) > start))
    if wanted.left:
        is_open = or_(col(Account.end).is_(None), col(Account.end) > now)
        chosen = chosen.where(col(Account.employee_id) != "", is_open, ~employed)
    return chosen


def _ended(session: Session, employees: Collection[str], now: datetime, known: datetime) -> dict[str, datetime]:
    """Give when those left who are not employed any more."""
    newest = (
        select(col(Employment.employee_id), func.max(col(Employment.end), type_=table_of(Employment).c.end.type))
        .where(known_at(Employment, known), col(Employment.employee_id).in_(employees))
        .group_by(col(Employment.employee_id))
        .having(func.count() == func.count(col(Employment.end)))
    )
    return {employee_id: end for employee_id, end in session.exec(newest) if end is not None and end <= now}
