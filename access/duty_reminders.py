"""Which temporary duties end soon or ended lately: of what granters and holders are told."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from access.models import TemporaryDuty
from config.recorded import current

SOON = timedelta(days=3)
LATELY = timedelta(days=14)


def ending_soon(session: Session, now: datetime) -> list[TemporaryDuty]:
    """Give the duties in force that end within three days, the first to end first.

    One that was revoked ends at its revocation, of which nobody is reminded.
    """
    ends_soon = (TemporaryDuty.start <= now, TemporaryDuty.end > now, TemporaryDuty.end <= now + SOON)
    chosen = select(TemporaryDuty).where(current(TemporaryDuty), *ends_soon, col(TemporaryDuty.revoked_at).is_(None))
    return list(session.exec(chosen.order_by(col(TemporaryDuty.end), col(TemporaryDuty.id))))


def ended_lately(session: Session, now: datetime) -> list[TemporaryDuty]:
    """Give the duties that ended or were revoked in the last fourteen days, the last to end first.

    One that was revoked before it began never held, and is none of them.
    """
    chosen = select(TemporaryDuty).where(
        current(TemporaryDuty),
        or_(TemporaryDuty.end <= now, col(TemporaryDuty.revoked_at) <= now),
        TemporaryDuty.end > now - LATELY,
        or_(col(TemporaryDuty.revoked_at).is_(None), col(TemporaryDuty.revoked_at) > now - LATELY),
    )
    held = [duty for duty in session.exec(chosen) if duty.start < end_of_duty(duty)]
    return sorted(held, key=lambda duty: (end_of_duty(duty), duty.id), reverse=True)


def end_of_duty(duty: TemporaryDuty) -> datetime:
    """Give when a duty ends, or ended before by its revocation."""
    return min(duty.end, duty.revoked_at or duty.end)
