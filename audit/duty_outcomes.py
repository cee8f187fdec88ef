"""What temporary duties that ended lately were used for: counted by a job, so that pages can tell it at once."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from access.duty_reminders import ended_lately
from access.find_duty import find_duty
from access.models import TemporaryDuty
from access.people_below import Reach
from audit.aside_models import DutyOutcome
from audit.duty_uses import duty_uses
from audit.kept import Kept
from config.work import Installation

_EVERYBODY = Reach("all", "")


def count_ended_duties(installation: Installation) -> int:
    """Count anew what the duties that ended lately were used for, by the logs imported until now; give how many.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    counted, kept = list[DutyOutcome](), Kept()
    with installation.read() as work:
        ended = ended_lately(work.session, work.now)
        for place, row in enumerate(ended):
            installation.progress.step("Counting what duties were used for", place / len(ended))
            uses = duty_uses(work, kept, find_duty(work.session, str(row.id), reach=_EVERYBODY))
            counted.append(DutyOutcome(duty_id=row.id, uses=uses.count, last_use=uses.last, counted_at=work.clock))
    with installation.aside() as work:
        for outcome in counted:
            work.session.merge(outcome)
    return len(counted)


def outcomes_of(session: Session, duties: Sequence[TemporaryDuty]) -> dict[int, DutyOutcome]:
    """Give what was counted of some duties, by the number of their row; those not counted yet are left out."""
    numbers = [duty.id for duty in duties]
    return {one.duty_id: one for one in session.exec(select(DutyOutcome).where(col(DutyOutcome.duty_id).in_(numbers)))}
