"""Asks the record for an access review, the newest where none is named, and lays it out."""

from collections.abc import Iterator

from sqlmodel import Session

from access.names import Names
from access.people_below import Reach
from access.reviews.find_review import find_review, list_reviews, review_items
from reports.about import About
from reports.access_review_report import NONE_STARTED, ReviewRecords, access_review_report
from reports.sheets import Cover, Sheet


def review_sheets(session: Session, number: int | None, about: About) -> Iterator[Cover | Sheet]:
    """Give the sheets of a review; a cover that says so where none was started yet.

    Raises:
        NotFound: There is no review of this number.
    """
    everybody = Reach("all", "")
    newest = next(iter(list_reviews(session, everybody)), None)
    if number is None and newest is None:
        yield Cover(heading="Access review", sections=[about.section(paragraphs=[NONE_STARTED])])
        return
    review = newest if number is None and newest is not None else find_review(session, number or 0, everybody)
    records = ReviewRecords(review, review_items(session, review.id, everybody), Names(session))
    yield from access_review_report(records, about)
