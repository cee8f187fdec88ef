"""Extend a temporary duty: a new version with a later end; the old one stays on the record."""

from datetime import datetime

from access.change_duty import Decider, note_move, refuse_own, standing_row, supersede
from access.duty_models import DutyAct
from access.duty_terms import period_fault
from access.find_duty import Duty, find_duty
from config.clock import end_text
from config.errors import InvalidFields
from config.work import Work


def extend_duty(work: Work, duty: Duty, *, end: datetime, reason: str = "", by: Decider) -> Duty:
    """Let a duty hold until later.

    Args:
        reason: Why; the duty's own reason stands beside it.

    Raises:
        NotPermitted: The one who extends it holds it.
        InvalidFields: The end is no later one, or too late.
        Conflict: The duty is over.
    """
    refuse_own(duty.terms.employee_id, by)
    row = standing_row(duty, work.now, "scheduled", "in force")
    fault = period_fault(work, row.start, end)
    if end <= row.end:
        fault = f"The duty holds {end_text(row.end, work.zone)} already; give a later end, or revoke it."
    if fault:
        raise InvalidFields({"end": fault})
    # what a file says of when the duty was recorded, it does not say of the time that is new
    changed = supersede(work.session, row, now=work.now, by=by.login, end=end, stated_recorded_at=None)
    note_move(
        work.session,
        DutyAct.EXTENDED,
        now=work.now,
        by=by.login,
        note=reason.strip(),
        duty_id=duty.first_row,
        row_id=changed.id,
        request_id=duty.request.id if duty.request else None,
    )
    return find_duty(work.session, duty.id, reach=by.reach)
