"""Say to a person whose a reviewed grant is, what it permits, how it was used, and what became of it.

Of a series there is only to say what became of it.
"""

from zoneinfo import ZoneInfo

from access.names import Names
from access.reviews.find_review import CHANGED, WAITING, ItemNow, silence_in_words
from access.reviews.models import AccessReview, ReviewItem, ReviewUse
from config.clock import local_text, period_text
from config.texts import counted


def holder_in_words(item: ReviewItem, names: Names) -> str:
    """Say who holds a grant; nothing of a series."""
    return "" if item.is_series else names.held_by(item.holder_type, item.holder)


def permits_in_words(item: ReviewItem, zone: ZoneInfo) -> str:
    """Say what a grant permitted at the start, and when it holds; nothing of a series."""
    if item.is_series:
        return ""
    actions = "any action" if item.actions == "*" else item.actions.replace(";", ", ")
    purposes = "any purpose" if item.purposes == "*" else item.purposes.replace(";", ", ")
    return f"{actions}, for {purposes}, {period_text(item.start, item.end, zone)}"


def use_in_words(use: ReviewUse | None, days: int, zone: ZoneInfo) -> str:
    """Say how often a grant was used in so many days; that nothing used it apart from that no log tells of it."""
    if use is None:
        return "not counted yet"
    if not use.log_days and not use.uses:
        return f"no log seen in these {counted(days, 'day')}, so it cannot be told"
    seen = "" if use.log_days >= days else f"; logs seen on {use.log_days:,} of {counted(days, 'day')}"
    if not use.uses or use.last_use is None:
        return f"never used in these {counted(days, 'day')}{seen}"
    last = local_text(use.last_use.replace(second=0, microsecond=0), zone)
    return f"used {counted(use.uses, 'time')}, last on {last}{seen}"


def answer_in_words(review: AccessReview, now: ItemNow) -> str:
    """Say what became of a grant or a series of a review, until now or when it was closed."""
    if now.answer is not None:
        return " ".join(filter(None, (now.answer.answer, now.answer.said)))
    if now.state == CHANGED:
        return "gone over otherwise since the start, or retired" if now.item.is_series else f"{CHANGED} since the start"
    return f"nobody answered: it {silence_in_words(review)}" if review.closed_at else WAITING
