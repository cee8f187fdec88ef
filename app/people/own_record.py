"""A rule that no role lifts: nobody changes what is recorded about themselves."""

from sqlmodel import Session

from access.people_below import recorded_id
from config.errors import NotPermitted
from config.web.signed_in import SignedIn


def refuse_own(session: Session, official: SignedIn, *employee_ids: str) -> None:
    """Refuse a change that is about the official who asks for it.

    Raises:
        NotPermitted: One of the ids is theirs, in whatever spelling.
    """
    own = recorded_id(session, official.employee_id) if official.employee_id else ""
    if own and any(recorded_id(session, one) == own for one in employee_ids if one):
        raise NotPermitted("Nobody changes what is recorded about themselves; ask another official to do it.")
