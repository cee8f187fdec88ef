"""Whether somebody is employed at an instant, by the record as it stands."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from access.models import Employment
from config.recorded import current


def is_employed_at(session: Session, employee_id: str, instant: datetime) -> bool:
    """Say whether an employee, named as recorded, is employed then."""
    start, end = col(Employment.start), col(Employment.end)
    holds = (or_(start.is_(None), start <= instant), or_(end.is_(None), end > instant))
    found = select(Employment.id).where(current(Employment), Employment.employee_id == employee_id, *holds)
    return session.exec(found.limit(1)).first() is not None
