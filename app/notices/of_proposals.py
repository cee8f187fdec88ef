"""Notices of proposed changes of work access: which wait for a second official, and how they were answered."""

from collections.abc import Iterator

from sqlmodel import col, select

from access.proposals.find_proposal import THING, choose_proposals, waiting_proposals
from access.proposals.models import AccessProposal, ProposalAnswer, ProposalState
from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from app.proposals.deciders import deciders_of
from config.clock import utc_text
from config.recorded import current
from inventory.models import DataSeries

_LONGEST_NOTE = 300


def to_confirm(gathering: Gathering) -> Iterator[Wanted]:
    """Tell those who may confirm a proposal of it: not its proposer, nor whom it reaches."""
    work = gathering.work
    for proposal in waiting_proposals(work.session):
        row = proposal.row
        told = deciders_of(work, proposal, gathering.recipients)
        text = f"{_what(gathering, row)} waits for a second official; confirm or refuse it."
        yield from for_each(told, str(row.id), utc_text(row.proposed_at), text, f"/grants/proposals/{row.id}")


def answered(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who proposed a change of work access how somebody else answered."""
    work = gathering.work
    others = (ProposalState.CONFIRMED, ProposalState.REFUSED)
    chosen = choose_proposals().where(
        col(ProposalAnswer.answer).in_(others), col(ProposalAnswer.answered_at) > work.now - LATELY
    )
    for row, answer in work.session.execute(chosen.order_by(col(AccessProposal.id))):
        told = [one for one in gathering.recipients.named(row.proposed_by) if one.may("read", THING)]
        note = f": {answer.note[:_LONGEST_NOTE]}" if answer.note else "."
        text = f"{_what(gathering, row)} was {answer.answer}{note}"
        yield from for_each(told, str(row.id), answer.answer, text, f"/grants/proposals/{row.id}")


def _what(gathering: Gathering, row: AccessProposal) -> str:
    named = select(DataSeries.name).where(DataSeries.code == row.series, current(DataSeries))
    name = gathering.work.session.exec(named).first() or row.series
    return f"The proposed change of work access to {name} ({row.id})"
