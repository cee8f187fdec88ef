"""What an official wants to be told, how, and at which address; and what became of the newest mail to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from app.notices.choices import choices_of, choose
from app.notices.models import Choice, Mail, MailState
from app.notices.redirect_mails import redirect_mails
from config.errors import Invalid, InvalidFields
from config.officials.officials import find_official
from config.web.versions import version_of
from config.work import Work


@dataclass(frozen=True)
class Wishes:
    """What an official wants.

    Args:
        email: Where mails go; empty = nowhere.
        choices: How they are told, by the names of the kinds.
        refusal: Why the mail server refused the newest mail to them; empty where it did not.
    """

    email: str
    choices: Mapping[str, Choice]
    refusal: str = ""

    @property
    def version(self) -> str:
        """Tell these wishes from others, as the header ETag writes it."""
        return version_of(self.email, sorted(self.choices.items()))


def wishes_of(work: Work, login: str) -> Wishes:
    """Give what an official wants."""
    official = find_official(work.session, login)
    newest = select(Mail).where(Mail.recipient == login, Mail.state != MailState.WAITING)
    mail = work.session.exec(newest.order_by(col(Mail.id).desc()).limit(1)).first()
    refusal = mail.last_error if mail is not None and mail.state == MailState.REFUSED else ""
    return Wishes(official.email if official else "", choices_of(work.session, login), refusal)


def change_wishes(work: Work, login: str, email: str, chosen: Mapping[str, str], *, by: str) -> None:
    """Change what an official wants; to a new address the mails go that were refused or wait.

    Raises:
        NotFound: Nobody has the login.
        InvalidFields: The address is none, or a kind cannot be told so.
    """
    standing = wishes_of(work, login)
    try:
        if email.strip() != standing.email:
            redirect_mails(work, login, email, by=by)
    except Invalid as invalid:
        raise InvalidFields({"email": str(invalid)}) from invalid
    choose(
        work.session, login, {kind: choice for kind, choice in chosen.items() if choice != standing.choices.get(kind)}
    )
