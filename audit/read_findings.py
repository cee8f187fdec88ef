"""Read the findings that a person asks for: those that stand, or those of one run, narrowed by what is said of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from access.departments import Departments
from access.models import Employee
from audit.finding_views import finding_views, run_views, vanished_views
from audit.rules import REASONS
from audit.statuses import NOT_FOUND, Status
from audit.views import FindingView
from config.database import known_at
from config.errors import Conflict, Invalid, NotFound
from config.texts import compare_form, listed
from inventory.queries import all_series

_MOST_NAMED = 10
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class FindingsQuestion:
    """Which findings are wanted; None = whatever it is.

    Args:
        status: One of the statuses, or that it is not found any more.
        month: As YYYY-MM.
        who: The id or name of an employee, or an account.
        what: The code or name of a series, or a resource.
        reason: One of the reasons of the decision table.
        department: In which the employee worked at the last access, or last before it.
        run: The number of a run; None = those that stand.
    """

    status: str | None = None
    month: str | None = None
    who: str | None = None
    what: str | None = None
    reason: str | None = None
    department: str | None = None
    run: int | None = None


def read_findings(session: Session, question: FindingsQuestion, zone: ZoneInfo, *, now: datetime) -> list[FindingView]:
    """Give the findings that are wanted, by month, reason, who and what.

    Raises:
        NotFound: A value that is asked for is known nowhere; the sentence says what there is.
        Conflict: A name is that of several.
        Invalid: The month is none.
    """
    status = None if question.status is None else _known(question.status, (*Status, NOT_FOUND), "status", "statuses")
    reason = None if question.reason is None else _known(question.reason, REASONS, "reason", "reasons")
    if question.month is not None and not _MONTH.fullmatch(question.month):
        raise Invalid(f'"{question.month}" is no month; write one such as 2025-03.')
    views = _asked(session, question.run, zone, is_gone=status == NOT_FOUND)
    wanted: list[Callable[[FindingView], bool]] = []
    if status is not None:
        wanted.append(lambda one: one.status == status)
    if reason is not None:
        wanted.append(lambda one: one.reason == reason)
    if question.month is not None:
        wanted.append(lambda one: one.month == question.month)
    if question.who is not None:
        wanted.append(_of_whom(session, question.who, views, now))
    if question.what is not None:
        wanted.append(_of_what(session, question.what, views, now))
    if question.department is not None:
        wanted.append(_of_department(session, question.department, now))
    return [one for one in views if all(fits(one) for fits in wanted)]


def _asked(session: Session, run: int | None, zone: ZoneInfo, *, is_gone: bool) -> list[FindingView]:
    if run is not None:
        return run_views(session, run, zone)
    return vanished_views(session) if is_gone else finding_views(session)


def _known(text: str, known: Sequence[str], one: str, several: str) -> str:
    """Give the word that a text means, however it is spelt."""
    form = compare_form(text).replace("_", " ").replace("-", " ")
    for word in known:
        if form == word.replace("_", " "):
            return word
    raise NotFound(f'"{text}" is no {one}; the {several} are {", ".join(known)}.')


def _of_whom(session: Session, text: str, views: Iterable[FindingView], now: datetime) -> Callable[[FindingView], bool]:
    form = compare_form(text)
    rows = session.execute(select(col(Employee.employee_id), col(Employee.name)).where(known_at(Employee, now)))
    named: dict[str, set[str]] = defaultdict(set)
    for employee_id, name in rows:
        named[compare_form(name)].add(employee_id)
        named[compare_form(employee_id)].add(employee_id)
    ids = _one_of(named.get(form, set()), text, "employees")
    accounts = {one.who for one in views if not one.who_is_employee and compare_form(one.who) == form}
    if not ids and not accounts:
        there = listed(sorted({one.who for one in views if one.who}), _MOST_NAMED) or "nobody"
        raise NotFound(f'There is no employee or account "{text}". The findings name {there}.')
    return lambda one: one.who in (ids if one.who_is_employee else accounts)


def _of_what(session: Session, text: str, views: Iterable[FindingView], now: datetime) -> Callable[[FindingView], bool]:
    form = compare_form(text)
    named: dict[str, set[str]] = defaultdict(set)
    for series in all_series(session, now):
        named[compare_form(series.name)].add(series.code)
        named[compare_form(series.code)].add(series.code)
    codes = _one_of(named.get(form, set()), text, "data series")
    resources = {one.what for one in views if not one.what_is_series and compare_form(one.what) == form}
    if not codes and not resources:
        there = listed(sorted({one.what for one in views if one.what}), _MOST_NAMED) or "nothing"
        raise NotFound(f'There is no data series or resource "{text}". The findings name {there}.')
    return lambda one: one.what in (codes if one.what_is_series else resources)


def _one_of(ids: set[str], text: str, several: str) -> set[str]:
    if len(ids) > 1:
        raise Conflict(f'Several {several} go by "{text}": {listed(sorted(ids), _MOST_NAMED)}. Give the one meant.')
    return ids


def _of_department(session: Session, text: str, now: datetime) -> Callable[[FindingView], bool]:
    departments, form = Departments(session, now), compare_form(text)
    if form not in {compare_form(name) for name in departments.names}:
        there = listed(departments.names, _MOST_NAMED * 3) or "none"
        raise NotFound(f'There is no department "{text}"; there are {there}.')
    return lambda one: one.who_is_employee and form in map(compare_form, departments.of(one.who, one.last))
