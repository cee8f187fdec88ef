"""The pages of people: the list, and one with what may be reached and through what, drawn and in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from access.current_policy import HeldGrant
from access.list_people import ListedPeople, PeopleFilter, list_people
from access.may_reach import is_employed, let_reach
from access.read_person import PersonDetails, read_person
from app.people.reach import reach_of
from audit.draw_lanes import LANE, LEFT, TOP, WIDTH, Drawing, draw_lanes
from audit.finding_drawing import lanes_by_series
from audit.kept import AtHand, Kept
from audit.list_findings import FindingsFilter, list_findings
from audit.named_findings import NamedFinding, name_findings
from audit.person_accesses import PersonAccesses, person_accesses
from audit.person_uses import Unused, unused_series
from audit.shared_kept import KeptDep
from config.clock import read_end, read_start
from config.errors import Invalid
from config.web.as_of import AsOf, AsOfText, KnownAtText, read_as_of
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()
_HERE = "/people"
_AT_ONCE = 50
_DRAWN_BEFORE = timedelta(days=365)
_MOST_DAYS = 3_660
_MOST_LANES, _MOST_ACCESSES, _MOST_FINDINGS = 100, 2_000, 20
Reader = Annotated[SignedIn, official_who_may("read", "people")]
Typed = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True)
class PeoplePage:
    """Everything people.html shows.

    Args:
        filled: What was typed, by the field's name.
        fault: Why what was asked for cannot be shown; empty where it can.
        offset: How many people come before those shown.
    """

    listed: ListedPeople
    as_of: str
    filled: Mapping[str, str]
    fault: str
    offset: int
    is_narrowed: bool
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last person shown."""
        return self.offset + len(self.listed.people)

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        return f"{_HERE}?{urlencode({**{name: text for name, text in self.filled.items() if text}, 'offset': offset})}"


@dataclass(frozen=True)
class PersonPage:
    """Everything person.html shows.

    Args:
        held: What may be reached as of then, and through what; nothing outside employment.
        names: Of the series, by code.
        drawing: All grants of the period asked for; None where there is none in it.
        left_out: How many grants of the period are too many to be drawn.
        accesses: Where they were asked for, by one who may read them.
        unused: Likewise, what of `held` was not used for some days.
        findings: None for those who may not read findings.
    """

    details: PersonDetails
    trainings: Sequence[str]
    held: Sequence[HeldGrant]
    names: Mapping[str, str]
    as_of: AsOf
    is_employed: bool
    filled: Mapping[str, str]
    fault: str
    zone: ZoneInfo
    drawing: Drawing | None
    left_out: int
    accesses: PersonAccesses | None
    may_read_accesses: bool
    unused: Unused | None
    findings: Sequence[NamedFinding] | None
    findings_total: int
    may_open_series: bool
    left: int = LEFT
    width: int = WIDTH
    lane: int = LANE
    top: int = TOP


@router.get(_HERE, response_class=HTMLResponse)
def show_people(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Reader,
    q: Typed = "",
    department: Typed = "",
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """List people, by name."""
    filled, fault = {"q": q, "department": department, "as_of": as_of, "known_at": known_at}, ""
    with installation.read() as work:
        try:
            day = read_as_of(work, as_of, known_at)
        except Invalid as refusal:
            day, fault = read_as_of(work), str(refusal)
        wanted = PeopleFilter(day.start, day.end, day.known_at or work.now, q, department)
        reach = reach_of(work, official)
        listed = list_people(work.session, kept.lists, wanted, reach, limit=_AT_ONCE, offset=offset)
        page = PeoplePage(listed, str(day), filled, fault, offset, any(filled.values()))
    title, status = ("Error: People", HTTPStatus.UNPROCESSABLE_ENTITY) if fault else ("People", HTTPStatus.OK)
    return render(request, "app/people.html", page, title=title, official=official, here=_HERE, status=status)


@router.get(f"{_HERE}/{{employee_id}}", response_class=HTMLResponse)
def show_person(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Reader,
    employee_id: str,
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
    begin: Annotated[str, Query(alias="from", max_length=60)] = "",
    end: Annotated[str, Query(alias="to", max_length=60)] = "",
    accesses: bool = False,  # noqa: FBT001, FBT002 - a field of a form
    unused: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show one person: employments, positions, accounts, what may be reached and through what, drawn over time."""
    filled = {"as_of": as_of, "known_at": known_at, "from": begin, "to": end, "accesses": "1" if accesses else ""}
    filled["unused"] = unused
    page = _person_page(installation, kept, official, employee_id, filled)
    title = f"{'Error: ' if page.fault else ''}{page.details.employee.name}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    return render(request, "app/person.html", page, title=title, official=official, here=_HERE, status=status)


def _person_page(
    installation: Installation, kept: Kept, official: SignedIn, employee_id: str, filled: Mapping[str, str]
) -> PersonPage:
    with installation.read() as work:
        employee = reach_of(work, official).find(work.session, employee_id)
        try:
            day, span, fault = read_as_of(work, filled["as_of"], filled["known_at"]), _span(work, filled), ""
            days = _days(filled["unused"])
        except Invalid as refusal:
            day, span, fault, days = read_as_of(work), _span(work, {}), str(refusal), 0
        known = day.known_at or work.now
        policy = kept.policy.known_at(work, day.known_at)
        names = {code: series.name for code, series in policy.facts.series.items()}
        every = policy.grants_of_employee(employee.employee_id)
        may_read = _may_read_accesses(official)
        read = _accesses(work, kept, employee.employee_id, span) if may_read and filled["accesses"] else None
        drawn = [one for one in every if _meets(one, span)]
        findings, total = _findings(work, kept, official, employee.employee_id)
        held = let_reach(policy, every, day)
        reached = {one.series for one in held if not policy.facts.series[one.series].public}
        details = read_person(work.session, employee, known)
        return PersonPage(
            details,
            [one.sentence(work.now, work.zone) for one in details.trainings],
            held,
            names,
            day,
            is_employed(policy, employee.employee_id, day),
            filled,
            fault,
            work.zone,
            _drawing(drawn, names, read, span, work.zone),
            max(0, len(drawn) - _MOST_LANES),
            read,
            may_read,
            unused_series(work, kept, employee.employee_id, reached, days) if may_read and days else None,
            findings,
            total,
            official.may("read", "inventory"),
        )


def _days(text: str) -> int:
    """Read for how many days something was not used; nothing asked for = 0."""
    if not text.strip():
        return 0
    if not text.strip().isdecimal() or not 0 < int(text) <= _MOST_DAYS:
        raise Invalid(f'"{text}" is no number of days; give one from 1 to {_MOST_DAYS:,}.')
    return int(text)


def _may_read_accesses(official: SignedIn) -> bool:
    """Say whether an official is shown a person's accesses; who is limited is given decisions within the limits."""
    return official.may("read", "findings") and official.may("read", "events") and not official.limits


def _accesses(work: Work, kept: Kept, employee_id: str, span: tuple[datetime, datetime]) -> PersonAccesses:
    return person_accesses(work, kept, employee_id, span, most=_MOST_ACCESSES)


def _span(work: Work, filled: Mapping[str, str]) -> tuple[datetime, datetime]:
    start = _moment(filled.get("from", ""), read_start, work.zone)
    end = _moment(filled.get("to", ""), read_end, work.zone) or work.now + timedelta(days=30)
    start = start or min(end, work.now) - _DRAWN_BEFORE
    if start >= end:
        raise Invalid("The period to be drawn ends before it begins; give a later last day, or an earlier first one.")
    return start, end


def _moment(text: str, read: Callable[[str, ZoneInfo], datetime], zone: ZoneInfo) -> datetime | None:
    try:
        return read(text, zone) if text.strip() else None
    except ValueError as error:
        raise Invalid(f'"{text}" cannot be read; expected {error}.') from error


def _meets(held: HeldGrant, span: tuple[datetime, datetime]) -> bool:
    start, end = held.grant.start, held.grant.end
    return (start is None or start < span[1]) and (end is None or end > span[0])


def _drawing(
    held: Sequence[HeldGrant],
    names: Mapping[str, str],
    accesses: PersonAccesses | None,
    span: tuple[datetime, datetime],
    zone: ZoneInfo,
) -> Drawing | None:
    lanes = lanes_by_series(held[:_MOST_LANES], names)
    ticks = accesses.first if accesses else ()
    return draw_lanes(lanes, ticks, zone, span=span) if lanes or ticks else None


def _findings(
    work: Work, kept: Kept, official: SignedIn, employee_id: str
) -> tuple[Sequence[NamedFinding] | None, int]:
    if not official.may("read", "findings"):
        return None, 0
    wanted = FindingsFilter(who=employee_id)
    found = list_findings(
        work.session,
        wanted,
        now=work.now,
        limit=_MOST_FINDINGS,
        limits=official.limits,
        at_hand=AtHand(kept, work),
    )
    return name_findings(work.session, found.findings, work.now), found.total
