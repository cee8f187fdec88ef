"""What a proposed change of work access would mean if it were confirmed now."""

from access.proposals.find_proposal import find_proposal
from access.proposals.record_proposal import record_proposal
from audit.kept import Kept
from audit.weigh_change import ChangeOfGrants, weigh_change
from audit.weigh_grants import Meaning
from config.errors import Conflict
from config.work import Installation, Work


def weigh_proposal(installation: Installation, kept: Kept, number: int, *, by: str) -> Meaning:
    """Say what a proposal that waits would mean now; nothing is recorded.

    Raises:
        NotFound: There is no such proposal.
        Conflict: It waits no longer, or the record has moved so that it cannot be recorded any more.
    """

    def find(work: Work) -> ChangeOfGrants:
        proposal = find_proposal(work.session, number)
        if proposal.answer is not None:
            raise Conflict(f"Proposal {number} is {proposal.state}; it would mean nothing any more.")
        return ChangeOfGrants(None, lambda: record_proposal(work, proposal.row, by=by))

    return weigh_change(installation, kept, find)
