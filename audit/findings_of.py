"""Narrows findings to those of a person, a series or a department, by the names that people give them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from access.departments import Departments
from access.models import Employee
from audit.views import FindingView
from config.errors import Conflict, NotFound
from config.recorded import known_at
from config.texts import compare_form, listed
from inventory.queries import all_series

_MOST_NAMED = 10


def findings_of(
    session: Session,
    views: Sequence[FindingView],
    who: str | None,
    what: str | None,
    department: str | None,
    *,
    now: datetime,
) -> list[Callable[[FindingView], bool]]:
    """Give what a finding must fit, for each that is asked for: who, what, and the department.

    Raises:
        NotFound: A name is known nowhere; the sentence says what there is.
        Conflict: A name is that of several.
    """
    wanted: list[Callable[[FindingView], bool]] = []
    if who is not None:
        wanted.append(_of_whom(session, who, views, now))
    if what is not None:
        wanted.append(_of_what(session, what, views, now))
    if department is not None:
        wanted.append(_of_department(session, department, now))
    return wanted


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
