"""Let an official's mails go to another address, those too that were refused or wait."""

from app.notices.outbox import try_again
from config.officials.officials import give_address
from config.work import Work


def redirect_mails(work: Work, login: str, address: str, *, by: str) -> int:
    """Give an official another address, empty = none; give how many mails are now tried anew.

    Raises:
        NotFound: Nobody has the login.
        Invalid: The address is none.
    """
    changed = give_address(work.session, login, address, now=work.now, by=by)
    return try_again(work.session, work.clock, recipient=changed.login)
