"""Move findings from status to status, and note what was learnt; each move is kept, none is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from audit.find_finding import find_finding
from audit.models import Finding, FindingFigures, FindingMove
from audit.statuses import CLOSED, MOVES, DismissalReason, Status
from config.errors import Conflict, Invalid, Refusal
from config.remedies import Advice, Remedy

_LONGEST_EXCEPTION = timedelta(days=366)


@dataclass(frozen=True)
class Move:
    """What to make of a finding.

    Args:
        status: Where to; None = a note alone.
        note: What was learnt; needed to close a finding, and to open one again.
        reason: Why it is dismissed, one of `DismissalReason`.
        owner: Who answers for the exception, where it is accepted; the note says why it is.
        exception_ends: When the exception ends, at most a year from now.
        referred_to: The case, where it is referred to one.
    """

    status: str | None = None
    note: str = ""
    reason: str = ""
    owner: str = ""
    exception_ends: datetime | None = None
    referred_to: str = ""


@dataclass(frozen=True)
class Moved:
    """How one finding of several was moved: its status now, or why it was not moved."""

    key: str
    status: str = ""
    refusal: Refusal | None = None


def move_findings(session: Session, keys: Sequence[str], move: Move, *, now: datetime, by: str) -> list[Moved]:
    """Move several findings alike; each is moved or refused by itself, and answered for in the order of the keys."""
    return [_answer(session, key, move, now, by) for key in dict.fromkeys(keys)]


def move_finding(session: Session, key: str, move: Move, *, now: datetime, by: str) -> Finding:
    """Move a finding, note something on it, or both.

    Args:
        key: Its key, or the beginning of it.

    Raises:
        NotFound: There is no finding with this key.
        Conflict: The beginning fits several; or a finding of this status does not move there.
        Invalid: The status is none, or something that it needs is missing; or there is nothing to record.
    """
    finding = find_finding(session, key)
    status = _checked(finding, move, now)
    session.add(
        FindingMove(
            finding_id=finding.id,
            from_status=finding.status,
            to_status=status,
            note=move.note.strip(),
            reason=move.reason.strip(),
            owner=move.owner.strip(),
            exception_ends=move.exception_ends,
            referred_to=move.referred_to.strip(),
            moved_at=now,
            moved_by=by,
        )
    )
    if status in CLOSED and status != finding.status:
        finding.closed_events = _events(session, finding)
    if status != finding.status:
        finding.status, finding.exception_ends = status, move.exception_ends
    session.flush()
    return finding


def _answer(session: Session, key: str, move: Move, now: datetime, by: str) -> Moved:
    try:
        finding = move_finding(session, key, move, now=now, by=by)
    except Refusal as refusal:
        return Moved(key, refusal=refusal)
    return Moved(finding.key, finding.status)


def _checked(finding: Finding, move: Move, now: datetime) -> Status:
    """Give the status that a finding comes to."""
    before = Status(finding.status)
    status = before if move.status is None else _status(move.status)
    has_note = bool(move.note.strip())
    if status is before:
        if not has_note:
            raise Invalid(
                f"There is neither another status nor a note to record; finding {finding.key} is {before} already.",
                remedy=Remedy(Advice.GIVE_STATUS_OR_NOTE),
            )
        _refuse_what_is_not_of(None, move)
        return status
    if status not in MOVES[before]:
        raise Conflict(
            f"Finding {finding.key} is {before}, which is closed: it is opened again before it becomes {status}.",
            remedy=Remedy(Advice.OPEN_AGAIN),
        )
    if not has_note and (status in CLOSED or before in CLOSED):
        done = "closed" if status in CLOSED else "opened again"
        raise Invalid(f"A finding is {done} with a note that says why.", remedy=Remedy(Advice.GIVE_NOTE))
    _refuse_what_is_not_of(status, move)
    _check_details(status, move, now)
    return status


def _status(text: str) -> Status:
    form = text.strip().casefold().replace(" ", "_")
    if form not in set(Status):
        raise Invalid(f'"{text}" is no status; the statuses are {", ".join(Status)}.')
    return Status(form)


def _check_details(status: Status, move: Move, now: datetime) -> None:
    if status is Status.DISMISSED and move.reason.strip() not in set(DismissalReason):
        said = f'"{move.reason}" is no reason to dismiss a finding' if move.reason else "A finding is dismissed for one"
        raise Invalid(
            f"{said}{'; the reasons are' if move.reason else ' of these reasons:'} {', '.join(DismissalReason)}.",
            remedy=Remedy(Advice.GIVE_REASON),
        )
    if status is Status.ACCEPTED:
        if not move.owner.strip() or move.exception_ends is None:
            raise Invalid(
                "An exception that is accepted needs an owner, who answers for it, and an end.",
                remedy=Remedy(Advice.GIVE_OWNER_AND_END),
            )
        if not now < move.exception_ends <= now + _LONGEST_EXCEPTION:
            raise Invalid("An exception ends after today, and within a year.", remedy=Remedy(Advice.GIVE_OWNER_AND_END))
    if status is Status.REFERRED and not move.referred_to.strip():
        raise Invalid("A finding is referred to a case, which has to be named.", remedy=Remedy(Advice.GIVE_CASE))


_OF_STATUS = {
    "reason": Status.DISMISSED,
    "owner": Status.ACCEPTED,
    "exception_ends": Status.ACCEPTED,
    "referred_to": Status.REFERRED,
}


def _refuse_what_is_not_of(status: Status | None, move: Move) -> None:
    """Refuse a detail that the status does not keep, as who gives it expects that it is kept."""
    for name, only in _OF_STATUS.items():
        if getattr(move, name) and only is not status:
            raise Invalid(
                f"{_IN_WORDS[name]} is kept only of a finding that becomes {only}.",
                remedy=Remedy(Advice.LEAVE_OUT, about=name),
            )


_IN_WORDS = {
    "reason": "The reason of a dismissal",
    "owner": "The owner of an exception",
    "exception_ends": "The end of an exception",
    "referred_to": "A case",
}


def _events(session: Session, finding: Finding) -> int:
    """Count the accesses of a finding: those it has, or where it is not found any more, had last."""
    asked = (
        select(FindingFigures.events)
        .where(FindingFigures.finding_id == finding.id)
        .order_by(col(FindingFigures.id).desc())
        .limit(1)
    )
    return session.exec(asked).first() or 0
