"""The pages of proposed changes of work access: their list, and one, on which a second official answers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from access.change_duty import Decider
from access.models import WorkAccess
from access.names import Names
from access.proposals.answer_proposal import (
    confirm_proposal,
    is_about,
    is_proposer,
    refuse_proposal,
    withdraw_proposal,
)
from access.proposals.find_proposal import (
    STATES,
    THING,
    Proposal,
    find_proposal,
    standing_fault,
)
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.undo_import import find_import
from app.duties.shown import decider
from app.notices.recipients import Recipients
from app.proposals.api import Answerer, Reader
from app.proposals.deciders import deciders_of
from app.proposals.shown import proposal_page, read_proposal, version_of_proposal
from app.proposals.weigh_proposal import weigh_proposal
from audit.meaning_in_words import meaning_sentences
from audit.shared_kept import KeptDep
from audit.touched_findings import TouchedFinding
from config.clock import local_text, period_text
from config.errors import Conflict, InvalidFields, NotFound, NotPermitted
from config.looks import looked_at
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.web.versions import VersionStale, check_version
from config.work import Work

router = APIRouter()
_HERE = "/inventory"
_PLACE = "/grants/proposals"
_A_PAGE = 50
_MOST_FINDINGS = 20
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class Act(StrEnum):
    """What can be done to a proposal."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class AnswerForm(BaseModel):
    """An answer as it was sent: to which version, and what was typed."""

    version: str = ""
    reason: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] = ""


@dataclass(frozen=True)
class ProposalRow:
    """A proposal as the list shows it."""

    id: int
    state: str
    what: str
    series: str
    by: str
    at: str


@dataclass(frozen=True)
class ProposalsPage:
    """Everything proposals.html shows."""

    rows: Sequence[ProposalRow]
    state: str
    zone: str
    following: str
    states: Sequence[str] = STATES


@dataclass(frozen=True)
class ProposalPage:
    """Everything proposal.html shows.

    Args:
        held_by: Who is meant by its holder; `held_before`, by that of what stands.
        before: What stands that would be changed or withdrawn; None where it is new, or stands no longer.
        taken_back: What was said of the change that would be taken back; empty where none would be.
        claimed: What is claimed of when it was recorded; empty where nothing is.
        fault: Why it can be recorded no longer; empty where it can.
        acts: What the one who looks may do.
        mine: They proposed it; `own`: it reaches them.
        no_other: Nobody who may sign in here may confirm it.
        meaning: What it would mean now, where that was asked for, and the first of the findings that it is about.
    """

    proposal: Proposal
    name: str
    what: str
    at: str
    answered_at: str
    period: str
    held_by: str
    before: WorkAccess | None
    before_period: str
    held_before: str
    taken_back: str
    claimed: str
    fault: str
    acts: Sequence[Act]
    mine: bool
    own: bool
    no_other: bool
    version: str
    zone: str
    act: str = ""
    form: AnswerForm = field(default_factory=AnswerForm)
    meaning: Sequence[str] = ()
    findings: Sequence[TouchedFinding] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


_WHAT = {
    "state": "State work access",
    "change": "Change work access",
    "withdraw": "Withdraw work access",
    "take back": "Take back a change of work access",
}
_ANSWERS: Mapping[Act, Callable[[Work, Proposal, AnswerForm, Decider], Proposal]] = {
    Act.CONFIRM: lambda work, one, form, by: confirm_proposal(work, one, note=form.reason, by=by),
    Act.REFUSE: lambda work, one, form, by: refuse_proposal(work, one, reason=form.reason, by=by),
    Act.WITHDRAW: lambda work, one, form, by: withdraw_proposal(work, one, note=form.reason, by=by),
}


@router.get(_PLACE, response_class=HTMLResponse)
def show_proposals(
    request: Request, installation: InstallationDep, official: Reader, state: str = "", cursor: str = ""
) -> HTMLResponse:
    """List the changes of work access that were proposed, the newest first."""
    state = state if state in STATES else ""
    with installation.read() as work:
        found, following = proposal_page(work, official, state=state, cursor=cursor, limit=_A_PAGE)
        further = f"{_PLACE}?state={state}&cursor={following}" if following else ""
        names = Names(work.session)
        page = ProposalsPage([_row(work, names, one) for one in found], state, work.zone.key, further)
    title = "Proposed work access"
    return render(request, "app/proposals/proposals.html", page, title=title, official=official, here=_HERE)


@router.get(f"{_PLACE}/{{number}}", response_class=HTMLResponse)
def show_proposal(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    kept: KeptDep,
    number: Number,
    means: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show a proposal; where that is asked for, with what it would mean now."""
    further = dict[str, Any]()
    if means:
        try:
            meaning = weigh_proposal(installation, kept, number, by=official.login)
            with installation.read() as work:
                further["meaning"] = list(meaning_sentences(meaning, work.zone))
            further["findings"] = meaning.touched[:_MOST_FINDINGS]
        except Conflict as refusal:
            further["refusal"] = str(refusal)
    with installation.read() as work:
        return _page(request, work, official, number, further)


@router.post(f"{_PLACE}/{{number}}/{{act}}")
def take_answer(
    request: Request,
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    act: Act,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    """Answer a proposal, or show it again with why that was not done."""
    wrong: dict[str, Any] = {"form": form, "act": act}
    try:
        with installation.change() as work:
            proposal = find_proposal(work.session, number)
            check_version(form.version, version_of_proposal(proposal))
            _ANSWERS[act](work, proposal, form, decider(work, official))
        return RedirectResponse(f"{_PLACE}/{number}", HTTPStatus.SEE_OTHER)
    except InvalidFields as invalid:
        wrong["faults"] = invalid.faults
    except (VersionStale, Conflict, NotPermitted) as refusal:
        wrong["refusal"] = str(refusal)
    with installation.read() as work:
        return _page(request, work, official, number, wrong)


def _page(request: Request, work: Work, official: SignedIn, number: int, further: Mapping[str, Any]) -> HTMLResponse:
    proposal, by = read_proposal(work, official, number), decider(work, official)
    row, answer, before = proposal.row, proposal.answer, _standing(work, proposal)
    for one in (row, before):
        if one is not None and one.holder_type == "employee":
            looked_at(one.holder)
    mine, own = is_proposer(row, by), is_about(work, row, by.employee_id)
    names = Names(work.session)
    page = ProposalPage(
        proposal,
        names.name_of_series(row.series),
        _WHAT[row.act],
        _minute(work, row.proposed_at),
        _minute(work, answer.answered_at) if answer else "",
        period_text(row.start, row.end, work.zone),
        names.held_by(row.holder_type, row.holder),
        before,
        period_text(before.start, before.end, work.zone) if before else "",
        names.held_by(before.holder_type, before.holder) if before else "",
        find_import(work.session, row.takes_back).receipt if row.takes_back is not None else "",
        _minute(work, row.stated_recorded_at) if row.stated_recorded_at else "",
        standing_fault(work.session, proposal),
        _acts(proposal, official, mine=mine, own=own),
        mine,
        own,
        proposal.answer is None and not deciders_of(work, proposal, Recipients(work)),
        version_of_proposal(proposal),
        work.zone.key,
        **further,
    )
    is_wrong = page.faults or page.refusal
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.faults else HTTPStatus.CONFLICT if is_wrong else HTTPStatus.OK
    title = f"{'Error: ' if is_wrong else ''}Proposal {number}: {page.what.lower()} to {page.name}"
    return render(
        request, "app/proposals/proposal.html", page, title=title, official=official, here=_HERE, status=status
    )


def _acts(proposal: Proposal, official: SignedIn, *, mine: bool, own: bool) -> Sequence[Act]:
    if proposal.answer is not None or not official.may("change", THING):
        return ()
    if mine:
        return (Act.WITHDRAW,)
    return () if own else (Act.CONFIRM, Act.REFUSE)


def _standing(work: Work, proposal: Proposal) -> WorkAccess | None:
    """Give what stands that a proposal which waits would change."""
    if proposal.answer is not None or proposal.row.number is None:
        return None
    try:
        found: WorkAccess = standing_row(work.session, WORK_ACCESS, proposal.row.number)
    except NotFound:
        return None
    return found


def _row(work: Work, names: Names, proposal: Proposal) -> ProposalRow:
    row = proposal.row
    if row.holder_type == "employee":
        looked_at(row.holder)
    what = f"{_WHAT[row.act]}: {names.held_by(row.holder_type, row.holder)}"
    return ProposalRow(row.id, proposal.state, what, row.series, row.proposed_by, _minute(work, row.proposed_at))


def _minute(work: Work, instant: datetime) -> str:
    return local_text(instant.replace(second=0, microsecond=0), work.zone)
