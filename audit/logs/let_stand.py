"""Lets imported logs count, and count no more."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from audit.logs.models import StandingLog
from config.recorded import current


def let_stand(session: Session, import_ids: Iterable[int], *, now: datetime, by: str) -> None:
    """Let imported logs count from now on."""
    session.add_all(StandingLog(import_id=one, recorded_at=now, recorded_by=by) for one in import_ids)
    session.flush()


def let_fall(session: Session, import_ids: Iterable[int], *, now: datetime, by: str) -> None:
    """Let imported logs count no more from now on; what they were is kept."""
    standing = select(StandingLog).where(col(StandingLog.import_id).in_(list(import_ids)), current(StandingLog))
    for one in session.exec(standing):
        one.superseded_at, one.superseded_by = now, by
    session.flush()
