"""The pages of positions, and the list of accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlmodel import select

from access.facts import Facts
from access.list_accounts import AccountsFilter, ListedAccounts, list_accounts
from access.models import Position
from access.position_wording import access_in_words, position_wording
from access.read_position import (
    Differences,
    Holder,
    ReachedSeries,
    differences,
    holders_of,
    reached_series,
)
from access.shared_policy import CurrentPolicyDep
from app.people.reach import reach_of
from audit.shared_kept import KeptDep
from config.errors import Invalid, NotFound
from config.recorded import known_at as known_then
from config.texts import compare_form, shortened
from config.web.as_of import AsOf, AsOfText, KnownAtText, read_as_of
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work
from inventory.queries import all_series

router = APIRouter()
_AT_ONCE = 50
Reader = Annotated[SignedIn, official_who_may("read", "people")]
Typed = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@dataclass(frozen=True)
class Paged:
    """A page of a list: its address, what was typed, and how many things come before those shown."""

    path: str
    filled: Mapping[str, str]
    offset: int
    shown: int
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last thing shown."""
        return self.offset + self.shown

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        asked = {name: text for name, text in self.filled.items() if text}
        return f"{self.path}?{urlencode({**asked, 'offset': offset})}"


@dataclass(frozen=True)
class PositionsPage:
    """Everything positions.html shows."""

    positions: Sequence[Position]
    total: int
    departments: Sequence[str]
    paged: Paged
    as_of: str
    fault: str


@dataclass(frozen=True)
class PositionPage:
    """Everything position.html shows.

    Args:
        now: Those who hold it then; `others` held it before, or will.
        description: The text for a position description; empty where it reaches nothing of its own.
    """

    position: Position
    now: Sequence[Holder]
    others: Sequence[Holder]
    reached: Sequence[tuple[ReachedSeries, str]]
    differences: Differences
    description: str
    names: Mapping[str, str]
    as_of: AsOf
    filled: Mapping[str, str]
    fault: str
    zone: ZoneInfo


@dataclass(frozen=True)
class AccountsPage:
    """Everything accounts.html shows."""

    listed: ListedAccounts
    paged: Paged
    zone: ZoneInfo
    as_of: str
    fault: str


@router.get("/positions", response_class=HTMLResponse)
def show_positions(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    q: Typed = "",
    department: Typed = "",
    known_at: KnownAtText = "",
    offset: Offset = 0,
) -> HTMLResponse:
    """List the positions, by department and title."""
    form, of_department = compare_form(q), compare_form(department)
    with installation.read() as work:
        day, fault = _day(work, "", known_at)
        every = work.session.exec(select(Position).where(known_then(Position, day.known_at or work.now))).all()
    found = [
        one
        for one in every
        if (not form or form in compare_form(f"{one.position_code} {one.title}"))
        and (not of_department or compare_form(one.department) == of_department)
    ]
    found.sort(key=lambda one: (compare_form(one.department), compare_form(one.title), one.position_code))
    shown = found[offset : offset + _AT_ONCE]
    paged = Paged("/positions", {"q": q, "department": department, "known_at": known_at}, offset, len(shown))
    departments = sorted({one.department for one in every})
    page = PositionsPage(shown, len(found), departments, paged, str(day), fault)
    return _render_list(request, "app/positions.html", page, "Positions", official)


@router.get("/positions/{code}", response_class=HTMLResponse)
def show_position(
    request: Request,
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,
    code: str,
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
) -> HTMLResponse:
    """Show one position: who holds it, what it reaches, and the text for its description."""
    filled = {"as_of": as_of, "known_at": known_at}
    with installation.read() as work:
        try:
            day, fault = read_as_of(work, as_of, known_at), ""
        except Invalid as refusal:
            day, fault = read_as_of(work), str(refusal)
        position = _find(work, code, day)
        holders = holders_of(work.session, position, reach_of(work, official), day.known_at or work.now)
        facts = policies.known_at(work, day.known_at).facts
        reached = reached_series(facts.accesses, position, day.holds)
        page = PositionPage(
            position,
            [one for one in holders if day.holds(one.start, one.end)],
            [one for one in holders if not day.holds(one.start, one.end)],
            [(one, access_in_words(one.access)) for one in reached],
            differences(reached),
            _description(work, position, reached, facts, day),
            {code: one.name for code, one in facts.series.items()},
            day,
            filled,
            fault,
            work.zone,
        )
    title = f"{'Error: ' if fault else ''}{position.title}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "app/position.html", page, title=title, official=official, here="/people", status=status)


@router.get("/accounts", response_class=HTMLResponse)
def show_accounts(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Reader,
    q: Typed = "",
    system: Typed = "",
    left: bool = False,  # noqa: FBT001, FBT002 - a field of a form
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
    offset: Offset = 0,
) -> HTMLResponse:
    """List accounts; those of people who left, where that is asked for."""
    with installation.read() as work:
        day, fault = _day(work, as_of, known_at)
        wanted = AccountsFilter(q, system, left, (day.start, day.end) if day.day else None)
        reach, known = reach_of(work, official), day.known_at
        listed = list_accounts(
            work.session, kept.lists, wanted, reach, now=work.now, limit=_AT_ONCE, offset=offset, known=known
        )
        filled = {"q": q, "system": system, "left": "1" if left else "", "as_of": as_of, "known_at": known_at}
        paged = Paged("/accounts", filled, offset, len(listed.rows))
        page = AccountsPage(listed, paged, work.zone, str(day), fault)
    return _render_list(request, "app/accounts.html", page, "Accounts", official)


def _day(work: Work, as_of: str, known: str) -> tuple[AsOf, str]:
    """Read as of which day a list is wanted; where that cannot be read, it is now, and the fault is said."""
    try:
        return read_as_of(work, as_of, known), ""
    except Invalid as refusal:
        return read_as_of(work), str(refusal)


def _render_list(
    request: Request, template: str, page: PositionsPage | AccountsPage, title: str, official: SignedIn
) -> HTMLResponse:
    title = f"Error: {title}" if page.fault else title
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    return render(request, template, page, title=title, official=official, here="/people", status=status)


def _find(work: Work, code: str, day: AsOf) -> Position:
    every = work.session.exec(select(Position).where(known_then(Position, day.known_at or work.now)))
    found = {compare_form(one.position_code): one for one in every}.get(compare_form(code))
    if found is None:
        raise NotFound(f'There is no position with the code "{shortened(code)}".')
    return found


def _description(work: Work, position: Position, reached: Sequence[ReachedSeries], facts: Facts, day: AsOf) -> str:
    series = {one.code: one for one in all_series(work.session, day.known_at or work.now)}
    wording = position_wording(position, reached, facts, series)
    return wording.text if wording else ""
