"""Notices of access reviews: whose answers are waited for, or nearly due or late, and that a deadline has passed."""

from collections.abc import Iterator
from datetime import timedelta

from access.people_below import Reach
from access.reviews.find_review import (
    WAITING,
    items_in_words,
    list_reviews,
    progress_of,
    review_items,
    silence_in_words,
)
from access.reviews.models import AccessReview
from access.reviews.owners import THING
from app.notices.wanted import Gathering, Wanted, for_each
from config.clock import end_text
from config.web.signed_in import SignedIn

_EVERYBODY = Reach("all", "")
_SOON = timedelta(days=3)


def waiting(gathering: Gathering) -> Iterator[Wanted]:
    """Tell owners what a review asks of them, until they have answered for all of it or it is closed."""
    for review in _open(gathering):
        for owner, count in _waiting(gathering, review):
            what, until = items_in_words(review, count), end_text(review.due, gathering.work.zone)
            text = f'{what} of the review "{review.name}" {_wait(count)} for your answer, {until}.'
            yield from for_each(_who_answers(gathering, owner), str(review.id), f"of {owner}", text, _path(review))


def due(gathering: Gathering) -> Iterator[Wanted]:
    """Tell owners three days before answers are due that some are missing, and once more when they are late."""
    for review in _open(gathering):
        # of a short time three days would be all of it
        half = review.started_at + (review.due - review.started_at) / 2
        if gathering.work.now < max(review.due - _SOON, half):
            continue
        is_late = review.due <= gathering.work.now
        said = f"{'were' if is_late else 'are'} asked for {end_text(review.due, gathering.work.zone)}"
        for owner, count in _waiting(gathering, review):
            what = f"{items_in_words(review, count)} {_wait(count)} for yours"
            text = f'Answers in the review "{review.name}" {said}; {what}.'
            occasion = f"{'late' if is_late else 'soon'} of {owner}"
            yield from for_each(_who_answers(gathering, owner), str(review.id), occasion, text, _path(review))


def ended(gathering: Gathering) -> Iterator[Wanted]:
    """Tell officials that the deadline of an open review has passed, and what it means that nobody answered."""
    for review in _open(gathering):
        if review.due > gathering.work.now:
            continue
        count = sum(count for _, count in _waiting(gathering, review))
        silent = f"nobody answered for {items_in_words(review, count)}: each {silence_in_words(review)}"
        said = f"{silent}. Close it, or wait for answers" if count else "nothing in it waits for an answer. Close it"
        text = f'The deadline of the review "{review.name}" has passed; {said}.'
        path = _path(review) if count else f"/reviews/{review.id}"
        yield from for_each(gathering.recipients.who_may("run", THING), str(review.id), "ended", text, path)


def _open(gathering: Gathering) -> list[AccessReview]:
    return [one for one in list_reviews(gathering.work.session, _EVERYBODY) if one.closed_at is None]


def _waiting(gathering: Gathering, review: AccessReview) -> Iterator[tuple[str, int]]:
    """Give who has not answered in a review, and for how many."""
    for one in progress_of(review_items(gathering.work.session, review.id, _EVERYBODY)):
        if count := one.by_state.get(WAITING, 0):
            yield one.owner, count


def _who_answers(gathering: Gathering, owner: str) -> list[SignedIn]:
    """Give an owner and who stands in for them; officials where there is none, or none that signs in any more."""
    answering = [one for one in gathering.recipients.in_place_of(owner) if one.may("change", THING)]
    return answering or gathering.recipients.who_may("change", THING)


def _wait(count: int) -> str:
    return "waits" if count == 1 else "wait"


def _path(review: AccessReview) -> str:
    return f"/reviews/{review.id}?state={WAITING}"
