"""Who may confirm or refuse a proposed change of work access."""

from dataclasses import replace

from access.proposals.answer_proposal import may_decide
from access.proposals.find_proposal import THING, Proposal
from app.duties.shown import decider
from app.notices.recipients import Recipients
from config.officials.permissions import Scope
from config.web.signed_in import SignedIn
from config.work import Work


def deciders_of(work: Work, proposal: Proposal, recipients: Recipients) -> list[SignedIn]:
    """Give the officials who may decide about a proposal: not its proposer, nor whom it reaches.

    Args:
        recipients: The officials of the same state of the record.
    """
    found = recipients.who_may("change", THING)
    return [one for one in found if may_decide(work, proposal, decider(work, replace(one, scope=Scope.ALL)))]
