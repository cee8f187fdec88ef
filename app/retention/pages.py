"""The page of a source's retention: for how long it is kept, what is held, what is due, what was removed."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.logs.pages import Changer, Reader, SourceName
from app.retention.apply_retention import RemovalRequest
from app.retention.views import retention_version
from audit.logs.find_source import find_source
from audit.logs.keeping.find_due import SourceDue, find_due
from audit.logs.keeping.legal_holds import HoldRequest, legal_holds, lift_hold, place_hold, say_hold
from audit.logs.keeping.removed import removals, say_removal
from audit.logs.keeping.retention import Retention, end_retention, retention_of_sources, state_retention
from audit.logs.keeping.suggested_periods import NO_CODE, SUGGESTED, SuggestedPeriod
from audit.logs.retention_models import HeldWhat, PeriodUnit
from config.clock import read_date
from config.errors import Conflict, Invalid, NotFound
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation, Work

router = APIRouter()
_HERE = "/logs/{source}/retention"
_MOST_DIGITS = 6
Typed = Annotated[str, Form(max_length=2_000)]


@dataclass(frozen=True)
class RetentionPage:
    """Everything that source_retention.html shows.

    Args:
        stated: How long the source is kept; None where that is not entered.
        due: What is due by that, None likewise.
        holds: The holds of it that were not lifted, by their numbers, in words.
        removed: What was removed of it, in words.
        filled: What stands in the forms, by field; `faults`, what is wrong there.
        key: Lets a removal that is sent twice be done once.
    """

    source: str
    zone: ZoneInfo
    stated: Retention | None
    due: SourceDue | None
    holds: Mapping[int, str]
    removed: Sequence[str]
    may_change: bool
    version: str
    filled: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    units: Sequence[str] = tuple(unit.value for unit in PeriodUnit)
    whats: Sequence[str] = tuple(what.value for what in HeldWhat)
    no_code: str = NO_CODE
    suggested: Sequence[SuggestedPeriod] = SUGGESTED


@router.get(_HERE, response_class=HTMLResponse)
def show_retention(
    request: Request, installation: InstallationDep, official: Reader, source: SourceName
) -> HTMLResponse:
    """Show for how long a source is kept, what is held and due, and what was removed."""
    return _show(request, installation, official, source)


@router.post(_HERE)
def take_retention(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    keeps: Typed = "",
    unit: Typed = "",
    code: Typed = "",
    citation: Typed = "",
    by_itself: Typed = "",
    version: Typed = "",
) -> Response:
    """Enter for how long a source is kept, or show the form again with what is wrong; no period at all ends it."""
    typed = {"keeps": keeps, "unit": unit, "code": code, "citation": citation, "by_itself": by_itself}

    def enter(work: Work) -> None:
        stands = retention_of_sources(work.session).get(source)
        if version != retention_version(source, stands).strip('"'):
            raise Conflict("It was changed meanwhile. What you typed is still here; save again if it is to stand.")
        if not keeps.strip() and stands is not None:
            end_retention(work, source)
        else:
            state_retention(work, source, _read(typed))

    return _do(request, installation, official, source, enter, typed, "keeps")


@router.post(f"{_HERE}/hold")
def take_hold(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    what: Typed = "",
    about: Typed = "",
    reason: Typed = "",
    first: Typed = "",
    last: Typed = "",
    everywhere: Typed = "",
) -> Response:
    """Hold accesses, or show the form again with what is wrong."""
    typed = {"what": what, "about": about, "reason": reason, "first": first, "last": last, "everywhere": everywhere}

    def enter(work: Work) -> None:
        if what not in set(HeldWhat):
            raise Invalid("Choose what is held.")
        of = "" if everywhere else source
        place_hold(work, HoldRequest(of, HeldWhat(what), about, reason, _day(first), _day(last)))

    return _do(request, installation, official, source, enter, typed, "what")


@router.post(f"{_HERE}/lift")
def take_lift(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    number: Annotated[int, Form(ge=0, le=2**31 - 1)],
) -> Response:
    """Let a legal hold end."""

    def lift(work: Work) -> None:
        lift_hold(work, number)

    return _do(request, installation, official, source, lift, {}, "holds")


@router.post(f"{_HERE}/remove")
def take_removal(
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    stamp: Annotated[str, Form(min_length=1, max_length=64)],
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Ask for the removal of what is due, as it was shown, and show the job."""
    with installation.read() as work:
        name = _named(work, official, source)
    request = JobRequest(
        JobKind.RETENTION, RemovalRequest(name, stamp), official.login, f"removal {key}" if key else ""
    )
    return RedirectResponse(f"/jobs/{enqueue(installation, request)}", HTTPStatus.SEE_OTHER)


def _do(
    request: Request,
    installation: Installation,
    official: SignedIn,
    source: str,
    enter: Callable[[Work], None],
    typed: Mapping[str, str],
    at: str,
) -> Response:
    """Change something, or show the page again with what is wrong, beside one of its fields."""
    try:
        with installation.change() as work:
            _named(work, official, source)
            enter(replace(work, by=official.login))
    except (Invalid, Conflict, NotFound) as refusal:
        return _show(request, installation, official, source, typed, {at: str(refusal)})
    return RedirectResponse(f"/logs/{quote(source, safe='')}/retention", HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    source: str,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        page = _page(work, official, source, typed or {}, faults or {})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}Retention of {source}"
    return render(
        request, "app/source_retention.html", page, title=title, official=official, here="/logs", status=status
    )


def _page(
    work: Work, official: SignedIn, source: str, typed: Mapping[str, str], faults: Mapping[str, str]
) -> RetentionPage:
    name = _named(work, official, source)
    stated = retention_of_sources(work.session).get(name)
    standing: dict[str, str] = {}
    if stated is not None:
        standing = {"keeps": str(stated.keeps), "unit": stated.unit.value, "code": stated.code}
        standing |= {"citation": stated.citation, "by_itself": "yes" if stated.by_itself else ""}
    return RetentionPage(
        name,
        work.zone,
        stated,
        next(iter(find_due(work, name)), None),
        {hold.id: say_hold(hold) for hold in legal_holds(work.session, source=name)},
        [say_removal(one, work.zone) for one in removals(work.session, name)],
        official.may("change", "sources"),
        retention_version(name, stated).strip('"'),
        {**standing, **typed},
        faults,
    )


def _named(work: Work, official: SignedIn, source: str) -> str:
    name = find_source(work.session, source).name
    if not official.limits.admit_source(name):
        raise NotFound(f'There is no source "{source}" that you may read of.')
    return name


def _read(typed: Mapping[str, str]) -> Retention:
    keeps = typed["keeps"].strip()
    if not (keeps.isascii() and keeps.isdigit() and len(keeps) <= _MOST_DIGITS):
        raise Invalid("Give for how long accesses are kept, as a number.")
    if typed["unit"] not in set(PeriodUnit):
        raise Invalid("Choose days, months or years.")
    return Retention(
        int(keeps), PeriodUnit(typed["unit"]), typed["code"], typed["citation"], by_itself=bool(typed["by_itself"])
    )


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return read_date(text)
    except ValueError as error:
        raise Invalid(f'"{text}" is no day; expected {error}.') from error
