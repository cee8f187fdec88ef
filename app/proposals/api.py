"""The JSON door to proposed changes of work access."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from access.change_duty import Decider
from access.proposals.answer_proposal import confirm_proposal, refuse_proposal, withdraw_proposal
from access.proposals.find_proposal import STATES, THING, Proposal, find_proposal
from app.duties.shown import decider
from app.proposals.shown import ProposalView, proposal_page, proposal_view, read_proposal, version_of_proposal
from config.errors import Invalid
from config.web.paging import Cursor, Limit, Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Installation, Work

router = APIRouter(prefix="/api/v1/access-proposals", tags=["grants"])

Reader = Annotated[SignedIn, official_who_may("read", THING)]
Answerer = Annotated[SignedIn, official_who_may("change", THING)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_REASON = {"as usual": {"value": {"reason": "No such order was given"}}}
_NOTE = {"as usual": {"value": {"note": "The order was shown to me"}}}


class Noted(BaseModel):
    """What is said to an answer; it is kept, and may be empty."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=2_000, pattern=r"^[^\x00]*$")


class Refused(BaseModel):
    """Why a proposal is refused; it is kept."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")


@router.get("")
def list_proposals(
    installation: InstallationDep,
    official: Reader,
    state: Annotated[str, Query(max_length=30, description=f"One of {', '.join(STATES)}.")] = "",
    series: Annotated[str, Query(max_length=500, pattern=r"^[^\x00]*$", description="Its code.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Listed[ProposalView]:
    """List the changes of work access that were proposed, the newest first."""
    if state and state not in STATES:
        raise Invalid(f'"{state}" is no state of a proposal; the states are {", ".join(STATES)}.')
    with installation.read() as work:
        found, following = proposal_page(work, official, state=state, series=series, cursor=cursor, limit=limit)
        return Listed(items=[proposal_view(work, one) for one in found], next=following)


@router.get("/{number}")
def show_proposal(installation: InstallationDep, official: Reader, number: Number, response: Response) -> ProposalView:
    """Give a proposed change of work access, and how it was answered."""
    with installation.read() as work:
        return _answered(proposal_view(work, read_proposal(work, official, number)), response)


@router.post("/{number}/confirm")
def confirm_one(
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    version: NamedVersion,
    response: Response,
    asked: Annotated[Noted | None, Body(openapi_examples=_NOTE)] = None,
) -> ProposalView:
    """Confirm a proposed change as a second official: it is recorded now."""
    note = asked.note if asked else ""

    def answer(work: Work, proposal: Proposal, by: Decider) -> Proposal:
        return confirm_proposal(work, proposal, note=note, by=by)

    return _answered(_change(installation, official, number, version, answer), response)


@router.post("/{number}/refuse")
def refuse_one(
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    version: NamedVersion,
    response: Response,
    asked: Annotated[Refused, Body(openapi_examples=_REASON)],
) -> ProposalView:
    """Refuse a proposed change as a second official."""

    def answer(work: Work, proposal: Proposal, by: Decider) -> Proposal:
        return refuse_proposal(work, proposal, reason=asked.reason, by=by)

    return _answered(_change(installation, official, number, version, answer), response)


@router.post("/{number}/withdraw")
def withdraw_one(
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    version: NamedVersion,
    response: Response,
    asked: Annotated[Noted | None, Body(openapi_examples=_NOTE)] = None,
) -> ProposalView:
    """Withdraw a change that one proposed oneself."""
    note = asked.note if asked else ""

    def answer(work: Work, proposal: Proposal, by: Decider) -> Proposal:
        return withdraw_proposal(work, proposal, note=note, by=by)

    return _answered(_change(installation, official, number, version, answer), response)


def _change(
    installation: Installation,
    official: SignedIn,
    number: int,
    version: str,
    answer: Callable[[Work, Proposal, Decider], Proposal],
) -> ProposalView:
    with installation.change() as work:
        proposal = find_proposal(work.session, number)
        check_version(version, version_of_proposal(proposal))
        return proposal_view(work, answer(work, proposal, decider(work, official)))


def _answered(shown: ProposalView, response: Response) -> ProposalView:
    response.headers["ETag"] = shown.version
    return shown
