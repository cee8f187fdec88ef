"""A rule that no role lifts: nobody changes what is recorded about themselves, nor work access that reaches them."""

from access.about_oneself import is_about
from access.people_below import recorded_id
from config.errors import NotPermitted
from config.web.signed_in import SignedIn
from config.work import Work


def refuse_own(work: Work, official: SignedIn) -> None:
    """Refuse a change that was made here, before it is committed, where it is about the official who asks for it.

    Raises:
        NotPermitted: It is, so nothing of it stands.
    """
    own = recorded_id(work.session, official.employee_id) if official.employee_id else ""
    if own and is_about(work.session, work.now, own):
        raise NotPermitted(
            "Nobody changes what is recorded about themselves, nor what a position or department of theirs may reach; "
            "ask another official to do it."
        )
