"""Legal holds: what is about a source, a person, an account or a case is kept, whatever a schedule says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from access.models import Employee
from audit.logs.find_source import find_source
from audit.logs.retention_models import HeldWhat, LegalHold
from config.clock import day_text
from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from config.work import Work

_SHORTEST_TEXT = 3


@dataclass(frozen=True)
class HoldRequest:
    """What is to be held, and why.

    Args:
        source: Of this source alone; empty = of all.
        about: The account, the employee's id, or a text that an access says anywhere; empty of everything.
        first: The first day on which it holds; `last`, the last. None = open.
    """

    source: str
    what: HeldWhat
    about: str
    reason: str
    first: date | None = None
    last: date | None = None


def place_hold(work: Work, request: HoldRequest) -> LegalHold:
    """Enter a legal hold.

    Raises:
        NotFound: There is no such source, or no such employee.
        Invalid: It has no reason, says nothing that could be held, or ends before it begins.
    """
    source = find_source(work.session, request.source).name if request.source else ""
    about, reason = request.about.strip(), request.reason.strip()
    if not reason:
        raise Invalid("A legal hold needs a reason, such as the case that asks for it.")
    if request.first and request.last and request.last < request.first:
        raise Invalid("A legal hold must not end before it begins.")
    if (request.what is HeldWhat.EVERYTHING) is bool(about):
        raise Invalid("A hold of everything names nothing; any other names the account, the employee or the text.")
    if request.what is HeldWhat.TEXT and len(about) < _SHORTEST_TEXT:
        raise Invalid(f"A text that is held has at least {_SHORTEST_TEXT} letters.")
    if request.what is HeldWhat.EMPLOYEE and not _is_known(work.session, about):
        raise NotFound(f'There is no employee "{about}" on the record; hold a text instead.')
    hold = LegalHold(
        source=source,
        what=request.what.value,
        about=about,
        reason=reason,
        first=request.first,
        last=request.last,
        recorded_at=work.now,
        recorded_by=work.by,
    )
    work.session.add(hold)
    work.session.flush()
    return hold


def lift_hold(work: Work, number: int) -> LegalHold:
    """Let a legal hold end now; that it was there stays on the record.

    Raises:
        NotFound: There is none of that number.
        Conflict: It was lifted already.
    """
    hold = work.session.get(LegalHold, number)
    if hold is None:
        raise NotFound(f"There is no legal hold {number}.")
    if hold.superseded_at is not None:
        raise Conflict(f"Legal hold {number} was lifted already.")
    hold.superseded_at, hold.superseded_by = work.now, work.by
    work.session.flush()
    return hold


def legal_holds(session: Session, *, source: str | None = None, on: date | None = None) -> Sequence[LegalHold]:
    """Give the holds that were not lifted.

    Args:
        source: That are of this source, or of all; None = whichever.
        on: That are in force on this day; None = whenever.
    """
    asked = select(LegalHold).where(current(LegalHold)).order_by(col(LegalHold.id))
    if source is not None:
        asked = asked.where(col(LegalHold.source).in_(["", source]))
    return [hold for hold in session.exec(asked) if on is None or is_in_force(hold, on)]


def is_in_force(hold: LegalHold, on: date) -> bool:
    """Say whether a hold that was not lifted is in force on a day."""
    return (hold.first is None or hold.first <= on) and (hold.last is None or on <= hold.last)


def say_hold(hold: LegalHold) -> str:
    """Say what a hold is about, for how long, and why."""
    what = {
        HeldWhat.EVERYTHING: "all accesses",
        HeldWhat.ACCOUNT: f"the account {hold.about}",
        HeldWhat.EMPLOYEE: f"the accounts of employee {hold.about}",
        HeldWhat.TEXT: f"accesses that say “{hold.about}”",
    }[HeldWhat(hold.what)]
    begins = f" from {day_text(hold.first)}" if hold.first else ""
    ends = f" to {day_text(hold.last)}" if hold.last else ""
    return f"Legal hold {hold.id}: {what} of {hold.source or 'every source'}{begins}{ends}. {hold.reason}"


def _is_known(session: Session, employee_id: str) -> bool:
    return session.exec(select(Employee.id).where(Employee.employee_id == employee_id)).first() is not None
