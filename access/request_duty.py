"""Ask for a temporary duty, for oneself or one's people: it is no grant until somebody who may grant it approves."""

from access.change_duty import Decider, note_move
from access.duty_models import Asked, DutyAct
from access.duty_terms import DutyTerms
from access.find_duty import Duty, find_duty
from access.grant_duty import open_request
from config.work import Work


def request_duty(work: Work, terms: DutyTerms, *, by: Decider) -> Duty:
    """Ask for a temporary duty."""
    request = open_request(work, terms, Asked.REQUESTED, by=by)
    note_move(work.session, DutyAct.REQUESTED, now=work.now, by=by.login, note=terms.reason, request_id=request.id)
    return find_duty(work.session, f"r{request.id}", reach=by.reach)
