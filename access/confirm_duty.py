"""Confirm a temporary duty that reaches into the past: a second person does, and it is recorded only then."""

from access.answer_request import make_grant, open_request_of
from access.change_duty import Decider, refuse_own
from access.duty_models import Asked, DutyAct
from access.find_duty import Duty
from config.errors import NotPermitted
from config.work import Work


def confirm_duty(work: Work, duty: Duty, *, by: Decider) -> Duty:
    """Confirm a duty: it is a grant from now on, and what came before reads backdated.

    Raises:
        NotPermitted: The one who confirms granted it, or would hold it.
        Conflict: It does not wait for that.
    """
    refuse_own(duty.terms.employee_id, by)
    request = open_request_of(duty, Asked.AWAITING)
    if by.login == request.granter or by.named == request.granted_by:
        raise NotPermitted("Who granted a duty for a time already past cannot confirm it; a second person has to.")
    return make_grant(work, request, DutyAct.CONFIRMED, duty, by=by)
