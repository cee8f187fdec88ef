"""Move findings from status to status, and note what was learnt; each move is kept, none is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from audit.explanations import check_question
from audit.find_finding import find_finding
from audit.models import Finding, FindingFigures, FindingMove
from audit.own_findings import MovedBy, OwnFindings
from audit.statuses import CLOSED, MOVES, DismissalReason, Status
from config.errors import Conflict, Invalid, Refusal
from config.officials.models import Official
from config.officials.officials import all_officials, find_official
from config.officials.permissions import scope_of
from config.remedies import Advice, Remedy
from config.texts import compare_form

_LONGEST_NOTE, _LONGEST_NAME = 10_000, 500
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
        assignee: The login of the official who is to review it, where it is under review; empty = whoever it was.
        asks: The id or name of an employee who is to explain it, where it is under review; the note is the question.
        due: Until when they are to.
    """

    status: str | None = None
    note: str = ""
    reason: str = ""
    owner: str = ""
    exception_ends: datetime | None = None
    referred_to: str = ""
    assignee: str = ""
    asks: str = ""
    due: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """How one finding of several was moved: its status now, or why it was not moved.

    Args:
        waits: Its dismissal is proposed, and waits for a second official.
    """

    key: str
    status: str = ""
    waits: bool = False
    refusal: Refusal | None = None


def move_findings(session: Session, keys: Sequence[str], move: Move, *, now: datetime, by: MovedBy) -> list[Moved]:
    """Move several findings alike; each is moved or refused by itself, and answered for in the order of the keys."""
    own = OwnFindings(session, by, now)
    return [_answer(session, key, move, now, by, own) for key in dict.fromkeys(keys)]


def move_finding(session: Session, key: str, move: Move, *, now: datetime, by: MovedBy) -> Finding:
    """Move a finding, note something on it, or both.

    A dismissal by somebody of the employee's own department is proposed; it stands once a second official dismisses it.

    Args:
        key: Its key, or the beginning of it.

    Raises:
        NotFound: There is no finding with this key.
        NotPermitted: It is about the one who moves it.
        Conflict: The beginning fits several; or a finding of this status does not move there.
        Invalid: The status is none, or something that it needs is missing; or there is nothing to record.
    """
    return _move(session, key, move, now, by, OwnFindings(session, by, now))


def _move(session: Session, key: str, move: Move, now: datetime, by: MovedBy, own: OwnFindings) -> Finding:
    finding = find_finding(session, key)
    own.refuse_about_self(finding)
    status = asked = _checked(finding, move, now)
    if move.assignee:
        _check_assignee(session, finding, move.assignee)
    asks = check_question(session, move.asks, move.due, move.note, now) if move.asks or move.due else ""
    if asked is Status.DISMISSED and asked != finding.status and _needs_second(finding, by, own):
        status = Status(finding.status)
        finding.dismissal_proposed_by = by.name
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
            assignee=compare_form(move.assignee),
            proposes=asked if asked is not status else "",
            asks=asks,
            due=move.due,
            moved_at=now,
            moved_by=by.name,
        )
    )
    if status in CLOSED and status != finding.status:
        finding.closed_events = _events(session, finding)
    if status != finding.status:
        finding.take(status, assignee=compare_form(move.assignee), exception_ends=move.exception_ends)
    elif move.assignee:
        finding.assignee = compare_form(move.assignee)
    session.flush()
    return finding


def _answer(session: Session, key: str, move: Move, now: datetime, by: MovedBy, own: OwnFindings) -> Moved:
    try:
        finding = _move(session, key, move, now, by, own)
    except Refusal as refusal:
        return Moved(key, refusal=refusal)
    return Moved(finding.key, finding.status, waits=bool(finding.dismissal_proposed_by))


def _needs_second(finding: Finding, by: MovedBy, own: OwnFindings) -> bool:
    """Say whether a dismissal waits: it is about the mover's own department, and nobody else proposed it before."""
    if finding.dismissal_proposed_by not in {"", by.name}:
        return False
    return own.is_of_own_department(finding)


def assignees_of(session: Session) -> list[str]:
    """Give the logins of the officials who may review findings, in order."""
    return [one.login for one in all_officials(session) if _may_review(one)]


def _may_review(official: Official) -> bool:
    return not official.disabled and scope_of(official.roles.split(";"), "change", "findings") is not None


def _check_assignee(session: Session, finding: Finding, login: str) -> None:
    official = find_official(session, login)
    if official is None or not _may_review(official):
        raise Invalid(f'"{login}" is no login of an official who deals with findings.')
    OwnFindings.refuse_assignee(finding, official.employee_id, official.name)


def _checked(finding: Finding, move: Move, now: datetime) -> Status:
    """Give the status that a finding comes to."""
    _refuse_too_long(move)
    before = Status(finding.status)
    status = before if move.status is None else _status(move.status)
    has_note = bool(move.note.strip())
    if status is before:
        if not has_note and not move.assignee:
            raise Invalid(
                f"There is neither another status nor a note to record; finding {finding.key} is {before} already.",
                remedy=Remedy(Advice.GIVE_STATUS_OR_NOTE),
            )
        _refuse_what_is_not_of(status if status is Status.UNDER_REVIEW else None, move)
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


def _refuse_too_long(move: Move) -> None:
    if len(move.note) > _LONGEST_NOTE:
        raise Invalid(f"A note on a finding has at most {_LONGEST_NOTE:,} letters; write a shorter one.")
    if any(len(text) > _LONGEST_NAME for text in (move.owner, move.referred_to)):
        raise Invalid(f"An owner or a case is named in at most {_LONGEST_NAME:,} letters; write a shorter name.")


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
    "assignee": Status.UNDER_REVIEW,
    "asks": Status.UNDER_REVIEW,
    "due": Status.UNDER_REVIEW,
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
    "assignee": "Who reviews it",
    "asks": "Who is asked to explain it",
    "due": "Until when it is to be explained",
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
