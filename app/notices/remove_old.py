"""Remove notices and mails that are older than anybody looks back."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from app.notices.models import Mail, MailState, Notice
from config.work import Installation

KEPT = timedelta(days=180)


def remove_old_notices(installation: Installation) -> int:
    """Remove notices that are older than they are kept, and mails that nothing waits for; give how many notices.

    What still lasts is gathered anew, and so told again.
    """
    with installation.aside() as work:
        before = work.clock - KEPT
        old = select(Notice.id).where(Notice.made_at < before)
        removed = work.session.connection().execute(delete(Notice).where(col(Notice.id).in_(old))).rowcount
        still = select(Notice.mail_id).where(col(Notice.mail_id).is_not(None))
        gone = delete(Mail).where(
            col(Mail.made_at) < before, col(Mail.state) != MailState.WAITING, col(Mail.id).not_in(still)
        )
        work.session.connection().execute(gone)
    return int(removed)
