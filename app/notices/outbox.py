"""The outbox: notices become a mail for each of whom they are for, kept as a row until the mail server has taken it."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select, update

from app.notices.kinds import BY_NAME, KINDS
from app.notices.models import Choice, Mail, MailState, Notice
from app.notices.wanted import LATELY
from config.jobs.enqueue import JobRequest, enter_job
from config.jobs.models import JobKind
from config.texts import counted
from config.work import Work

PAGE = "/notices"
SCHEDULED_AS = "mails"


def fill_outbox(work: Work) -> int:
    """Put a mail into the outbox for each official of whose notices some are to be mailed now; give how many mails.

    What was read in the service meanwhile, or is over, is not mailed any more.
    """
    by_recipient = defaultdict[str, list[Notice]](list)
    # nobody else puts the same notices into another mail meanwhile
    due = select(Notice).where(_is_due(work)).order_by(col(Notice.id)).with_for_update()
    for notice in work.session.exec(due):
        by_recipient[notice.recipient].append(notice)
    for recipient, notices in by_recipient.items():
        mail = _write(work, recipient, notices)
        work.session.add(mail)
        work.session.flush()
        for notice in notices:
            notice.mail_id = mail.id
    return len(by_recipient)


def digests_due(work: Work) -> bool:
    """Say whether there are notices to be mailed now that are in no mail yet."""
    return work.session.exec(select(Notice.id).where(_is_due(work)).limit(1)).first() is not None


def ask_for_sending(work: Work, *, by: str) -> None:
    """Have what is in the outbox sent by a job; asked again before more is in it, it is the same job."""
    newest = work.session.exec(select(Mail.id).order_by(col(Mail.id).desc()).limit(1)).first()
    key = f"{SCHEDULED_AS} to {newest} at {work.clock.isoformat()}"
    enter_job(work.session, JobRequest(JobKind.MAILS, None, by, key, scheduled_as=SCHEDULED_AS), now=work.clock)


def try_again(session: Session, now: datetime, *, recipient: str = "") -> int:
    """Let mails that wait, or were refused lately, be tried at once, of one official or of all; give how many.

    To whom they go is looked up when they are sent, so that a corrected address counts.
    """
    lately = and_(col(Mail.state) == MailState.REFUSED, col(Mail.made_at) > now - LATELY)
    chosen = or_(col(Mail.state) == MailState.WAITING, lately)
    mine = col(Mail.recipient) == recipient if recipient else col(Mail.recipient) != ""
    changed = update(Mail).where(chosen, mine).values(state=MailState.WAITING, next_try_at=now, ended_at=None)
    return int(session.connection().execute(changed).rowcount)


def _is_due(work: Work) -> ColumnElement[bool]:
    waits = (col(Notice.mail_id).is_(None), col(Notice.read_at).is_(None), col(Notice.over_at).is_(None))
    digest = and_(Notice.mail == Choice.DIGEST, Notice.made_at < _newest_digest(work))
    return and_(*waits, or_(Notice.mail == Choice.AT_ONCE, digest))


def _newest_digest(work: Work) -> datetime:
    """Give the newest hour at which daily mails are written: what was made before it goes with them."""
    local = work.clock.astimezone(work.zone)
    hour = datetime.combine(local.date(), time(work.settings.digest_hour), work.zone)
    if hour > local:
        hour = datetime.combine(local.date() - timedelta(days=1), time(work.settings.digest_hour), work.zone)
    return hour


def _write(work: Work, recipient: str, notices: Sequence[Notice]) -> Mail:
    settings = work.settings
    kinds = Counter(notice.kind for notice in notices)
    lines = [f"- {kind.said(kinds[kind.name])}." for kind in KINDS if kinds[kind.name]]
    link = settings.base_url.rstrip("/") + PAGE
    body = "\n".join((*lines, "", f"Sign in to read more: {link}", "", _FOOT, ""))
    domain = settings.mail_from.rpartition("@")[2]
    only = next(iter(kinds))
    subject = BY_NAME[only].said(len(notices)) if len(kinds) == 1 else counted(len(notices), "notice")
    return Mail(
        recipient=recipient,
        subject=f"Thirteen: {subject}",
        body=body,
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        state=MailState.WAITING,
        made_at=work.clock,
        next_try_at=work.clock,
    )


_FOOT = (
    "Of what you are told by e-mail, and how often, you say yourself under My account. Nobody reads answers to this."
)
