"""Revoke a temporary duty: it ends now, and who did it and why is kept."""

from access.change_duty import Decider, note_move, refuse_own, standing_row, supersede
from access.duty_models import DutyAct
from access.find_duty import Duty, find_duty
from config.errors import InvalidFields
from config.work import Work


def revoke_duty(work: Work, duty: Duty, *, reason: str, by: Decider) -> Duty:
    """Let a duty end now.

    Raises:
        NotPermitted: The one who revokes it holds it.
        InvalidFields: There is no reason.
        Conflict: The duty is over.
    """
    refuse_own(duty.terms.employee_id, by)
    row = standing_row(duty, work.now, "scheduled", "in force")
    if not reason.strip():
        raise InvalidFields({"reason": "Say why the duty is revoked; the reason is kept."})
    changed = supersede(work.session, row, now=work.now, by=by.login, revoked_at=work.now)
    note_move(
        work.session,
        DutyAct.REVOKED,
        now=work.now,
        by=by.login,
        note=reason.strip(),
        duty_id=duty.first_row,
        row_id=changed.id,
        request_id=duty.request.id if duty.request else None,
    )
    return find_duty(work.session, duty.id, reach=by.reach)
