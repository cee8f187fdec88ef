"""Count how often each grant of an access review was used in the days before, by the logs imported so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from access.reviews.models import AccessReview, ReviewItem, ReviewUse
from audit.series_log_days import log_days_of_series
from config.clock import from_microseconds
from config.errors import Conflict, NotFound
from config.work import Installation, Work
from reports.decisions import deciding
from reports.grant_uses import uses_of_grants


@dataclass(frozen=True)
class ReviewUsesRequest:
    """Of which access review uses are to be counted, by its number."""

    review: int


def count_review_uses(installation: Installation, request: ReviewUsesRequest) -> int:
    """Count the uses of every grant of a review, as it was known at the start; give how many grants there are.

    Raises:
        NotFound: There is no such review.
        Conflict: It asks about the inventory, a file of the store is not as its receipt says, or the memory allowed
            does not suffice.
    """
    installation.progress.step("Counting how often grants were used")
    with installation.read() as work:
        review = work.session.get(AccessReview, request.review)
        if review is None:
            raise NotFound(f"There is no access review {request.review}.")
        refuse_uncounted(review)
        counted = _count(work, review)
    with installation.aside() as work:
        for use in counted:
            work.session.merge(use)
    return len(counted)


def refuse_uncounted(review: AccessReview) -> None:
    """Refuse to count uses of what the inventory says of data series: nothing uses that.

    Raises:
        Conflict: The review asks about that.
    """
    if review.is_of_inventory:
        raise Conflict(f'The review "{review.name}" asks about the inventory, of which no uses are counted.')


def _count(work: Work, review: AccessReview) -> list[ReviewUse]:
    chosen = select(ReviewItem).where(ReviewItem.review_id == review.id).order_by(col(ReviewItem.id))
    items = work.session.exec(chosen).all()
    start, end = review.started_at - timedelta(days=review.days), review.started_at
    with deciding(work.session, work.settings, known_at=end, start=start, end=end) as decided:
        uses, facts = uses_of_grants(decided), decided.policy.facts
    first, last = (one.astimezone(work.zone).date() for one in (start, end))
    days = log_days_of_series(work, facts, first, last)
    return [_use(item, uses, min(len(days.get(item.series, ())), review.days), work) for item in items]


def _use(item: ReviewItem, uses: Mapping[str, tuple[int, int]], log_days: int, work: Work) -> ReviewUse:
    events, last = uses.get(item.grant, (0, None))
    return ReviewUse(
        item_id=item.id,
        uses=events,
        last_use=None if last is None else from_microseconds(last),
        log_days=log_days,
        counted_at=work.clock,
    )
