"""What all changes of temporary duties share: nobody makes one about themselves, and each is kept with who and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from access.duty_models import DutyAct, DutyMove
from access.find_duty import Duty
from access.models import TemporaryDuty
from access.people_below import Reach
from access.stated import TEMPORARY_DUTIES
from config.errors import Conflict, NotPermitted


@dataclass(frozen=True)
class Decider:
    """Who changes a duty.

    Args:
        login: By which the change is kept.
        reach: Whose duties they may deal with.
    """

    login: str
    reach: Reach

    @property
    def employee_id(self) -> str:
        """Theirs; empty where they are no employee."""
        return self.reach.employee_id

    @property
    def named(self) -> str:
        """How a grant names them: by their employee id, or else their login."""
        return self.employee_id or self.login


def refuse_own(employee_id: str, by: Decider) -> None:
    """Refuse a change that somebody would make about themselves.

    Raises:
        NotPermitted: It would be one.
    """
    if employee_id == by.employee_id:
        raise NotPermitted(
            "Nobody decides about a duty of their own; have your manager or a compliance official do it."
        )


def standing_row(duty: Duty, now: datetime, *states: str) -> TemporaryDuty:
    """Give the grant of a duty that is in one of some states.

    Raises:
        Conflict: It is in another one.
    """
    state = duty.state(now)
    if duty.row is None or state not in states:
        raise Conflict(f"This duty is {state}, and only one that is {' or '.join(states)} can be changed so.")
    return duty.row


def supersede(session: Session, row: TemporaryDuty, *, now: datetime, by: str, **changes: object) -> TemporaryDuty:
    """Let another version stand in the place of a row."""
    said = {name: getattr(row, name) for name in TEMPORARY_DUTIES.columns}
    changed = TemporaryDuty(**{**said, **changes}, recorded_at=now, recorded_by=by)
    row.superseded_at, row.superseded_by = now, by
    session.add(changed)
    session.flush()
    return changed


def note_move(
    session: Session,
    act: DutyAct,
    *,
    now: datetime,
    by: str,
    note: str = "",
    request_id: int | None = None,
    duty_id: int | None = None,
    row_id: int | None = None,
) -> None:
    """Keep what was done to a duty."""
    moved = DutyMove(
        request_id=request_id, duty_id=duty_id, row_id=row_id, act=act, note=note, moved_at=now, moved_by=by
    )
    session.add(moved)
    session.flush()
