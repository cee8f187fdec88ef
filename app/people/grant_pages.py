"""The pages on which work access is stated, ended and withdrawn, each after what that would mean."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError
from sqlmodel import col, select

from access.import_work_access import HOLDER_TYPES
from access.models import Position, WorkAccess
from access.names import Names
from access.proposals.find_proposal import waiting_proposals
from access.rules import ACTIONS, UNMAPPED_ACTION
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.trainings_of_people import trainings_of_people
from app.people.asked_access import AskedAccess, WorkAccessBody
from app.people.grants_api import AccessChanger
from app.people.other_end import with_other_end
from app.people.views import WorkAccessView, work_access_view
from app.people.weigh_access import weigh_access, weigh_withdrawal
from app.people.work_access_api import change_access, state_access, version_of_access
from app.proposals.instead import is_proposal
from app.proposals.shown import ProposalView
from audit.meaning_in_words import access_sentences
from audit.shared_kept import KeptDep
from audit.touched_findings import TouchedFinding
from audit.weigh_grants import Meaning
from config.clock import period_text
from config.errors import Conflict, Invalid, InvalidFields, NotPermitted
from config.looks import looked_at
from config.recorded import current
from config.web.once import KeyUsed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.web.versions import VersionStale
from config.work import Installation, Work
from inventory.change_series import find_series

router = APIRouter()
_HERE = "/inventory"
_CHOSEN = tuple(action for action in ACTIONS if action != UNMAPPED_ACTION)
_MOST_FINDINGS = 20
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class AccessForm(BaseModel):
    """The form of a statement as it was sent; `step` says which button was pressed."""

    holder_type: str = "position"
    holder: str = ""
    actions: list[str] = []
    purposes: str = ""
    start: str = ""
    end: str = ""
    authority: str = ""
    reason: str = ""
    key: str = ""
    step: str = "preview"

    def asked(self, series: str) -> WorkAccessBody:
        """Give what is stated.

        Raises:
            InvalidFields: A text is too long, or no action is chosen.
        """
        if not self.actions:
            raise InvalidFields({"actions": "Choose what they may do."})
        written = self.model_dump(exclude={"key", "step", "purposes"})
        purposes = [one.strip() for one in self.purposes.split(";") if one.strip()]
        try:
            return WorkAccessBody(**written, series=series, purposes=purposes)
        except ValidationError as error:
            raise InvalidFields({str(one["loc"][0]): "This is too long." for one in error.errors()}) from error


class EndForm(BaseModel):
    """How a statement is to end, as it was filled in: its last day, or that it never was so, and why."""

    act: str = ""
    end: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    reason: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] = ""
    version: str = ""


@dataclass(frozen=True)
class NewAccessPage:
    """Everything grant_new.html shows.

    Args:
        meaning: What it would mean, where that was asked for; then nothing is filled in any more but why.
        is_for_two: A second official has to confirm it.
    """

    code: str
    name: str
    form: AccessForm
    positions: Sequence[str]
    departments: Sequence[str]
    faults: Mapping[str, str] = field(default_factory=dict)
    meaning: Sequence[str] = ()
    findings: Sequence[TouchedFinding] = ()
    is_for_two: bool = False
    trainings: Sequence[str] = ()
    actions: Sequence[str] = _CHOSEN
    kinds: Sequence[str] = HOLDER_TYPES


@dataclass(frozen=True)
class AccessPage:
    """Everything grant.html shows.

    Args:
        held_by: Who is meant by its holder.
        waiting: The numbers of the proposals about it that wait for a second official.
    """

    grant: WorkAccessView
    held_by: str
    name: str
    period: str
    version: str
    form: EndForm
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    meaning: Sequence[str] = ()
    findings: Sequence[TouchedFinding] = ()
    waiting: Sequence[int] = ()


@router.get(f"{_HERE}/{{code}}/grants/new", response_class=HTMLResponse)
def show_new(request: Request, installation: InstallationDep, official: AccessChanger, code: str) -> HTMLResponse:
    """Show the form by which work access to a series is stated."""
    return _show_new(request, installation, official, code, AccessForm(actions=["*"], key=_new_key()))


@router.post(f"{_HERE}/{{code}}/grants/new")
def take_new(
    request: Request,
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    code: str,
    form: Annotated[AccessForm, Form()],
) -> Response:
    """Say what a statement would mean, or save or propose it; where something is wrong, show the form again."""
    if form.step == "change":
        return _show_new(request, installation, official, code, form)
    try:
        asked = form.asked(code)
        if form.step == "save":
            made = state_access(installation, kept, official, asked, form.key)
            proposal = int(made["id"]) if is_proposal(made) else None
            return RedirectResponse(_after(code, proposal), HTTPStatus.SEE_OTHER)
        meaning = weigh_access(installation, kept, official, AskedAccess.of(asked)).meaning
    except InvalidFields as invalid:
        return _show_new(request, installation, official, code, form, faults=invalid.faults)
    except (KeyUsed, Conflict, NotPermitted) as refusal:
        form = form.model_copy(update={"key": _new_key()})
        return _show_new(request, installation, official, code, form, faults={"holder": str(refusal)})
    return _show_new(request, installation, official, code, form, meaning=meaning)


@router.get("/grants/work-access/{number}", response_class=HTMLResponse)
def show_access(
    request: Request,
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    number: Number,
    form: Annotated[EndForm, Query()],
) -> HTMLResponse:
    """Show a statement of work access; where that is asked for, with what its end would mean."""
    if not form.act:
        return _show(request, installation, official, number, form)
    try:
        with installation.read() as work:
            row = standing_row(work.session, WORK_ACCESS, number)
            body = None if form.act == "withdraw" else with_other_end(work, row, form.end)
        if body is None:
            meaning = weigh_withdrawal(installation, kept, official, f"work-access:{number}")
        else:
            meaning = weigh_access(installation, kept, official, AskedAccess.of(body, number)).meaning
    except InvalidFields as invalid:
        return _show(request, installation, official, number, form, faults=invalid.faults)
    except (Conflict, Invalid, NotPermitted) as refusal:
        return _show(request, installation, official, number, form, refusal=str(refusal))
    return _show(request, installation, official, number, form, meaning=meaning)


@router.post("/grants/work-access/{number}")
def take_end(
    request: Request,
    installation: InstallationDep,
    official: AccessChanger,
    kept: KeptDep,
    number: Number,
    form: Annotated[EndForm, Form()],
) -> Response:
    """End a statement of work access or withdraw it, or propose to; or show it again with why not."""
    try:
        with installation.read() as work:
            row = standing_row(work.session, WORK_ACCESS, number)
            code, asked = row.series, _asked_end(work, row, number, form)
        made, _ = change_access(installation, kept, official, asked, form.version)
    except InvalidFields as invalid:
        return _show(request, installation, official, number, form, faults=invalid.faults)
    except (VersionStale, Conflict, Invalid, NotPermitted) as refusal:
        return _show(request, installation, official, number, form, refusal=str(refusal))
    proposal = made.id if isinstance(made, ProposalView) else None
    return RedirectResponse(_after(code, proposal), HTTPStatus.SEE_OTHER)


def _asked_end(work: Work, row: WorkAccess, number: int, form: EndForm) -> AskedAccess:
    if form.act != "withdraw":
        return AskedAccess.of(with_other_end(work, row, form.end, form.reason), number)
    if not form.reason.strip():
        raise InvalidFields({"reason": "Say why it was never so; the reason is kept."})
    return AskedAccess.withdrawal(number, form.reason)


def _after(code: str, proposal: int | None) -> str:
    """Give the address of what came of a change: the proposal, or the holders where it was made."""
    return f"{_HERE}/{code}#holders" if proposal is None else f"/grants/proposals/{proposal}"


def _show_new(
    request: Request,
    installation: Installation,
    official: SignedIn,
    code: str,
    form: AccessForm,
    *,
    faults: Mapping[str, str] | None = None,
    meaning: Meaning | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        series = find_series(work.session, code)
        positions = work.session.exec(
            select(Position).where(current(Position)).order_by(col(Position.position_code))
        ).all()
        page = NewAccessPage(
            series.code,
            series.name,
            form,
            [one.position_code for one in positions],
            sorted({one.department for one in positions}),
            faults or {},
            list(access_sentences(meaning, work.zone)) if meaning else (),
            (meaning.findings or meaning.touched)[:_MOST_FINDINGS] if meaning else (),
            meaning is not None and meaning.is_for_two,
            trainings_of_people(work.session, meaning.holders.ids, work.now, work.zone) if meaning else (),
        )
    title = "Check what it would mean" if meaning else f"State work access to {page.name}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}{title}"
    return render(request, "app/grant_new.html", page, title=title, official=official, here=_HERE, status=status)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    number: int,
    form: EndForm,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
    meaning: Meaning | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        row = standing_row(work.session, WORK_ACCESS, number)
        if row.holder_type == "employee":
            looked_at(row.holder)
        page = AccessPage(
            work_access_view(row),
            Names(work.session).held_by(row.holder_type, row.holder),
            find_series(work.session, row.series).name,
            period_text(row.start, row.end, work.zone),
            version_of_access(row),
            form,
            faults or {},
            refusal,
            list(access_sentences(meaning, work.zone)) if meaning else (),
            meaning.touched[:_MOST_FINDINGS] if meaning else (),
            [one.row.id for one in waiting_proposals(work.session, series=row.series) if one.row.number == number],
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    title = f"{'Error: ' if faults or refusal else ''}Work access to {page.name}"
    return render(request, "app/grant.html", page, title=title, official=official, here=_HERE, status=status)


def _new_key() -> str:
    return secrets.token_urlsafe(16)
