"""Find an access review and its items, each as it stands now: answered, silent, or changed by something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from access.models import TemporaryDuty, WorkAccess
from access.people_below import Reach
from access.reviews.models import (
    AccessReview,
    Answer,
    ItemKind,
    ReviewAnswer,
    ReviewItem,
    ReviewUse,
    Silence,
)
from config.errors import NotFound
from config.recorded import Recorded, current
from config.texts import counted
from inventory.models import WorkAccessPart
from inventory.review_series import unreviewed_since

TABLES: Mapping[str, type[Recorded]] = {
    ItemKind.WORK_ACCESS: WorkAccess,
    ItemKind.TEXT: WorkAccessPart,
    ItemKind.DUTY: TemporaryDuty,
}
WAITING, CHANGED = "waiting", "changed otherwise"
STATES = (WAITING, *Answer, CHANGED)
_OF_GRANTS = tuple(one for one in STATES if one != Answer.TO_CHANGE)
_OF_INVENTORY = (WAITING, Answer.CONFIRMED, Answer.TO_CHANGE, CHANGED)


@dataclass(frozen=True)
class ItemNow:
    """A grant or a series of a review as it stands now.

    Args:
        answer: What was answered of it; None while nothing was.
        use: What was counted; None where nothing was yet, and of a series.
        stands: Whether the grant still stands as it did at the start, or nobody went over the series otherwise.
    """

    item: ReviewItem
    answer: ReviewAnswer | None
    use: ReviewUse | None
    stands: bool

    @property
    def state(self) -> str:
        """How far it has come, one of STATES."""
        if self.answer is not None:
            return self.answer.answer
        return WAITING if self.stands else CHANGED


@dataclass(frozen=True)
class Progress:
    """How many grants or series of an owner there are, and how many by state; `owner` empty = an official's."""

    owner: str
    count: int
    by_state: Mapping[str, int]

    @property
    def answered(self) -> int:
        """Of how many somebody said something."""
        return sum(self.by_state.get(one, 0) for one in Answer)


def find_review(session: Session, number: int, reach: Reach) -> AccessReview:
    """Give a review.

    Raises:
        NotFound: There is none, or none with anything for which the one who asks is to answer.
    """
    review = session.get(AccessReview, number)
    if review is None or (reach.scope != "all" and not _owned(session, number, reach)):
        raise NotFound(f"There is no access review {number} in which you have a part.")
    return review


def list_reviews(session: Session, reach: Reach) -> list[AccessReview]:
    """Give the reviews that one may know of, the newest first."""
    chosen = select(AccessReview).order_by(col(AccessReview.id).desc())
    if reach.scope != "all":
        own = select(ReviewItem.review_id).where(col(ReviewItem.owner).in_(reach.managers))
        chosen = chosen.where(col(AccessReview.id).in_(own))
    return list(session.exec(chosen))


def find_item(session: Session, review: AccessReview, number: int, reach: Reach) -> ItemNow:
    """Give a grant or a series of a review.

    Raises:
        NotFound: There is none of that number, or none for which the one who asks is to answer.
    """
    chosen = select(ReviewItem).where(ReviewItem.id == number, *visible(review.id, reach))
    item = session.exec(chosen).first()
    if item is None:
        raise NotFound(f"The access review {review.id} has nothing numbered {number} for which you are to answer.")
    (found,) = items_now(session, [item])
    return found


def visible(review_id: int, reach: Reach) -> list[ColumnElement[bool]]:
    """Give what an item must fulfil to be one of a review that somebody may know of."""
    of_review = [col(ReviewItem.review_id) == review_id]
    return of_review if reach.scope == "all" else [*of_review, col(ReviewItem.owner).in_(reach.managers)]


def review_items(session: Session, review_id: int, reach: Reach) -> list[ItemNow]:
    """Give every item of a review that one may know of, in their order."""
    chosen = select(ReviewItem).where(*visible(review_id, reach)).order_by(col(ReviewItem.id))
    return items_now(session, session.exec(chosen).all())


def items_now(session: Session, items: Sequence[ReviewItem]) -> list[ItemNow]:
    """Give items as they stand now."""
    of_reviews = select(ReviewItem.id).where(col(ReviewItem.review_id).in_({item.review_id for item in items}))
    answers = select(ReviewAnswer).where(current(ReviewAnswer), col(ReviewAnswer.item_id).in_(of_reviews))
    uses = select(ReviewUse).where(col(ReviewUse.item_id).in_(of_reviews))
    answer_of = {one.item_id: one for one in session.exec(answers)}
    use_of = {one.item_id: one for one in session.exec(uses)}
    standing = _Standing(session)
    return [ItemNow(item, answer_of.get(item.id), use_of.get(item.id), standing.has(item)) for item in items]


def standing_row(session: Session, item: ReviewItem) -> Any:  # noqa: ANN401 - a row of any of the tables
    """Give the row of a grant that stands; None where none does any more, and of a series."""
    if item.is_series:
        return None
    columns: Any = TABLES[item.kind]
    named = func.coalesce(columns.restores, columns.id) == item.row_id
    return session.exec(select(columns).where(named, current(columns))).first()


def progress_of(items: Sequence[ItemNow]) -> list[Progress]:
    """Give how far each owner has come, the one with the most that waits first."""
    owners: dict[str, list[str]] = {}
    for one in items:
        owners.setdefault(one.item.owner, []).append(one.state)
    found = [
        Progress(owner, len(states), {state: states.count(state) for state in STATES if state in states})
        for owner, states in owners.items()
    ]
    return sorted(found, key=lambda one: (-one.by_state.get(WAITING, 0), one.owner))


def silence_in_words(review: AccessReview) -> str:
    """Say what it means, or meant, where nobody answers."""
    if review.silence == Silence.STAYS:
        return "stays as it is"
    return "stays, and is listed for an official to decide"


def items_in_words(review: AccessReview, count: int) -> str:
    """Say how many of what a review asks about."""
    return counted(count, "data series", "data series") if review.is_of_inventory else counted(count, "grant")


def states_of(review: AccessReview) -> tuple[str, ...]:
    """Give the states in which what a review asks about may be."""
    return _OF_INVENTORY if review.is_of_inventory else _OF_GRANTS


class _Standing:
    """What stands as a review asks about it, each kind looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = dict[str, set[int]]()
        self._unreviewed = dict[int, set[str]]()

    def has(self, item: ReviewItem) -> bool:
        """Say whether a grant stands, or a series that nobody went over since the start."""
        if item.is_series:
            if item.review_id not in self._unreviewed:
                review = self._session.get_one(AccessReview, item.review_id)
                self._unreviewed[item.review_id] = unreviewed_since(self._session, review.started_at)
            return item.series in self._unreviewed[item.review_id]
        if item.kind not in self._numbers:
            columns: Any = TABLES[item.kind]
            numbers = select(func.coalesce(columns.restores, columns.id)).where(current(TABLES[item.kind]))
            self._numbers[item.kind] = set(self._session.exec(numbers))
        return item.row_id in self._numbers[item.kind]


def _owned(session: Session, review_id: int, reach: Reach) -> bool:
    return session.exec(select(ReviewItem.id).where(*visible(review_id, reach)).limit(1)).first() is not None
