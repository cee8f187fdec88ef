"""Find proposals: one by its number, or those of a state or about a series, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select
from sqlmodel import Session, col, or_, select

from access.models import WorkAccess
from access.proposals.models import AccessProposal, ProposalAnswer, ProposalState
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.undo_import import undo_import
from config.errors import Conflict, NotFound

THING = "access proposals"  # as the policy file calls them
STATES = tuple(ProposalState)


@dataclass(frozen=True)
class Proposal:
    """A proposal, and how it was answered; None while it waits."""

    row: AccessProposal
    answer: ProposalAnswer | None

    @property
    def state(self) -> str:
        """How far it has come."""
        return self.answer.answer if self.answer else ProposalState.WAITING


def find_proposal(session: Session, number: int) -> Proposal:
    """Give the proposal of a number.

    Raises:
        NotFound: There is none.
    """
    row = session.get(AccessProposal, number)
    if row is None:
        raise NotFound(f"There is no proposal {number}.")
    return Proposal(row, session.exec(select(ProposalAnswer).where(ProposalAnswer.proposal_id == number)).first())


def choose_proposals(*, state: str = "", series: str = "") -> Select[Any]:
    """Choose proposals with their answers; empty = of any state, about any series."""
    chosen: Any = select(AccessProposal, ProposalAnswer).join(
        ProposalAnswer, col(ProposalAnswer.proposal_id) == col(AccessProposal.id), isouter=True
    )
    if series:
        chosen = chosen.where(_about(series))
    if state == ProposalState.WAITING:
        chosen = chosen.where(col(ProposalAnswer.proposal_id).is_(None))
    elif state:
        chosen = chosen.where(ProposalAnswer.answer == state)
    return cast("Select[Any]", chosen)


def waiting_proposals(session: Session, *, series: str = "") -> Iterator[Proposal]:
    """Give what waits, about one series or any, the oldest first."""
    chosen = choose_proposals(state=ProposalState.WAITING, series=series).order_by(col(AccessProposal.id))
    return (Proposal(row, answer) for row, answer in session.execute(chosen))


def standing_fault(session: Session, proposal: Proposal) -> str:
    """Say why a proposal that waits can be recorded no longer, as far as that is seen at once; empty where it can."""
    if proposal.answer is not None:
        return ""
    if proposal.row.takes_back is not None:
        return _not_taken_back(session, proposal.row.takes_back, proposal.row.proposed_at)
    if proposal.row.number is None:
        return ""
    try:
        standing_row(session, WORK_ACCESS, proposal.row.number)
    except NotFound:
        return f"{proposal.row.grant} stands no longer as it did, so nothing can be changed in it as was proposed."
    return ""


def _not_taken_back(session: Session, number: int, at: datetime) -> str:
    try:
        undo_import(session, number, now=at, by="", dry_run=True)
    except Conflict as refusal:
        return str(refusal)
    return ""


def _about(series: str) -> ColumnElement[bool]:
    """Give the condition that a proposal is about a series: by what it would say, or what stands by now."""
    of_series = select(WorkAccess.id).where(WorkAccess.series == series)
    return or_(col(AccessProposal.series) == series, col(AccessProposal.number).in_(of_series))
