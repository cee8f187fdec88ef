"""Answer a proposed change of work access: a second official confirms or refuses it, or its proposer withdraws it."""

from contextlib import suppress
from typing import Any

from access.about_oneself import reaches_employee
from access.change_duty import Decider
from access.import_changes import changes_at
from access.proposals.find_proposal import Proposal
from access.proposals.models import AccessProposal, ProposalAnswer, ProposalState
from access.proposals.record_proposal import record_proposal
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.undo_import import find_import
from config.errors import Conflict, InvalidFields, NotFound, NotPermitted
from config.work import Work


def confirm_proposal(work: Work, proposal: Proposal, *, note: str = "", by: Decider) -> Proposal:
    """Confirm a proposal: what it says is recorded now, and counts from now on.

    Raises:
        NotPermitted: The one who confirms proposed it, or it reaches them.
        Conflict: It was answered already, or the record has moved so that it cannot be recorded any more.
    """
    _refuse_answered(proposal)
    if is_proposer(proposal.row, by):
        raise NotPermitted("Who proposed a change of work access cannot confirm it; a second official has to.")
    _refuse_own(work, proposal.row, by)
    number = record_proposal(work, proposal.row, by=by.login)
    return _answer(work, proposal, ProposalState.CONFIRMED, note, by, number)


def refuse_proposal(work: Work, proposal: Proposal, *, reason: str, by: Decider) -> Proposal:
    """Refuse a proposal; the reason is kept.

    Raises:
        NotPermitted: The one who refuses proposed it, or it reaches them.
        InvalidFields: There is no reason.
        Conflict: It was answered already.
    """
    _refuse_answered(proposal)
    if is_proposer(proposal.row, by):
        raise NotPermitted("Who proposed a change of work access withdraws it; a second official refuses it.")
    _refuse_own(work, proposal.row, by)
    if not reason.strip():
        raise InvalidFields({"reason": "Say why it is refused; the reason is kept."})
    return _answer(work, proposal, ProposalState.REFUSED, reason, by)


def withdraw_proposal(work: Work, proposal: Proposal, *, note: str = "", by: Decider) -> Proposal:
    """Withdraw a proposal of one's own.

    Raises:
        NotPermitted: Somebody else proposed it.
        Conflict: It was answered already.
    """
    _refuse_answered(proposal)
    if not is_proposer(proposal.row, by):
        raise NotPermitted("Only who proposed a change of work access withdraws it; refuse it, with a reason.")
    return _answer(work, proposal, ProposalState.WITHDRAWN, note, by)


def is_proposer(row: AccessProposal, by: Decider) -> bool:
    """Say whether somebody proposed a change, with this login or another one of the same employee."""
    return by.login == row.proposed_by or bool(by.employee_id and by.employee_id == row.proposer)


def is_about(work: Work, row: AccessProposal, employee_id: str) -> bool:
    """Say whether a proposal reaches an employee, by what it would say or by what stands until then."""
    if not employee_id:
        return False
    rows: list[Any] = [row]
    if row.takes_back is not None:
        taken_back = find_import(work.session, row.takes_back).applied_at
        rows += (one for each in changes_at(work.session, taken_back) for one in (*each.opened, *each.closed))
    if row.number is not None:
        with suppress(NotFound):  # then nothing stands that could reach anybody
            rows.append(standing_row(work.session, WORK_ACCESS, row.number))
    return any(reaches_employee(work.session, employee_id, one) for one in rows)


def may_decide(work: Work, proposal: Proposal, by: Decider) -> bool:
    """Say whether it is for somebody to confirm or refuse a proposal, of those who may do so at all."""
    return (
        proposal.answer is None
        and not is_proposer(proposal.row, by)
        and not is_about(work, proposal.row, by.employee_id)
    )


def _refuse_answered(proposal: Proposal) -> None:
    if proposal.answer is not None:
        raise Conflict(
            f"Proposal {proposal.row.id} was {proposal.state} by {proposal.answer.answered_by}; it waits no longer."
        )


def _refuse_own(work: Work, row: AccessProposal, by: Decider) -> None:
    if is_about(work, row, by.employee_id):
        raise NotPermitted(
            "Nobody decides about work access that reaches themselves, by their name, position or department; have "
            "another official do it."
        )


def _answer(
    work: Work, proposal: Proposal, answer: ProposalState, note: str, by: Decider, import_number: int | None = None
) -> Proposal:
    answered = ProposalAnswer(
        proposal_id=proposal.row.id,
        answer=answer,
        note=note.strip(),
        import_number=import_number,
        answered_at=work.now,
        answered_by=by.login,
    )
    work.session.add(answered)
    work.session.flush()
    return Proposal(proposal.row, answered)
