"""Proposed changes of work access as the API gives them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from access.proposals.find_proposal import Proposal, choose_proposals, find_proposal, standing_fault
from access.proposals.models import AccessProposal
from access.proposals.propose_access import AskedChange, propose_access
from app.duties.shown import decider
from app.people.views import PeriodView
from config.clock import utc_text
from config.errors import NotPermitted
from config.looks import looked_at
from config.web.paging import Ordered, list_page
from config.web.signed_in import SignedIn
from config.web.versions import version_of
from config.work import Work


class ProposedView(PeriodView):
    """What work access would say; of a withdrawal what it says, of a taking back what would stand again, or no longer.

    `series` is its code.
    """

    series: str
    holder_type: str
    holder: str
    actions: list[str]
    purposes: list[str]
    authority: str
    recorded_at: datetime | None = Field(description="What is claimed of when it was recorded; null where nothing is.")


class ProposalView(BaseModel):
    """A change of work access that waits for a second official, or waited for one; until confirmed it holds nothing."""

    id: int
    state: str = Field(description="waiting, confirmed, refused, or withdrawn by who proposed it.")
    act: str = Field(description="state (something new), change (another statement instead), withdraw, or take back.")
    grant: str | None = Field(description="What would be changed or withdrawn, as decisions name it; null = it is new.")
    proposed: ProposedView
    takes_back: int | None = Field(description="The change that would be taken back, in the list of imports, or null.")
    reason: str
    meaning: list[str] = Field(description="What it was said to mean when it was proposed.")
    proposed_at: str
    proposed_by: str
    fault: str = Field(description="Why it can be recorded no longer, as far as that is seen at once; empty = it can.")
    answered_at: str | None
    answered_by: str | None
    note: str = Field(description="What was said to the answer; of a refusal the reason.")
    import_number: int | None = Field(description="Of the change that was made, in the list of imports.")
    version: str = Field(description="The ETag, to be sent as If-Match with an answer.")


def propose(work: Work, official: SignedIn, asked: AskedChange) -> ProposalView:
    """Keep a change as proposed by an official."""
    return proposal_view(work, propose_access(work, asked, by=decider(work, official)))


def proposal_view(work: Work, proposal: Proposal) -> ProposalView:
    """Give a proposal."""
    row, answer = proposal.row, proposal.answer
    if row.holder_type == "employee":
        looked_at(row.holder)
    said = row.model_dump(include={"series", "holder_type", "holder", "authority", "start", "end"})
    return ProposalView(
        id=row.id,
        state=proposal.state,
        act=row.act,
        grant=row.grant,
        proposed=ProposedView(
            **said,
            actions=row.actions.split(";"),
            purposes=row.purposes.split(";"),
            recorded_at=row.stated_recorded_at,
        ),
        takes_back=row.takes_back,
        reason=row.reason,
        meaning=row.meaning.split("\n"),
        proposed_at=utc_text(row.proposed_at),
        proposed_by=row.proposed_by,
        fault=standing_fault(work.session, proposal),
        answered_at=utc_text(answer.answered_at) if answer else None,
        answered_by=answer.answered_by if answer else None,
        note=answer.note if answer else "",
        import_number=answer.import_number if answer else None,
        version=version_of_proposal(proposal),
    )


def read_proposal(work: Work, official: SignedIn, number: int) -> Proposal:
    """Give the proposal of a number to one who reads it.

    Raises:
        NotFound: There is none.
        NotPermitted: They are limited to some months or sources.
    """
    _refuse_limited(official)
    return find_proposal(work.session, number)


def proposal_page(
    work: Work, official: SignedIn, *, state: str, series: str = "", cursor: str, limit: int
) -> tuple[list[Proposal], str | None]:
    """Give a page of the proposals of a state and about a series, the newest first, and the cursor of the next one.

    Raises:
        Invalid: The cursor is none.
        NotPermitted: The one who reads them is limited to some months or sources.
    """
    _refuse_limited(official)
    columns: Any = AccessProposal
    fields = {"id": Ordered(columns.id, _id_of)}
    chosen = choose_proposals(state=state, series=series)
    rows, following = list_page(work.session, chosen, fields, cursor=cursor, limit=limit, sort="-id", last="id")
    return [Proposal(row, answer) for row, answer in rows], following


def _refuse_limited(official: SignedIn) -> None:
    if official.limits:
        raise NotPermitted(
            f"Proposals say how many accesses of all logs they are about, and you may read {official.limits} alone."
        )


def _id_of(row: Any) -> object:  # noqa: ANN401 - a row of the query
    return row[0].id


def version_of_proposal(proposal: Proposal) -> str:
    """Give the version of a proposal as it stands."""
    return version_of("access-proposals", proposal.row.id, str(proposal.state))
