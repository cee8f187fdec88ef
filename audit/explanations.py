"""Who is asked to explain a finding, and what they answer: the question and the answer are moves of the finding.

A question waits while its finding is under review, until it is answered or the same employee is asked anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from access.find_employee import find_employee
from audit.finding_rows import no_finding
from audit.models import Finding, FindingMove
from audit.statuses import Status
from config.clock import day_text, last_day, local_text
from config.errors import Conflict, Invalid, InvalidFields
from config.officials.officials import all_officials

LONGEST = timedelta(days=366)
LONGEST_ANSWER = 10_000


@dataclass(frozen=True)
class Question:
    """An employee is asked to explain a finding.

    Args:
        answer: What they answered; None while they did not.
        waits: It can be answered.
    """

    finding: Finding
    asked: FindingMove
    answer: FindingMove | None
    waits: bool

    @property
    def due(self) -> datetime:
        """Until when it is to be answered."""
        assert self.asked.due is not None, "a question has an end"  # noqa: S101
        return self.asked.due


def due_text(due: datetime, zone: ZoneInfo) -> str:
    """Say until when something is to be answered."""
    last = last_day(due, zone)
    return local_text(due, zone) if last is None else f"the end of {day_text(last)}"


def check_question(session: Session, asks: str, due: datetime | None, note: str, now: datetime) -> str:
    """Give the id of the employee who is to be asked.

    Raises:
        NotFound: There is no such employee.
        Conflict: Several have the name.
        Invalid: The question, its end or the employee is missing, the end is no good, or it would reach nobody.
    """
    if not asks.strip() or due is None:
        raise Invalid("An explanation is asked of an employee and until a day; name both.")
    if not note.strip():
        raise Invalid("Write in the note what is to be explained; the employee who is asked reads it.")
    if not now < due <= now + LONGEST:
        raise Invalid("An explanation is asked for until a day to come, within a year.")
    employee = find_employee(session, asks, at=now)
    if not any(one.employee_id == employee.employee_id and not one.disabled for one in all_officials(session)):
        raise Invalid(
            f"{employee.name} ({employee.employee_id}) does not sign in here, so the question would reach nobody; have "
            "an administrator add a login with this employee id, or note what they told you."
        )
    return employee.employee_id


def questions_to(session: Session, employee_id: str) -> Sequence[Question]:
    """Give all that an employee was asked, the newest question first."""
    if not employee_id:
        return []
    asked = (
        select(FindingMove, Finding)
        .join(Finding, col(Finding.id) == col(FindingMove.finding_id))
        .where(FindingMove.asks == employee_id)
        .order_by(col(FindingMove.id).desc())
    )
    rows = session.exec(asked).all()
    numbers = [move.id for move, _ in rows]
    told = session.exec(select(FindingMove).where(col(FindingMove.answers).in_(numbers))).all()
    answers, newest = {move.answers: move for move in told}, set[int]()
    questions = list[Question]()
    for move, finding in rows:
        waits = finding.status == Status.UNDER_REVIEW and move.id not in answers and finding.id not in newest
        newest.add(finding.id)
        questions.append(Question(finding, move, answers.get(move.id), waits))
    return questions


def questions_about(session: Session, key: str, employee_id: str) -> Sequence[Question]:
    """Give what an employee was asked about a finding, the newest first; none where there is no such finding."""
    return [one for one in questions_to(session, employee_id) if one.finding.key == key.strip().casefold()]


def answer_question(session: Session, key: str, employee_id: str, text: str, *, now: datetime, by: str) -> FindingMove:
    """Answer what an employee was asked about a finding; the answer stands in its history.

    Raises:
        NotFound: There is no such finding, or they were asked nothing about it.
        Conflict: They have answered, or it is under review no longer.
        InvalidFields: The answer is empty or too long.
    """
    asked = questions_about(session, key, employee_id)
    if not asked:
        raise no_finding(key)
    newest = asked[0]
    if newest.answer is not None:
        raise Conflict("You have answered this already; whoever reviews it can ask you again.")
    if not newest.waits:
        raise Conflict("This is under review no longer, so no answer is waited for; nothing was recorded.")
    if not text.strip():
        raise InvalidFields({"answer": "Write what the access was for; the answer is kept with the finding."})
    if len(text) > LONGEST_ANSWER:
        raise InvalidFields({"answer": f"Write at most {LONGEST_ANSWER:,} characters."})
    finding = newest.finding
    told = FindingMove(
        finding_id=finding.id,
        from_status=finding.status,
        to_status=finding.status,
        note=text.strip(),
        answers=newest.asked.id,
        moved_at=now,
        moved_by=by,
    )
    session.add(told)
    session.flush()
    return told
