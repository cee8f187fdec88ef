"""Who stands in for which manager: named, listed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from access.delegation_models import Delegation
from access.find_employee import find_employee
from config.errors import InvalidFields, NotFound, Refusal
from config.recorded import current

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class DelegationRequest:
    """Whom a manager wants to stand in for them.

    Args:
        manager_id: The manager's employee id, as it is recorded.
        delegate: An employee's id, or the full name that one employee has.
    """

    manager_id: str
    delegate: str
    start: datetime
    end: datetime


def delegate_people(session: Session, request: DelegationRequest, *, now: datetime, by: str) -> Delegation:
    """Let somebody stand in for a manager during [start, end).

    Raises:
        InvalidFields: There is no such employee, it is the manager, or the period is none, is over or is too long.
    """
    faults = dict[str, str]()
    delegate_id = ""
    try:
        delegate_id = find_employee(session, request.delegate.strip(), at=now).employee_id
    except Refusal as refusal:
        faults["delegate"] = str(refusal) if request.delegate.strip() else "Say who stands in."
    if delegate_id == request.manager_id:
        faults["delegate"] = "Nobody stands in for themselves."
    if request.end <= max(request.start, now):
        faults["end"] = "It ends before it begins, or is over; give a later last day."
    elif request.end - request.start > LONGEST:
        faults["end"] = f"It lasts longer than {LONGEST.days} days; give an earlier last day."
    if faults:
        raise InvalidFields(faults)
    return _record(session, request.manager_id, delegate_id, request.start, request.end, now=now, by=by)


def end_delegation(session: Session, number: int, manager_id: str, *, now: datetime, by: str) -> None:
    """Let a delegation of a manager's end now; one that has ended stays as it is.

    Raises:
        NotFound: The manager has no such delegation.
    """
    standing = session.get(Delegation, number)
    if standing is None or standing.manager_id != manager_id:
        raise NotFound("You have no such delegation.")
    if standing.superseded_at is not None or standing.end <= now:
        return
    standing.superseded_at, standing.superseded_by = now, by
    if standing.start < now:
        _record(session, manager_id, standing.delegate_id, standing.start, now, now=now, by=by)
    session.flush()


def delegations(
    session: Session, now: datetime, manager_id: str = "", *, with_ended: bool = False
) -> Sequence[Delegation]:
    """Give the delegations that last or will, of one manager or of all, the first to end first.

    Args:
        with_ended: Also those that are over.
    """
    chosen = select(Delegation).where(current(Delegation))
    if not with_ended:
        chosen = chosen.where(Delegation.end > now)
    if manager_id:
        chosen = chosen.where(Delegation.manager_id == manager_id)
    return session.exec(chosen.order_by(col(Delegation.end), col(Delegation.id))).all()


def delegators_of(session: Session, employee_id: str, now: datetime) -> tuple[str, ...]:
    """Give the managers for whom an employee stands in now."""
    in_force = (Delegation.start <= now, Delegation.end > now, current(Delegation))
    chosen = select(Delegation.manager_id).where(Delegation.delegate_id == employee_id, *in_force).distinct()
    return tuple(sorted(session.exec(chosen))) if employee_id else ()


def _record(
    session: Session, manager_id: str, delegate_id: str, start: datetime, end: datetime, *, now: datetime, by: str
) -> Delegation:
    added = Delegation(
        manager_id=manager_id, delegate_id=delegate_id, start=start, end=end, recorded_at=now, recorded_by=by
    )
    session.add(added)
    session.flush()
    return added
