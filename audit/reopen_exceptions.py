"""Open findings again whose exception has ended; by itself, as a schedule or an audit calls it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from audit.models import Finding, FindingMove
from audit.statuses import Status
from config.clock import end_text

BY_ITSELF = "thirteen"  # who moves a finding that nobody moves


def exceptions_ended(session: Session, now: datetime) -> bool:
    """Say whether there are any to open again; nothing is written."""
    return session.exec(_ended(now).limit(1)).first() is not None


def reopen_exceptions(session: Session, zone: ZoneInfo, *, now: datetime) -> int:
    """Open again every finding whose exception has ended, and give how many there were."""
    ended = session.exec(_ended(now)).all()
    for finding in ended:
        ends = finding.exception_ends or now
        session.add(
            FindingMove(
                finding_id=finding.id,
                from_status=finding.status,
                to_status=Status.OPEN,
                note=f"The exception held {end_text(ends, zone)}.",
                moved_at=now,
                moved_by=BY_ITSELF,
            )
        )
        finding.take(Status.OPEN)
    session.flush()
    return len(ended)


def _ended(now: datetime) -> SelectOfScalar[Finding]:
    return (
        select(Finding)
        .where(Finding.status == Status.ACCEPTED, col(Finding.exception_ends) <= now)
        .order_by(col(Finding.id))
    )
