"""The temporary duties that were asked for in favour of one employee, and what became of each."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from access.duty_models import DutyRequest
from access.find_duty import Duty, find_duty
from access.people_below import Reach


def requests_for(session: Session, employee_id: str, *, most: int = 50) -> Sequence[Duty]:
    """Give the duties that were asked for, by the employee or for them, the newest first.

    One that a manager granted without being asked, and that waits for a second person, is among them.
    """
    if not employee_id:
        return []
    chosen = select(DutyRequest.id).where(DutyRequest.employee_id == employee_id)
    numbers = session.exec(chosen.order_by(col(DutyRequest.id).desc()).limit(most)).all()
    own = Reach("own", employee_id)
    return [find_duty(session, f"r{number}", reach=own) for number in numbers]
