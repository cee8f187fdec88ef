"""The pages that list temporary duties: one's own people with what ends soon, and all duties that one may know of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from access.change_duty import Decider
from access.duty_models import Asked
from access.list_duties import STATES, DutyList, ListedDuty
from access.people_below import Person, recorded_id, team_of
from access.reviews.owners import THING as REVIEWS
from app.duties.api import Reader, duty_page
from app.duties.shown import REQUESTS, THING, decider
from config.clock import end_text, start_text
from config.texts import compare_form
from config.web.rendering import render
from config.web.signed_in import InstallationDep
from config.work import Work

router = APIRouter()

ENDS_SOON = timedelta(days=3)
_A_PAGE = 50
_MOST_PEOPLE = 100


@dataclass(frozen=True)
class DutyRow:
    """A duty as a table shows it."""

    id: str
    state: str
    employee: str
    employee_id: str
    series: str
    period: str
    end: str
    granted_by: str


@dataclass(frozen=True)
class PersonRow:
    """One of one's people, and the duties of theirs that are in force or scheduled."""

    name: str
    employee_id: str
    duties: Sequence[DutyRow]


@dataclass(frozen=True)
class MyPeoplePage:
    """Everything my_people.html shows.

    Args:
        people: The first of those whose name or id fits what is looked for.
        below: How many people there are.
        fitting: How many of them fit.
        why_nobody: Why there are none, where there are none.
    """

    people: Sequence[PersonRow]
    below: int
    fitting: int
    match: str
    waiting: Sequence[DutyRow]
    ending: Sequence[DutyRow]
    zone: str
    why_nobody: str


@dataclass(frozen=True)
class DutiesPage:
    """Everything duties.html shows."""

    duties: Sequence[DutyRow]
    count: int
    states: Sequence[str]
    state: str
    employee_id: str
    may_grant: bool
    may_ask: bool
    may_read_delegations: bool
    may_read_reviews: bool
    following: str
    is_first: bool
    as_of: str


@router.get("/my-people", response_class=HTMLResponse)
def show_my_people(request: Request, installation: InstallationDep, official: Reader, match: str = "") -> HTMLResponse:
    """List those below the one who is signed in, what waits, and what ends soon."""
    with installation.read() as work:
        by = decider(work, official)
        # whose role reaches themselves alone is shown nobody, whoever has them as their manager
        is_reached = by.reach.scope != "own"
        people = team_of(work.session, by.reach.managers) if by.employee_id and is_reached else []
        duties = DutyList(replace(by.reach, scope="people_below") if is_reached else by.reach, work.now)
        page = _my_people(work, people, duties, match, _why_nobody(by, is_reached=is_reached))
    return render(request, "app/duties/my_people.html", page, title="My people", official=official, here="/my-people")


@router.get("/duties", response_class=HTMLResponse)
def show_duties(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    state: str = "",
    employee_id: str = "",
    cursor: str = "",
) -> HTMLResponse:
    """List the duties that one may know of, the one recorded last first."""
    state = state if state in STATES else ""
    with installation.read() as work:
        duties = DutyList(decider(work, official).reach, work.now)
        known = recorded_id(work.session, employee_id) or employee_id.strip()
        chosen = duties.choose(employee_id=known, state=state)
        rows, following = duty_page(work, duties, chosen, cursor=cursor, limit=_A_PAGE)
        asked = {"state": state, "employee_id": employee_id, "cursor": following or ""}
        page = DutiesPage(
            [row_of(one, work.zone) for one in duties.in_words(work.session, rows)],
            duties.count(chosen, work.session),
            STATES,
            state,
            employee_id,
            official.may("change", THING),
            official.may("change", REQUESTS),
            official.may("read", "delegations"),
            official.may("read", REVIEWS),
            f"/duties?{urlencode(asked)}" if following else "",
            not cursor,
            _as_of(work.now, work.zone),
        )
    return render(request, "app/duties/duties.html", page, title="Duties", official=official, here="/duties")


def row_of(duty: ListedDuty, zone: ZoneInfo) -> DutyRow:
    """Give a duty as a table shows it."""
    end = end_text(duty.revoked_at or duty.end, zone)
    start = start_text(duty.start.replace(second=0, microsecond=0), zone)
    return DutyRow(
        duty.id,
        duty.state,
        duty.employee_name,
        duty.employee_id,
        duty.series_name,
        f"{start} {end}",
        end,
        duty.granted_by_name,
    )


def _my_people(work: Work, people: Sequence[Person], duties: DutyList, match: str, why_nobody: str) -> MyPeoplePage:
    wanted = compare_form(match)
    fitting = [one for one in people if wanted in compare_form(one.name) or wanted == compare_form(one.employee_id)]
    ids = {one.employee_id for one in people}
    held = [one for state in ("in force", "scheduled") for one in _all(work, duties, state) if one.employee_id in ids]
    held_by: dict[str, list[DutyRow]] = defaultdict(list)
    for one in held:
        held_by[one.employee_id].append(row_of(one, work.zone))
    waiting = [one for state in (Asked.REQUESTED, Asked.AWAITING) for one in _all(work, duties, state)]
    ending = [one for one in held if one.state == "in force" and one.end <= work.now + ENDS_SOON]
    return MyPeoplePage(
        [PersonRow(person.name, person.employee_id, held_by[person.employee_id]) for person in fitting[:_MOST_PEOPLE]],
        len(people),
        len(fitting),
        match,
        [row_of(one, work.zone) for one in waiting if one.employee_id in ids],
        [row_of(one, work.zone) for one in sorted(ending, key=lambda one: one.end)],
        work.zone.key,
        why_nobody,
    )


def _why_nobody(by: Decider, *, is_reached: bool) -> str:
    """Say why one who has nobody below is shown nobody, and what to do about it."""
    if not by.employee_id:
        return (
            "Your login is not tied to an employee, so nobody can be below you. "
            "Have the administrator add your employee id to it."
        )
    if not is_reached:
        return (
            "Your role here shows you yourself alone. "
            "To deal with the duties of your people, have the administrator give you that of a manager."
        )
    return (
        "Nobody has you as their manager in the newest roster, at any depth. "
        "If somebody should, have HR correct the roster."
    )


def _all(work: Work, duties: DutyList, state: str) -> Sequence[ListedDuty]:
    chosen = duties.newest_first(duties.choose(state=state))
    return duties.in_words(work.session, list(work.session.execute(chosen)))


def _as_of(now: datetime, zone: ZoneInfo) -> str:
    return f"{start_text(now.replace(second=0, microsecond=0), zone)} ({zone.key})"
