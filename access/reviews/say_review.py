"""Say to a person how far an access review has come, until when answers are asked for, and what silence means."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from access.reviews.find_review import ItemNow, items_in_words, silence_in_words
from access.reviews.models import AccessReview, Scope
from config.clock import end_text, local_text


def review_sentences(review: AccessReview, items: Sequence[ItemNow], now: datetime, zone: ZoneInfo) -> list[str]:
    """Say it of the grants or series of which one may know."""
    answered = sum(one.answer is not None for one in items)
    thing = "What the inventory says of a series" if review.is_of_inventory else "A grant"
    return [
        f"{answered:,} of {items_in_words(review, len(items))} {'is' if len(items) == 1 else 'are'} answered for.",
        _until(review, now, zone),
        f"{thing} for which nobody answers {silence_in_words(review)}.",
        asked_in_words(review),
    ]


def asked_in_words(review: AccessReview) -> str:
    """Say what a review asks about."""
    names = ", ".join(review.names.splitlines())
    if review.is_of_inventory:
        of = names or "each data series"
        return (
            f"It asks whether what the inventory says of {of} is right still; confirmed, it is gone over for the year "
            "(Minn. Stat. 13.025 subd. 1)."
        )
    if review.scope == Scope.ALL:
        return "It asks whether each grant is still needed."
    return f"It asks whether each grant of {review.scope}{f' ({names})' if names else ''} is still needed."


def _until(review: AccessReview, now: datetime, zone: ZoneInfo) -> str:
    if review.closed_at is not None:
        closed = local_text(review.closed_at.replace(microsecond=0), zone)
        return f"Closed on {closed} ({zone.key}) by {review.closed_by}."
    passed = ", which has passed; they are taken until the review is closed" if review.due <= now else ""
    return f"Answers are asked for {end_text(review.due, zone)}{passed}."
