"""What an audit said of the days that it did not see, for whoever lists what it found."""

from sqlmodel import Session, col, select

from audit.models import AuditRun

# the header of an answer that lists or exports, and has no room to say which days were not seen
LINK = {"Link": '</api/v1/coverage>; rel="describedby"'}


def said_not_seen(session: Session, run: int | None = None) -> str:
    """Give what an audit said of days not seen; empty where it said nothing.

    Args:
        run: Its number; None = the newest whose findings stand.
    """
    of_standing = select(AuditRun.not_seen).where(~col(AuditRun.is_question)).order_by(col(AuditRun.id).desc()).limit(1)
    asked = of_standing if run is None else select(AuditRun.not_seen).where(AuditRun.id == run)
    return session.exec(asked).first() or ""
