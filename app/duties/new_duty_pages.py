"""The form by which a duty is granted or asked for, in two steps: what is filled in, and what it would mean."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from access.duty_terms import DutyAsked, DutyTerms, is_backdated, read_duty_terms
from access.people_below import Reach, team_of
from access.rules import ACTIONS, UNMAPPED_ACTION
from access.trainings import training_sentences
from app.duties.api import Asker, make_duty
from app.duties.asked import NewDuty, too_long
from app.duties.preview_duty import duty_sentences, preview_duty
from app.duties.shown import THING, decider
from audit.kept import Kept
from audit.shared_kept import KeptDep
from audit.touched_findings import TouchedFinding
from config.errors import InvalidFields, NotFound
from config.web.once import KeyUsed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.when import period_text
from config.work import Installation, Work
from inventory.queries import all_series

router = APIRouter()

_DAYS_OFFERED = 14
_MOST_FINDINGS = 20
_MOST_CHOICES = 300  # in a longer list nobody finds anybody, and an id is typed
_CHOSEN = tuple(action for action in ACTIONS if action != UNMAPPED_ACTION)
_TITLES = {True: "Grant a temporary duty", False: "Ask for a temporary duty"}


class DutyForm(BaseModel):
    """The form as it was sent; `step` says which button was pressed."""

    employee_id: str = ""
    series: str = ""
    actions: list[str] = []
    purposes: str = ""
    start: str = ""
    end: str = "today"
    reason: str = ""
    key: str = ""
    step: str = "preview"

    def asked(self) -> NewDuty:
        """Give what is asked for.

        Raises:
            InvalidFields: A text is too long.
        """
        written = self.model_dump(exclude={"key", "step", "actions"})
        try:
            return NewDuty(**written, actions=";".join(self.actions))
        except ValidationError as error:
            raise too_long(error) from error


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen."""

    value: str
    text: str


@dataclass(frozen=True)
class NewDutyPage:
    """Everything new_duty.html shows.

    Args:
        people: None where any employee's id may be typed.
        was_sent: The form was sent once before, with something else in it.
    """

    form: DutyForm
    may_grant: bool
    people: Sequence[Choice] | None
    series: Sequence[Choice]
    actions: Sequence[str]
    days: Sequence[Choice]
    zone: str
    longest: int
    faults: Mapping[str, str]
    was_sent: bool


@dataclass(frozen=True)
class MeaningPage:
    """Everything duty_meaning.html shows."""

    form: DutyForm
    may_grant: bool
    terms: DutyTerms
    period: str
    sentences: Sequence[str]
    trainings: Sequence[str]
    findings: Sequence[TouchedFinding]
    may_read_findings: bool


@router.get("/duties/new", response_class=HTMLResponse)
def show_form(request: Request, installation: InstallationDep, official: Asker, employee_id: str = "") -> HTMLResponse:
    """Show the form."""
    form = DutyForm(employee_id=employee_id, actions=["*"], key=_new_key())
    return _form(request, installation, official, form)


@router.post("/duties/new")
def take_form(
    request: Request,
    installation: InstallationDep,
    official: Asker,
    kept: KeptDep,
    form: Annotated[DutyForm, Form()],
) -> Response:
    """Say what the duty would mean, or save it; where something is wrong, show the form again with what was typed."""
    if form.step == "change":
        return _form(request, installation, official, form)
    try:
        asked = form.asked()
        if form.step == "save":
            made = make_duty(installation, kept, official, asked, form.key)
            return RedirectResponse(f"/duties/{made['id']}", HTTPStatus.SEE_OTHER)
        page = _meaning(installation, kept, official, form, asked)
    except InvalidFields as invalid:
        return _form(request, installation, official, form, invalid.faults)
    except KeyUsed:
        return _form(request, installation, official, form.model_copy(update={"key": _new_key()}), was_sent=True)
    except NotFound as refusal:
        return _form(request, installation, official, form, {"employee_id": str(refusal)})
    title = "Check what it would mean"
    return render(request, "app/duties/duty_meaning.html", page, title=title, official=official, here="/duties")


def _meaning(
    installation: Installation, kept: Kept, official: SignedIn, form: DutyForm, asked: DutyAsked
) -> MeaningPage:
    may_grant = official.may("change", THING)
    with installation.read() as work:
        by = decider(work, official)
        terms = read_duty_terms(work, asked, reach=by.reach)
        _refuse_own(terms, by.employee_id, may_grant=may_grant)
    found = preview_duty(installation, kept, asked, lambda work: decider(work, official))[1] if may_grant else None
    with installation.read() as work:
        return MeaningPage(
            form,
            may_grant,
            terms,
            period_text(terms.start, terms.end, work.zone),
            list(duty_sentences(found, work.zone)) if found else _past_sentences(work, terms),
            training_sentences(work.session, terms.employee_id, work.now, work.zone) if may_grant else (),
            found.meaning.findings[:_MOST_FINDINGS] if found else (),
            official.may("read", "findings"),
        )


def _past_sentences(work: Work, terms: DutyTerms) -> Sequence[str]:
    """Say to one who asks for a duty that begins in the past what they get by that."""
    if not is_backdated(work, terms.start):
        return ()
    late = "It starts in the past: what was done since then will read backdated, not authorized."
    return late, "It holds only once a second person has confirmed it."


def _form(
    request: Request,
    installation: InstallationDep,
    official: SignedIn,
    form: DutyForm,
    faults: Mapping[str, str] | None = None,
    *,
    was_sent: bool = False,
) -> HTMLResponse:
    may_grant = official.may("change", THING)
    with installation.read() as work:
        reach = decider(work, official).reach
        page = NewDutyPage(
            form,
            may_grant,
            _people(work, reach, may_grant=may_grant),
            [Choice(one.code, f"{one.name} ({one.code})") for one in all_series(work.session, work.now)],
            _CHOSEN,
            _days(work),
            work.zone.key,
            work.settings.longest_duty_days,
            faults or {},
            was_sent,
        )
    title = f"{'Error: ' if faults else ''}{_TITLES[may_grant]}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.CONFLICT if was_sent else HTTPStatus.OK
    return render(
        request, "app/duties/new_duty.html", page, title=title, official=official, here="/duties", status=status
    )


def _new_key() -> str:
    return secrets.token_urlsafe(16)


def _people(work: Work, reach: Reach, *, may_grant: bool) -> Sequence[Choice] | None:
    """Give whom a duty can be for: one's people, or where one only asks, oneself; None = its id is typed."""
    if reach.scope == "all":
        return None
    people = team_of(work.session, reach.managers) if may_grant and reach.employee_id else []
    chosen = [Choice(one.employee_id, f"{one.name} ({one.employee_id})") for one in people]
    if not may_grant and reach.employee_id:
        chosen = [Choice(reach.employee_id, f"myself ({reach.employee_id})")]
    return chosen if len(chosen) <= _MOST_CHOICES else None


def _days(work: Work) -> Sequence[Choice]:
    """Give the coming days, to be picked."""
    today = work.now.astimezone(work.zone).date()
    days = [today + timedelta(days=step) for step in range(_DAYS_OFFERED)]
    return [Choice(day.isoformat(), f"{day:%A} {day.day} {day:%B}") for day in days]


def _refuse_own(terms: DutyTerms, employee_id: str, *, may_grant: bool) -> None:
    if may_grant and terms.employee_id == employee_id:
        raise InvalidFields({"employee_id": "Nobody grants themselves a duty; have your manager do it."})
