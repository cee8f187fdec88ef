"""The search that stands on every page: people, series, findings, accounts and resources that the official may read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import islice
from typing import Annotated, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, select

from access.list_accounts import AccountsFilter, list_accounts
from access.list_people import PeopleFilter, list_people
from access.people_below import Reach
from app.people.reach import reach_of
from audit.kept import Kept
from audit.list_findings import FindingsFilter, list_findings
from audit.shared_kept import KeptDep
from config.officials.limits import Limits
from config.recorded import current
from config.texts import compare_form, stands_in
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, signed_in
from config.work import Work
from inventory.models import DataSeries, ResourcePattern
from inventory.queries import all_series

router = APIRouter()
_MOST = 20
_KEY_BEGINS = 4  # a shorter beginning of a finding's key is more likely a word


class Hit(NamedTuple):
    """Something found: where it is, what it is called, and what more is said of it."""

    address: str
    name: str
    detail: str


class Hits(NamedTuple):
    """The first hits of one kind, and where all of them are listed; empty where they are shown here alone."""

    kind: str
    hits: Sequence[Hit]
    all_of_them: str = ""


@dataclass(frozen=True)
class SearchPage:
    """Everything search.html shows."""

    text: str
    found: Sequence[Hits]
    most: int = _MOST


@router.get("/search")
def search(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Annotated[SignedIn, Depends(signed_in)],
    q: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "",
) -> Response:
    """Show what is called so; where there is one thing alone, show that."""
    found = list[Hits]()
    if compare_form(q):
        with installation.read() as work:
            found = [hits for hits in _search(work, kept, official, q) if hits.hits]
    every = [hit for hits in found for hit in hits.hits]
    if len(every) == 1:
        return RedirectResponse(every[0].address, HTTPStatus.SEE_OTHER)
    return render(request, "app/search.html", SearchPage(q, found), title="Search", official=official)


def _search(work: Work, kept: Kept, official: SignedIn, text: str) -> Iterator[Hits]:
    asked = urlencode({"q": text})
    people = official.reach("read", "people")
    if people is not None:
        reach = reach_of(work, replace(official, scope=people))
        yield Hits("People", _people(work, kept, reach, text), f"/people?{asked}")
        yield Hits("Accounts", _accounts(work, kept, reach, text), f"/accounts?{asked}")
    if official.may("read", "inventory"):
        every = all_series(work.session, work.now)
        yield Hits("Data series", list(islice(_series(every, text), _MOST)), f"/inventory?{asked}")
        yield Hits("Resources", list(islice(_resources(work, every, text), _MOST)))
    if official.may("read", "findings"):
        yield Hits("Findings", list(_findings(work, text, official.limits)))


def _people(work: Work, kept: Kept, reach: Reach, text: str) -> list[Hit]:
    wanted = PeopleFilter(work.now, work.now, work.now, search=text)
    listed = list_people(work.session, kept.lists, wanted, reach, limit=_MOST, offset=0)
    return [
        Hit(f"/people/{quote(one.employee_id, safe='')}", one.name, _said(one.employee_id, *one.positions))
        for one in listed.people
    ]


def _accounts(work: Work, kept: Kept, reach: Reach, text: str) -> list[Hit]:
    wanted = AccountsFilter(text)
    listed = list_accounts(work.session, kept.lists, wanted, reach, now=work.now, limit=_MOST, offset=0)
    form = compare_form(text)
    return [
        Hit(
            _of_account(row.account.login, row.account.employee_id),
            row.account.login,
            _said(row.account.system, row.name),
        )
        for row in listed.rows
        if stands_in(form, [row.account.login])
    ]


def _of_account(login: str, employee_id: str) -> str:
    return f"/people/{quote(employee_id, safe='')}" if employee_id else f"/accounts?{urlencode({'q': login})}"


def _series(every: Sequence[DataSeries], text: str) -> Iterator[Hit]:
    form = compare_form(text)
    for one in every:
        if stands_in(form, (one.code, one.name)):
            yield Hit(f"/inventory/{quote(one.code, safe='')}", one.name, _said(one.code, one.department))


def _resources(work: Work, every: Sequence[DataSeries], text: str) -> Iterator[Hit]:
    form, names = compare_form(text), {one.code: one.name for one in every}
    columns = (col(ResourcePattern.system), col(ResourcePattern.pattern), col(ResourcePattern.series))
    chosen = select(*columns).where(current(ResourcePattern)).order_by(*columns[:2])
    for system, pattern, code in work.session.execute(chosen):
        if stands_in(form, [pattern]) and code in names:
            yield Hit(f"/inventory/{quote(code, safe='')}", f"{system}: {pattern}", _said(names[code]))


def _findings(work: Work, text: str, limits: Limits) -> Iterable[Hit]:
    form = compare_form(text)
    if len(form) < _KEY_BEGINS or not set(form) <= set("0123456789abcdef"):
        return
    wanted = FindingsFilter(key=form, sort="key")
    for one in list_findings(work.session, wanted, now=work.now, limit=_MOST, limits=limits).findings:
        yield Hit(f"/findings/{one.key}", one.key, _said(one.month, one.reason.replace("_", " ")))


def _said(*words: str) -> str:
    return ", ".join(filter(None, words))
