"""The demo's access reviews: every grant is asked about, and half of them are answered for; so is the inventory."""

from access.change_duty import Decider
from access.people_below import Reach
from access.reviews.answer_item import Given, answer_item
from access.reviews.find_review import WAITING, ItemNow, review_items
from access.reviews.models import AccessReview, Answer, ItemKind, Scope, Silence
from access.reviews.narrow_terms import Narrowing
from access.reviews.say_review import review_sentences
from access.reviews.start_review import ReviewRequest, start_review
from config.terminal import say
from config.texts import counted
from config.work import Installation, Work
from reports.count_review_uses import ReviewUsesRequest, count_review_uses

_EVERYBODY = Reach("all", "")
_NEVER = "no access of the year rested on it"


def show_review(installation: Installation) -> None:
    """Review every grant, and answer for half of them: what was never used is ended, all else is confirmed."""
    with installation.read() as work:
        days = (work.clock.astimezone(work.zone).year - 2024) * 366  # back to the year in which the sample city lives
    request = ReviewRequest("Yearly review", Scope.ALL, (), "+3w", days, Silence.LISTED)
    with installation.change() as work:
        review = start_review(work, request, by=work.by).id
    count_review_uses(installation, ReviewUsesRequest(review))
    with installation.read() as work:
        asked = [one.item.id for one in review_items(work.session, review, _EVERYBODY)]
    for number in asked[::2]:
        # each change has an instant of its own, by which it is taken back
        with installation.change() as work:
            _answer(work, review, number)
    with installation.read() as work:
        _say(review_items(work.session, review, _EVERYBODY), days)


def show_review_of_inventory(installation: Installation) -> None:
    """Review what the inventory says of each series: every second is confirmed, one is to be changed."""
    request = ReviewRequest("Inventory of the year", Scope.INVENTORY, (), "+4w", 0, Silence.LISTED)
    by = Decider(installation.by, _EVERYBODY)
    with installation.change() as work:
        review = start_review(work, request, by=work.by)
        asked = review_items(work.session, review.id, _EVERYBODY)
        answer_item(work, review, asked[0], Given(Answer.TO_CHANGE, "The retention period is another one now."), by=by)
        for one in asked[2::2]:
            answer_item(work, review, one, Given(Answer.CONFIRMED), by=by)
        items = review_items(work.session, review.id, _EVERYBODY)
        owners = {one.item.owner for one in items if one.item.owner}
        told, *_ = review_sentences(review, items, work.now, work.zone)
    say(f"Review of the inventory: {told}")
    say(f"{counted(len(owners), 'manager')} and the officials answer; what is confirmed has had its yearly review.")


def _answer(work: Work, review: int, number: int) -> None:
    (now,) = [one for one in review_items(work.session, review, _EVERYBODY) if one.item.id == number]
    is_unused = now.use is not None and now.use.log_days > 0 and now.use.uses == 0
    given = Given(Answer.CONFIRMED)
    if is_unused and now.item.kind == ItemKind.WORK_ACCESS:
        is_any = now.item.actions == "*"
        given = Given(Answer.NARROWED, _NEVER, Narrowing("view")) if is_any else Given(Answer.ENDED, _NEVER)
    answer_item(work, work.session.get_one(AccessReview, review), now, given, by=Decider(work.by, _EVERYBODY))


def _say(items: list[ItemNow], days: int) -> None:
    states = [one.state for one in items]
    answered = ", ".join(f"{states.count(answer):,} {answer}" for answer in Answer if answer in states)
    owners = {one.item.owner for one in items if one.item.owner}
    said = f"{len(items) - states.count(WAITING):,} of {counted(len(items), 'grant')} are answered for: {answered}"
    say(f"Access review: {said}; {counted(len(owners), 'manager')} and the officials answer.")
    uses = [one.use for one in items if one.use is not None]
    unseen = sum(not one.uses and not one.log_days for one in uses)
    never = sum(not one.uses and one.log_days > 0 for one in uses)
    say(f"In the {days:,} days before, {never:,} were never used; of {unseen:,} no log was seen, so it cannot be told.")
