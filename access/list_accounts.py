"""List accounts: whose each is, and which are still open though their person has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_
from sqlmodel import Session, col, select

from access.models import Account, Employee, Employment
from access.people_below import Reach
from config.database import current
from config.texts import compare_form


@dataclass(frozen=True)
class AccountsFilter:
    """Which accounts are wanted; empty = all.

    Args:
        search: A part of a login, or of the name or id of its employee.
        left: Only those that are open though their employee is not employed any more.
    """

    search: str = ""
    system: str = ""
    left: bool = False


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
    session: Session, wanted: AccountsFilter, reach: Reach, *, now: datetime, limit: int, offset: int
) -> ListedAccounts:
    """Give the accounts that are wanted, of the people of whom one may know, by system and login."""
    employed = exists().where(
        col(Employment.employee_id) == col(Account.employee_id),
        current(Employment),
        or_(col(Employment.end).is_(None), col(Employment.end) > now),
    )
    chosen = (
        select(Account, col(Employee.name))
        .outerjoin(Employee, and_(col(Employee.employee_id) == col(Account.employee_id), current(Employee)))
        .where(current(Account))
    )
    people = reach.people()
    if people is not None:
        chosen = chosen.where(col(Account.employee_id).in_(people))
    if wanted.system:
        chosen = chosen.where(Account.system == wanted.system)
    if wanted.left:
        is_open = or_(col(Account.end).is_(None), col(Account.end) > now)
        chosen = chosen.where(Account.employee_id != "", is_open, ~employed)
    form = compare_form(wanted.search)
    found = [
        (account, name or "")
        for account, name in session.exec(chosen)
        if not form or any(form in compare_form(text) for text in (account.login, account.employee_id, name or ""))
    ]
    found.sort(key=lambda one: (one[0].system, one[0].login, one[0].id))
    shown = found[offset : offset + limit]
    ended = _ended(session, [account.employee_id for account, _ in shown], now)
    rows = [AccountRow(account, name, ended.get(account.employee_id)) for account, name in shown]
    systems = sorted(session.exec(select(Account.system).where(current(Account)).distinct()))
    return ListedAccounts(rows, len(found), systems)


def _ended(session: Session, employees: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Give when those left who are not employed any more."""
    newest = (
        select(col(Employment.employee_id), func.max(col(Employment.end), type_=Employment.__table__.c.end.type))  # type: ignore[attr-defined]  # what SQLModel gives every table
        .where(current(Employment), col(Employment.employee_id).in_(employees))
        .group_by(col(Employment.employee_id))
        .having(func.count() == func.count(col(Employment.end)))
    )
    return {employee_id: end for employee_id, end in session.exec(newest) if end is not None and end <= now}
