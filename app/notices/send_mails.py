"""Send what waits in the outbox: each mail once the server took it, later again where it did not, growing later.

A mail is noted as tried before it is sent and as sent after the server took it. A process that ends in between leaves
one that may be sent a second time, under the same message id: at least once, never not at all.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlmodel import Session, col, select

from app.notices.models import Mail, MailState
from config.errors import Refusal
from config.jobs.models import Outcome
from config.locks import HeldByAnother, mailing
from config.mail_server import MailPostponed, MailRefused, MailServer, ServerFails, open_server
from config.officials.officials import find_official
from config.texts import counted
from config.work import Installation

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=1)


@dataclass
class _Sent:
    """What became of the mails."""

    sent: int = 0
    refused: int = 0
    postponed: int = 0
    left: int = 0
    fault: str = ""

    def __str__(self) -> str:
        refused = f", {self.refused:,} refused" if self.refused else ""
        postponed = f", {self.postponed:,} to be tried again" if self.postponed else ""
        left = f", {self.left:,} left for the next time" if self.left else ""
        return f"{counted(self.sent, 'mail')} sent{refused}{postponed}{left}."


def send_mails(installation: Installation) -> Outcome:
    """Send the mails whose time has come."""
    if not installation.settings.sends_mail:
        return Outcome(("No mail server is named in the settings; no mail is sent.",))
    try:
        with mailing(installation.engine, installation.settings):
            done = _send_due(installation)
    except HeldByAnother:
        return Outcome(("Another process sends them already.",))
    return Outcome((*filter(None, (done.fault,)), str(done)))


def does_any_wait(installation: Installation) -> bool:
    """Say whether there is a mail whose time has come."""
    return installation.settings.sends_mail and bool(_due(installation))


def _due(installation: Installation) -> list[int]:
    with installation.read() as work:
        waiting = (Mail.state == MailState.WAITING, Mail.next_try_at <= work.clock)
        return list(work.session.exec(select(Mail.id).where(*waiting).order_by(col(Mail.id))))


def _send_due(installation: Installation) -> _Sent:
    done, due, failed_before = _Sent(), _due(installation), False
    with ExitStack() as opened:
        server: MailServer | None = None
        for place, number in enumerate(due):
            installation.progress.step("Sending mails", place / len(due))
            if server is not None and not server.has_time:
                done.left = len(due) - place
                break
            message = _take(installation, number)
            if message is None:
                continue
            try:
                server = server or opened.enter_context(open_server(installation.settings))
                _hand_over(installation, number, message, server, done)
                failed_before = False
            except ServerFails as fails:
                done.fault = str(fails)
                # what fails over one mail, such as while it looks up its address, may take the next one
                if server is None or failed_before:
                    done.postponed += len(due) - place
                    _postpone(installation, due[place:], fails)
                    break
                done.postponed, failed_before = done.postponed + 1, True
                _note(installation, number, MailState.WAITING, str(fails))
    return done


def _hand_over(installation: Installation, number: int, message: EmailMessage, server: MailServer, done: _Sent) -> None:
    """Send a mail that is taken, and note what the server said of it.

    Raises:
        ServerFails: It said nothing of this one.
    """
    try:
        server.send(message)
    except MailRefused as refused:
        done.refused += 1
        _note(installation, number, MailState.REFUSED, str(refused))
    except MailPostponed as postponed:
        done.postponed += 1
        _note(installation, number, MailState.WAITING, str(postponed))
    else:
        done.sent += 1
        _note(installation, number, MailState.SENT, "")


def _take(installation: Installation, number: int) -> EmailMessage | None:
    """Note that a mail is about to be tried, and write it; None where there is nobody to send it to any more."""
    with installation.aside() as work:
        mail = work.session.get_one(Mail, number)
        official = find_official(work.session, mail.recipient)
        if official is None or official.disabled or not official.email:
            mail.state, mail.ended_at = MailState.DROPPED, work.clock
            mail.last_error = "The official has no address any more, or may not sign in."
            return None
        mail.address, mail.tried_at = official.email, work.clock
        _put_off(mail, work.clock)
        return _message(mail, installation.settings.mail_from)


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.address, mail.subject
    message["Date"] = format_datetime(mail.made_at.astimezone(UTC))
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that no answering machine answers (RFC 3834)
    message.set_content(mail.body)
    return message


def _note(installation: Installation, number: int, state: MailState, error: str) -> None:
    with installation.aside() as work:
        mail = work.session.get_one(Mail, number)
        mail.state, mail.last_error = state, error
        mail.ended_at = None if state is MailState.WAITING else work.clock


def _postpone(installation: Installation, numbers: list[int], fault: Refusal) -> None:
    """Put off what waits for a server that fails; the first of them is put off already, as it was taken."""
    with installation.aside() as work:
        for place, mail in enumerate(_mails(work.session, numbers)):
            mail.last_error = str(fault)
            if place:
                mail.tried_at = work.clock
                _put_off(mail, work.clock)


def _mails(session: Session, numbers: list[int]) -> list[Mail]:
    return list(session.exec(select(Mail).where(col(Mail.id).in_(numbers)).order_by(col(Mail.id))))


def _put_off(mail: Mail, now: datetime) -> None:
    mail.next_try_at = now + min(_FIRST_PAUSE * 2 ** min(mail.tries, 10), _LONGEST_PAUSE)
    mail.tries += 1
