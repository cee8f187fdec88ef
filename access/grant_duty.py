"""Grant a temporary duty: it holds at once; where it reaches into the past, once a second person confirmed it."""

from datetime import datetime
from typing import Any

from access.change_duty import Decider, note_move, refuse_own
from access.duty_models import Asked, DutyAct, DutyRequest
from access.duty_terms import DutyTerms, is_backdated
from access.find_duty import Duty, find_duty
from access.models import TemporaryDuty
from config.work import Work


def grant_duty(work: Work, terms: DutyTerms, *, by: Decider, needs_second: bool = False) -> Duty:
    """Grant a temporary duty.

    Args:
        needs_second: A second person is to confirm it, even where it begins no earlier than its grace allows.

    Raises:
        NotPermitted: The granter would hold it.
    """
    refuse_own(terms.employee_id, by)
    if needs_second or is_backdated(work, terms.start):
        request = open_request(work, terms, Asked.AWAITING, by=by)
        request.granted_by, request.granter = by.named, by.login
        note_move(work.session, DutyAct.GRANTED, now=work.now, by=by.login, note=terms.reason, request_id=request.id)
        return find_duty(work.session, f"r{request.id}", reach=by.reach)
    row = record_duty(work, terms, granted_by=by.named, by=by.login)
    note_move(
        work.session, DutyAct.GRANTED, now=work.now, by=by.login, note=terms.reason, duty_id=row.id, row_id=row.id
    )
    return find_duty(work.session, str(row.id), reach=by.reach)


def open_request(work: Work, terms: DutyTerms, asked: Asked, *, by: Decider) -> DutyRequest:
    """Record a duty that is no grant yet."""
    request = DutyRequest(
        **_terms_of(terms), asked=asked, asked_by=by.login, asked_at=work.now, granted_by="", granter=""
    )
    work.session.add(request)
    work.session.flush()
    return request


def record_duty(
    work: Work, terms: DutyTerms | DutyRequest, *, granted_by: str, by: str, start: datetime | None = None
) -> TemporaryDuty:
    """Record a duty, or what was approved of a request, as a grant, by which accesses are decided from now on.

    Args:
        start: From when on, where not from when it was asked for.
    """
    said = _terms_of(terms) | ({"start": start} if start else {})
    if isinstance(terms, DutyRequest):
        said |= {"end": terms.given_end or terms.end, "actions": terms.given_actions or terms.actions}
    row = TemporaryDuty(**said, granted_by=granted_by, recorded_at=work.now, recorded_by=by)
    work.session.add(row)
    work.session.flush()
    return row


def _terms_of(terms: DutyTerms | DutyRequest) -> dict[str, Any]:
    names = ("employee_id", "series", "actions", "purposes", "start", "end", "reason")
    return {name: getattr(terms, name) for name in names}
