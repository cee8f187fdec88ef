"""What a change of work access would mean, before it is saved."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from access.proposals.propose_access import stated_of
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.withdraw_grant import series_of_grant, withdraw_grant
from app.people.asked_access import AskedAccess
from app.people.enter import entered_row
from app.people.own_record import refuse_own
from audit.kept import Kept
from audit.weigh_change import ChangeOfGrants, weigh_change
from audit.weigh_grants import Meaning
from config.looks import looked_at_accesses
from config.web.signed_in import SignedIn
from config.work import Installation, Work

_A_REASON = "to be weighed"


class WeighedAccess(NamedTuple):
    """What a change of work access would mean, and what work access would say; of a withdrawal what it says."""

    meaning: Meaning
    said: Mapping[str, Any]


def weigh_access(installation: Installation, kept: Kept, official: SignedIn, asked: AskedAccess) -> WeighedAccess:
    """Say what a change of work access would mean; nothing is recorded.

    Raises: As `AskedAccess.make`, and:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    said = dict[str, Any]()

    def make(work: Work) -> None:
        row = None if asked.number is None else standing_row(work.session, WORK_ACCESS, asked.number)
        said.update(stated_of(row) if row else {})
        asked.make(work, official)
        if asked.body is not None and (entered := entered_row(work, WORK_ACCESS)):
            said.update(stated_of(entered))

    meaning = weigh_change(installation, kept, lambda work: ChangeOfGrants(asked.codes(work), lambda: make(work)))
    return WeighedAccess(meaning, said)


def to_be_shown(meaning: Meaning) -> Meaning:
    """Give what a change would mean to who asked: what people did, and what was found of it, is looked at by that."""
    reached = meaning.holders.ids
    looked_at_accesses(reached[0] if len(reached) == 1 else "")
    return meaning


def weigh_withdrawal(installation: Installation, kept: Kept, official: SignedIn, grant: str) -> Meaning:
    """Say what it would mean to take a grant of any kind as never having been so.

    Raises:
        NotFound: There is no such grant.
        Conflict: It stands no longer, or is none of one series.
        NotPermitted: It reaches the one who asks.
    """

    def find(work: Work) -> ChangeOfGrants:
        return ChangeOfGrants({series_of_grant(work.session, grant)}, lambda: withdraw(work))

    def withdraw(work: Work) -> None:
        withdraw_grant(work.session, grant, reason=_A_REASON, zone=work.zone, now=work.now, by=official.login)
        refuse_own(work, official)

    return weigh_change(installation, kept, find)
