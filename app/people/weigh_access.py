"""What a change of work access would mean, before it is saved."""

from typing import Any

from access.stated import WORK_ACCESS
from access.withdraw_grant import series_of_grant, withdraw_grant
from app.people.enter import Entry, enter, standing_row
from app.people.own_record import refuse_own
from audit.kept import Kept
from audit.weigh_change import ChangeOfGrants, weigh_change
from audit.weigh_grants import Meaning
from config.errors import Refusal
from config.web.signed_in import SignedIn
from config.work import Installation, Work
from inventory.queries import series_called

_A_REASON = "to be weighed"


def weigh_new_access(installation: Installation, kept: Kept, official: SignedIn, entry: Entry, series: str) -> Meaning:
    """Say what a new statement of work access would mean.

    Args:
        series: As it is written: its code or exact name.

    Raises:
        InvalidFields: Something cannot be taken.
        Conflict: The record says just this already.
        NotPermitted: It would reach the one who asks.
    """

    def find(work: Work) -> ChangeOfGrants:
        return ChangeOfGrants(_codes(work, series), lambda: _enter(work, official, entry, is_new=True))

    return weigh_change(installation, kept, find)


def weigh_changed_access(
    installation: Installation, kept: Kept, official: SignedIn, number: int, entry: Entry, series: str
) -> Meaning:
    """Say what another statement of work access in the place of one would mean, as `weigh_new_access` does.

    Raises:
        NotFound: None stands under the number.
    """

    def find(work: Work) -> ChangeOfGrants:
        row = standing_row(work.session, WORK_ACCESS, number)
        instead = (WORK_ACCESS, row.id)
        codes = {row.series, *_codes(work, series)}
        return ChangeOfGrants(codes, lambda: _enter(work, official, entry, instead_of=instead))

    return weigh_change(installation, kept, find)


def weigh_withdrawal(installation: Installation, kept: Kept, official: SignedIn, grant: str) -> Meaning:
    """Say what it would mean to take a grant as never having been so.

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


def _enter(work: Work, official: SignedIn, entry: Entry, **how: Any) -> None:  # noqa: ANN401 - as `enter` takes it
    enter(work, entry, by=official.login, **how)
    refuse_own(work, official)


def _codes(work: Work, series: str) -> set[str]:
    """Give the code of a series; none where there is no such series, which what enters it says at its field."""
    try:
        return {series_called(work.session, series, work.now).code}
    except Refusal:
        return set()
