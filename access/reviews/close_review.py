"""Close an access review: its answers are final, and what nobody answered is what the review says of silence."""

from access.reviews.models import AccessReview
from config.errors import Conflict
from config.work import Work


def close_review(work: Work, review: AccessReview, *, by: str) -> None:
    """Close a review; no grant is changed by that.

    Raises:
        Conflict: It is closed already.
    """
    if review.closed_at is not None:
        raise Conflict(f'The access review "{review.name}" was closed already, by {review.closed_by}.')
    review.superseded_at, review.superseded_by = work.now, by
    work.session.flush()
