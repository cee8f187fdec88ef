"""Propose a change of work access: it holds for nothing, and is recorded once a second official confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from access.change_duty import Decider
from access.proposals.find_proposal import Proposal, waiting_proposals
from access.proposals.models import AccessProposal, ProposedAct
from access.stated import WORK_ACCESS
from config.errors import Conflict
from config.work import Work


@dataclass(frozen=True)
class AskedChange:
    """A change of work access that is proposed.

    Args:
        said: By column of its table, what work access would say; else as `AccessProposal` has it.
        number: Of the statement that it is about; None where it is new.
        reason: Why; may be empty.
        meaning: What it would mean, in sentences.
        takes_back: The number of the change that is taken back.
    """

    act: ProposedAct
    said: Mapping[str, Any]
    number: int | None
    reason: str
    meaning: Sequence[str]
    takes_back: int | None = None


def stated_of(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of work access, or of what is proposed of it
    """Give what a row says, by the columns of work access."""
    return {name: getattr(row, name) for name in WORK_ACCESS.columns}


def propose_access(work: Work, asked: AskedChange, *, by: Decider) -> Proposal:
    """Propose a change of work access.

    Raises:
        Conflict: Just this waits already.
    """
    this = (asked.act, asked.number, asked.takes_back, asked.said)
    for one in waiting_proposals(work.session):
        if (one.row.act, one.row.number, one.row.takes_back, stated_of(one.row)) == this:
            raise Conflict(f"Just this waits for a second official already, as proposal {one.row.id}.")
    row = AccessProposal(
        **asked.said,
        act=asked.act,
        number=asked.number,
        reason=asked.reason.strip(),
        meaning="\n".join(asked.meaning),
        proposed_at=work.now,
        proposed_by=by.login,
        proposer=by.employee_id,
        takes_back=asked.takes_back,
    )
    work.session.add(row)
    work.session.flush()
    return Proposal(row, None)
