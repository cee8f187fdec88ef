"""Approve a temporary duty that was asked for, or refuse one that was asked for or waits to be confirmed."""

from dataclasses import dataclass
from datetime import datetime

from access.change_duty import Decider, note_move, refuse_own
from access.duty_models import Asked, DutyAct, DutyRequest
from access.find_duty import Duty, find_duty
from access.grant_duty import record_duty
from access.rules import ACTIONS
from config.errors import Conflict, InvalidFields
from config.work import Work


@dataclass(frozen=True)
class Approval:
    """What is approved of a duty.

    Args:
        end: An earlier end than was asked for; None = that one.
        actions: Fewer actions than were asked for, with `;` between them; empty = those.
        note: Why it is less; it is kept.
    """

    end: datetime | None = None
    actions: str = ""
    note: str = ""


AS_ASKED = Approval()


def approve_duty(work: Work, duty: Duty, given: Approval = AS_ASKED, *, by: Decider) -> Duty:
    """Approve a duty, as it was asked for or less: it holds from its start, at the earliest from now on.

    One that was asked for with a start in the past waits for a second person, as one that is granted so.

    Raises:
        NotPermitted: The approver would hold it.
        Conflict: It does not wait for that, or its time is over.
        InvalidFields: What is given of it is more than was asked for, or nothing.
    """
    refuse_own(duty.terms.employee_id, by)
    request = open_request_of(duty, Asked.REQUESTED)
    act = _shorten(work, request, given)
    request.granted_by, request.granter = by.named, by.login
    if request.start < request.asked_at - work.settings.graces().temporary_duty:
        request.asked = Asked.AWAITING
        note_move(work.session, act, now=work.now, by=by.login, note=given.note.strip(), request_id=request.id)
        return find_duty(work.session, duty.id, reach=by.reach)
    if request.end <= work.now:
        raise Conflict("The time for which this duty was asked is over; refuse it, or have it asked for anew.")
    start = max(request.start, work.now)
    return make_grant(work, request, act, duty, by=by, start=start, note=given.note.strip())


def _shorten(work: Work, request: DutyRequest, given: Approval) -> DutyAct:
    """Note what is given of a request where it is less than was asked for, and say which act that is."""
    faults = dict[str, str]()
    end = None if given.end == request.end else given.end
    if end is not None and end > request.end:
        faults["end"] = "This is later than was asked for; approve it as asked, and extend it then."
    elif end is not None and end <= max(request.start, work.now):
        faults["end"] = "It would end before it begins; give a later end, or refuse it."
    asked, actions = _listed(request.actions), _listed(given.actions)
    if actions - asked:
        faults["actions"] = f"These were not asked for: {', '.join(sorted(actions - asked))}; choose fewer, not others."
    if faults:
        raise InvalidFields(faults)
    is_less = bool(actions) and (actions < asked or given.actions != request.actions == "*")
    request.given_end, request.given_actions = end, given.actions if is_less else ""
    return DutyAct.SHORTENED if end or is_less else DutyAct.APPROVED


def _listed(actions: str) -> set[str]:
    return set(ACTIONS) if actions == "*" else {*filter(None, actions.split(";"))}


def refuse_duty(work: Work, duty: Duty, *, reason: str, by: Decider) -> Duty:
    """Refuse a duty; the reason is kept.

    Raises:
        NotPermitted: The one who refuses would hold it.
        InvalidFields: There is no reason.
        Conflict: It waits for nobody.
    """
    refuse_own(duty.terms.employee_id, by)
    request = open_request_of(duty, Asked.REQUESTED, Asked.AWAITING)
    if not reason.strip():
        raise InvalidFields({"reason": "Say why the duty is refused; the reason is kept."})
    request.asked = Asked.REFUSED
    note_move(work.session, DutyAct.REFUSED, now=work.now, by=by.login, note=reason.strip(), request_id=request.id)
    return find_duty(work.session, duty.id, reach=by.reach)


def open_request_of(duty: Duty, *states: Asked) -> DutyRequest:
    """Give the request of a duty that waits for something.

    Raises:
        Conflict: It does not.
    """
    if duty.request is None or duty.request.asked not in states:
        stands = duty.request.asked if duty.request else Asked.GRANTED
        raise Conflict(f"This duty is {stands}; only one that is {' or '.join(states)} can be answered so.")
    return duty.request


def make_grant(
    work: Work,
    request: DutyRequest,
    act: DutyAct,
    duty: Duty,
    *,
    by: Decider,
    start: datetime | None = None,
    note: str = "",
) -> Duty:
    """Make a grant of what was asked for, recorded now; `start` where it is to begin later than that."""
    row = record_duty(work, request, granted_by=request.granted_by, by=by.login, start=start)
    request.asked = Asked.GRANTED
    note_move(
        work.session, act, now=work.now, by=by.login, note=note, request_id=request.id, duty_id=row.id, row_id=row.id
    )
    return find_duty(work.session, duty.id, reach=by.reach)
