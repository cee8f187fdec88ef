"""Answer in an access review: a grant is confirmed, narrowed or ended; an answer is taken back.

What the inventory says of a series is confirmed, which is its yearly review, or it is noted what is to be changed.
"""

from dataclasses import dataclass

from access.about_oneself import reaches_employee
from access.change_duty import Decider
from access.reviews.change_grant import end_grant, narrow_grant
from access.reviews.find_review import ItemNow, standing_row
from access.reviews.models import AccessReview, Answer, ReviewAnswer, ReviewItem
from access.reviews.narrow_terms import Narrowed, Narrowing, read_narrowing
from access.undo_import import undo_import
from config.clock import end_text
from config.errors import Conflict, InvalidFields, NotPermitted
from config.work import Work
from inventory.review_series import review_series, take_review_back

_NOTHING_LESS = Narrowing()
_OF_GRANTS = (Answer.CONFIRMED, Answer.NARROWED, Answer.ENDED)
_OF_SERIES = (Answer.CONFIRMED, Answer.TO_CHANGE)


@dataclass(frozen=True)
class Given:
    """An answer as it is given.

    Args:
        narrowing: What is left, where the answer is that.
    """

    answer: Answer
    note: str = ""
    narrowing: Narrowing = _NOTHING_LESS


def answer_item(work: Work, review: AccessReview, now: ItemNow, given: Given, *, by: Decider) -> ReviewAnswer:
    """Keep what was answered, and change a grant as was said, from now on.

    Raises:
        NotPermitted: The grant reaches the one who answers.
        InvalidFields: A reason is missing, the answer is none here, or what is to be left cannot be used.
        Conflict: The review is closed, an answer stands already, or the grant stands no longer.
    """
    _refuse_closed(review)
    if now.answer is not None:
        raise Conflict(f"{now.item.named} was {now.answer.answer} already; take that answer back first.")
    refuse_own(work, now.item, by)
    _refuse_other_answers(now.item, given.answer)
    if given.answer is not Answer.CONFIRMED and not given.note.strip():
        raise InvalidFields({"note": f"Say why it is {given.answer}; the reason is kept."})
    if given.answer is Answer.CONFIRMED and not now.stands:
        raise Conflict(_nothing_to_confirm(now.item))
    said, number = _change(work, now.item, given, by)
    answered = ReviewAnswer(
        item_id=now.item.id,
        answer=given.answer,
        note=given.note.strip(),
        said=said,
        import_number=number,
        recorded_at=work.now,
        recorded_by=by.login,
    )
    work.session.add(answered)
    work.session.flush()
    return answered


def take_answer_back(work: Work, review: AccessReview, now: ItemNow, *, by: Decider) -> None:
    """Take an answer back; what it changed stands again as before, by a change of its own.

    Raises:
        NotPermitted: The grant reaches the one who takes it back.
        Conflict: The review is closed, nothing was answered, or a later change rests on what was changed.
    """
    _refuse_closed(review)
    if now.answer is None:
        raise Conflict(f"Nothing was answered of {now.item.named}; there is nothing to take back.")
    if now.item.is_series:
        take_review_back(work.session, now.item.series, now.answer.recorded_at, now=work.now, by=by.login)
    if now.answer.import_number is not None:
        undo_import(work.session, now.answer.import_number, now=work.now, by=by.login)
    refuse_own(work, now.item, by)
    answer = work.session.get_one(ReviewAnswer, now.answer.id)
    answer.superseded_at, answer.superseded_by = work.now, by.login
    work.session.flush()


def refuse_own(work: Work, item: ReviewItem, by: Decider) -> None:
    """Refuse an answer about a grant that reaches the one who gives it.

    Raises:
        NotPermitted: It does.
    """
    if is_own(work, item, by):
        raise NotPermitted("Nobody answers for a grant that reaches themselves; have another official do it.")


def is_own(work: Work, item: ReviewItem, by: Decider) -> bool:
    """Say whether a grant reaches somebody themselves; a series reaches nobody."""
    row = standing_row(work.session, item)
    return bool(by.employee_id) and row is not None and reaches_employee(work.session, by.employee_id, row)


def _refuse_closed(review: AccessReview) -> None:
    if review.closed_at is not None:
        raise Conflict(f'The access review "{review.name}" is closed, and its answers stand as they are.')


def _refuse_other_answers(item: ReviewItem, answer: Answer) -> None:
    ours = _OF_SERIES if item.is_series else _OF_GRANTS
    if answer not in ours:
        raise InvalidFields({"answer": f"{item.named} cannot be {answer}; answer one of {', '.join(ours)}."})


def _nothing_to_confirm(item: ReviewItem) -> str:
    if item.is_series:
        return f"{item.named} was gone over since the start, or is retired; there is nothing to confirm."
    return f"{item.named} stands no longer as it did at the start; there is nothing to confirm."


def _change(work: Work, item: ReviewItem, given: Given, by: Decider) -> tuple[str, int | None]:
    """Change a grant as was said; give that in words, and its number in the list of imports."""
    if given.answer is Answer.ENDED:
        return "It ends now.", end_grant(work, item, reason=given.note, by=by)
    if given.answer is Answer.NARROWED:
        narrowed = read_narrowing(work, item, given.narrowing)
        return _left(work, item, narrowed), narrow_grant(work, item, narrowed, by=by)
    if item.is_series and given.answer is Answer.CONFIRMED:
        review_series(work.session, item.series, given.note, now=work.now, by=by.login)
    return "", None


def _left(work: Work, item: ReviewItem, narrowed: Narrowed) -> str:
    """Say what is left of a grant: whatever became less."""
    told = []
    if narrowed.actions != item.actions:
        told.append(f"the actions {narrowed.actions.replace(';', ', ')}")
    if narrowed.purposes != item.purposes:
        told.append(f"the purposes {narrowed.purposes.replace(';', ', ')}")
    if narrowed.end != item.end and narrowed.end is not None:
        told.append(f"its time {end_text(narrowed.end, work.zone)}")
    return f"Left from now on: {'; '.join(told)}."
