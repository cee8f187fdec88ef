"""Which temporary duties end soon or ended lately: what granters and holders are told of on their home pages."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from access.models import TemporaryDuty
from config.database import current

SOON = timedelta(days=3)
LATELY = timedelta(days=14)


def reminders(session: Session, now: datetime, *, whose: Collection[str]) -> list[TemporaryDuty]:
    """Give the duties in force that end within three days, the first to end first.

    One that was revoked ends at its revocation, of which nobody is reminded.

    Args:
        whose: Who granted or holds them: an employee's id, or a login.
    """
    ends_soon = (TemporaryDuty.start <= now, TemporaryDuty.end > now, TemporaryDuty.end <= now + SOON)
    chosen = select(TemporaryDuty).where(current(TemporaryDuty), *ends_soon, col(TemporaryDuty.revoked_at).is_(None))
    return list(session.exec(chosen.where(_is_of(whose)).order_by(col(TemporaryDuty.end), col(TemporaryDuty.id))))


def ended_lately(session: Session, now: datetime, *, whose: Collection[str] | None = None) -> list[TemporaryDuty]:
    """Give the duties that ended or were revoked in the last fourteen days, the last to end first.

    One that was revoked before it began never held, and is none of them.

    Args:
        whose: Who granted or holds them: an employee's id, or a login; None = anybody.
    """
    chosen = select(TemporaryDuty).where(
        current(TemporaryDuty),
        or_(TemporaryDuty.end <= now, col(TemporaryDuty.revoked_at) <= now),
        TemporaryDuty.end > now - LATELY,
        or_(col(TemporaryDuty.revoked_at).is_(None), col(TemporaryDuty.revoked_at) > now - LATELY),
    )
    if whose is not None:
        chosen = chosen.where(_is_of(whose))
    held = [duty for duty in session.exec(chosen) if duty.start < _end(duty)]
    return sorted(held, key=lambda duty: (_end(duty), duty.id), reverse=True)


def _is_of(whose: Collection[str]) -> ColumnElement[bool]:
    return or_(col(TemporaryDuty.granted_by).in_(whose), col(TemporaryDuty.employee_id).in_(whose))


def _end(duty: TemporaryDuty) -> datetime:
    return min(duty.end, duty.revoked_at or duty.end)
