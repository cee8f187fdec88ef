"""List accounts: whose each is, and which are still open though their person has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from access.kept_lists import KeptLists
from access.models import Account, Employment
from access.people_below import Reach
from config.recorded import known_at, table_of
from config.texts import compare_form


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
    lists: KeptLists,
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
    found = lists.accounts(session, known).having(compare_form(wanted.search))
    if reach.people() is not None or wanted.system or wanted.during or wanted.left:
        ids = set(session.exec(_chosen(wanted, reach, now, known)))
        found = [row for row in found if row.id in ids]
    shown = found[offset : offset + limit]
    accounts = session.exec(select(Account).where(col(Account.id).in_([row.id for row in shown])))
    by_id = {account.id: account for account in accounts}
    ended = _ended(session, [row.employee_id for row in shown], now, known)
    rows = [AccountRow(by_id[row.id], row.name, ended.get(row.employee_id)) for row in shown]
    systems = sorted(session.exec(select(Account.system).where(known_at(Account, known)).distinct()))
    return ListedAccounts(rows, len(found), systems)


def _chosen(wanted: AccountsFilter, reach: Reach, now: datetime, known: datetime) -> SelectOfScalar[int]:
    employed = exists().where(
        col(Employment.employee_id) == col(Account.employee_id),
        known_at(Employment, known),
        or_(col(Employment.end).is_(None), col(Employment.end) > now),
    )
    chosen = select(Account.id).where(known_at(Account, known))
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


def _ended(session: Session, employees: Sequence[str], now: datetime, known: datetime) -> dict[str, datetime]:
    """Give when those left who are not employed any more."""
    newest = (
        select(col(Employment.employee_id), func.max(col(Employment.end), type_=table_of(Employment).c.end.type))
        .where(known_at(Employment, known), col(Employment.employee_id).in_(employees))
        .group_by(col(Employment.employee_id))
        .having(func.count() == func.count(col(Employment.end)))
    )
    return {employee_id: end for employee_id, end in session.exec(newest) if end is not None and end <= now}
