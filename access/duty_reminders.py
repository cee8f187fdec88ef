"""Which temporary duties end soon: what their granters and holders are reminded of on their home pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from access.models import TemporaryDuty
from config.database import current

SOON = timedelta(days=3)


def reminders(session: Session, now: datetime) -> Sequence[TemporaryDuty]:
    """Give the duties in force that end within three days, the first to end first; who sees which is the page's matter.

    One that was revoked ends at its revocation, of which nobody is reminded.
    """
    ends_soon = (TemporaryDuty.start <= now, TemporaryDuty.end > now, TemporaryDuty.end <= now + SOON)
    chosen = select(TemporaryDuty).where(current(TemporaryDuty), *ends_soon, col(TemporaryDuty.revoked_at).is_(None))
    return session.exec(chosen.order_by(col(TemporaryDuty.end), col(TemporaryDuty.id))).all()
