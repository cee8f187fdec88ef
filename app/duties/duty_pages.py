"""The page of one temporary duty: what was done to it, what it was used for, and what can be done to it now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from access.answer_request import approve_duty, refuse_duty
from access.change_duty import Decider
from access.confirm_duty import confirm_duty
from access.duty_models import DutyAct
from access.duty_terms import read_new_end
from access.employed_at import is_employed_at
from access.extend_duty import extend_duty
from access.find_duty import Duty, Event, find_duty
from access.read_approval import read_approval
from access.revoke_duty import revoke_duty
from access.rules import ACTIONS, UNMAPPED_ACTION
from app.duties.api import Changer, Reader
from app.duties.asked import Extension, too_long
from app.duties.preview_duty import approve_as_asked, duty_sentences, preview_change
from app.duties.shown import THING, decider, version_of_duty
from app.officials.own_matters import given_text
from audit.duty_accesses import Covered
from audit.duty_uses import duty_uses
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.clock import end_text, local_text
from config.errors import Conflict, InvalidFields, NotFound
from config.looks import looked_at
from config.texts import counted
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.web.versions import VersionStale, check_version
from config.when import period_text
from config.work import Work

router = APIRouter()
_CHOSEN = tuple(action for action in ACTIONS if action != UNMAPPED_ACTION)


class ChangeForm(BaseModel):
    """A change as it was sent: of which version, what that one said, and what was typed."""

    version: str = ""
    seen: str = ""
    end: str = ""
    actions: list[str] = []
    reason: str = ""

    def refuse_too_long(self) -> None:
        """Refuse texts longer than the API takes.

        Raises:
            InvalidFields: One is.
        """
        try:
            Extension(end=self.end, reason=self.reason)
        except ValidationError as error:
            raise too_long(error) from error


class MeansForm(BaseModel):
    """What is asked of a duty's page: its uses, or what a change would mean that was filled in."""

    uses: str = ""
    means: str = ""
    end: str = ""
    actions: list[str] = []
    reason: str = ""


@dataclass(frozen=True)
class HistoryRow:
    """Something that was done to a duty."""

    at: str
    act: str
    by: str
    end: str
    note: str


@dataclass(frozen=True)
class DutyPage:
    """Everything duty.html shows.

    Args:
        acts: What the one who looks may do to it now.
        uses: What it was used for, where that was asked for.
        meaning: What a change would mean, and `meant` which one, where that was asked for.
        form: A change that could not be made, as it was typed, and what it was.
        stale: The duty has changed since it was shown to the one who wanted to change it.
        is_employed: Its holder is employed now, or when it begins: else it authorizes nothing.
        given: What was approved of it, where that is less than was asked for.
        fewer: The actions among which one may choose fewer.
    """

    duty: Duty
    state: str
    period: str
    ends: str
    revoked: str
    history: Sequence[HistoryRow]
    acts: Sequence[DutyAct]
    version: str
    is_own: bool
    is_employed: bool
    given: str
    fewer: Sequence[str]
    uses: str = ""
    meant: str = ""
    meaning: Sequence[str] = ()
    act: str = ""
    form: ChangeForm = field(default_factory=ChangeForm)
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    stale: bool = False

    @property
    def seen(self) -> str:
        """What this version says, to be shown beside a later one."""
        return f"{self.state}, {self.period}"


_CHANGES: Mapping[DutyAct, Callable[[Work, Duty, ChangeForm, Decider], Duty]] = {
    DutyAct.EXTENDED: lambda work, duty, form, by: extend_duty(
        work, duty, end=read_new_end(work, form.end), reason=form.reason, by=by
    ),
    DutyAct.REVOKED: lambda work, duty, form, by: revoke_duty(work, duty, reason=form.reason, by=by),
    DutyAct.APPROVED: lambda work, duty, form, by: approve_duty(
        work, duty, read_approval(work, form.end, ";".join(form.actions), form.reason), by=by
    ),
    DutyAct.REFUSED: lambda work, duty, form, by: refuse_duty(work, duty, reason=form.reason, by=by),
    DutyAct.CONFIRMED: lambda work, duty, _, by: confirm_duty(work, duty, by=by),
}
# a reason is no part of what a change means
_WEIGHED: Mapping[str, Callable[[Work, Duty, ChangeForm, Decider], Duty]] = {
    **{str(act): _CHANGES[act] for act in (DutyAct.EXTENDED, DutyAct.APPROVED)},
    str(DutyAct.CONFIRMED): lambda work, duty, _, by: approve_as_asked(work, duty, by),
    str(DutyAct.REVOKED): lambda work, duty, _, by: revoke_duty(work, duty, reason="to be weighed", by=by),
}
_POSSIBLE = {
    "requested": (DutyAct.APPROVED, DutyAct.REFUSED),
    "awaiting confirmation": (DutyAct.CONFIRMED, DutyAct.REFUSED),
    "scheduled": (DutyAct.EXTENDED, DutyAct.REVOKED),
    "in force": (DutyAct.EXTENDED, DutyAct.REVOKED),
}


@router.get("/duties/{duty_id}", response_class=HTMLResponse)
def show_duty(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    kept: KeptDep,
    duty_id: str,
    asked: Annotated[MeansForm, Query()],
) -> HTMLResponse:
    """Show a duty; where that is asked for, with what it was used for, or what a change of it would mean."""
    further, status = dict[str, object](), HTTPStatus.OK
    if asked.means in _WEIGHED and official.may("change", THING):
        form = ChangeForm(**asked.model_dump(include={"end", "actions", "reason"}))
        change = _WEIGHED[asked.means]
        try:
            found = preview_change(
                installation,
                kept,
                duty_id,
                lambda work, duty, by: change(work, duty, form, by),
                lambda work: decider(work, official),
            )
            with installation.read() as work:
                further = {"meaning": list(duty_sentences(found, work.zone)), "meant": asked.means}
        except InvalidFields as invalid:
            further, status = {"faults": invalid.faults}, HTTPStatus.UNPROCESSABLE_ENTITY
        except Conflict as refusal:
            further, status = {"refusal": str(refusal)}, HTTPStatus.CONFLICT
        further |= {"form": form, "act": asked.means}
    with installation.read() as work:
        return _page(request, work, official, duty_id, further, status, kept=kept if asked.uses else None)


@router.post("/duties/{duty_id}/{act}")
def take_change(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    duty_id: str,
    act: DutyAct,
    form: Annotated[ChangeForm, Form()],
) -> Response:
    """Make a change, or show the duty again with why it was not made and what was typed."""
    if act not in _CHANGES:
        raise NotFound("There is nothing at this address.")
    wrong: dict[str, object] = {"form": form, "act": act}
    try:
        form.refuse_too_long()
        with installation.change() as work:
            by = decider(work, official)
            duty = find_duty(work.session, duty_id, reach=by.reach)
            check_version(form.version, version_of_duty(duty))
            _CHANGES[act](work, duty, form, by)
        return RedirectResponse(f"/duties/{duty_id}", HTTPStatus.SEE_OTHER)
    except VersionStale:
        wrong |= {"stale": True}
        status = HTTPStatus.PRECONDITION_FAILED
    except InvalidFields as invalid:
        wrong |= {"faults": invalid.faults}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        wrong |= {"refusal": str(refusal)}
        status = HTTPStatus.CONFLICT
    with installation.read() as work:
        return _page(request, work, official, duty_id, wrong, status)


def _page(
    request: Request,
    work: Work,
    official: SignedIn,
    duty_id: str,
    wrong: Mapping[str, object],
    status: HTTPStatus = HTTPStatus.OK,
    kept: Kept | None = None,
) -> HTMLResponse:
    by = decider(work, official)
    duty = find_duty(work.session, duty_id, reach=by.reach)
    looked_at(duty.terms.employee_id)
    further = dict(wrong)
    if kept is not None:
        further["uses"] = _uses(duty_uses(work, kept, duty), work.zone)
    state, zone = duty.state(work.now), work.zone
    page = DutyPage(
        duty=duty,
        state=state,
        period=period_text(duty.terms.start, duty.terms.end, zone),
        ends=end_text(duty.terms.end, zone),
        revoked=local_text(duty.revoked_at.replace(second=0, microsecond=0), zone) if duty.revoked_at else "",
        history=[_history_row(event, zone) for event in duty.history],
        acts=_acts(duty, state, official, by),
        version=version_of_duty(duty),
        is_own=duty.terms.employee_id == by.employee_id,
        is_employed=is_employed_at(work.session, duty.terms.employee_id, max(work.now, duty.terms.start)),
        given=given_text(duty, zone),
        fewer=_CHOSEN if duty.terms.actions == "*" else duty.terms.actions.split(";"),
        **further,  # type: ignore[arg-type]  # the fields of a change that was not made
    )
    title = f"{'Error: ' if status != HTTPStatus.OK else ''}Duty of {duty.employee_name}"
    return render(request, "app/duties/duty.html", page, title=title, official=official, here="/duties", status=status)


def _acts(duty: Duty, state: str, official: SignedIn, by: Decider) -> Sequence[DutyAct]:
    if not official.may("change", THING) or duty.terms.employee_id == by.employee_id:
        return ()
    is_granter = duty.request is not None and by.login == duty.request.granter
    return [one for one in _POSSIBLE.get(state, ()) if not (one is DutyAct.CONFIRMED and is_granter)]


def _uses(found: Covered, zone: ZoneInfo) -> str:
    if found.last is None:
        return "none"
    last = local_text(found.last.replace(second=0, microsecond=0), zone)
    return f"{counted(found.count, 'access', 'accesses')}, the last on {last}"


def _history_row(event: Event, zone: ZoneInfo) -> HistoryRow:
    at = local_text(event.at.replace(second=0, microsecond=0), zone)
    return HistoryRow(at, event.act, event.by, end_text(event.end, zone) if event.end else "", event.note)
