"""Access reviews as the API gives them, and who asks for them here."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from access.change_duty import Decider
from access.names import Names
from access.people_below import Reach
from access.reviews.find_review import STATES, ItemNow, progress_of, review_items
from access.reviews.models import AccessReview, Scope, Silence
from access.reviews.say_item import answer_in_words, holder_in_words, use_in_words
from access.reviews.start_review import ReviewRequest, start_review
from app.people.reach import reach_of
from config.clock import utc_text
from config.errors import NotPermitted
from config.jobs.enqueue import JobRequest, enter_job
from config.jobs.models import JobKind
from config.looks import looked_at
from config.web.signed_in import SignedIn
from config.web.versions import version_of
from config.work import Work
from reports.count_review_uses import ReviewUsesRequest


class ReviewAsked(BaseModel):
    """What is to be reviewed, until when, and what it means where nobody answers."""

    name: str = Field(default="", max_length=200)
    scope: Scope = Field(default=Scope.ALL, description="Grants of what; inventory = what that says of data series.")
    names: list[str] = Field(
        default_factory=list,
        max_length=1_000,
        description="Codes of positions, names of departments, or codes or names of series; none = all of them. "
        "Of the inventory series, or the departments whose series they are.",
    )
    due: str = Field(default="", max_length=100, description="Until when; of a day its last moment counts.")
    days: int = Field(default=90, description="For how many days before now uses are counted; of the inventory none.")
    silence: Silence = Field(default=Silence.LISTED, description="Whether a silent one stays, or is listed besides.")


class OwnerProgress(BaseModel):
    """How many grants or series one owner has, and how many of them are in each state."""

    owner: str = Field(description="The manager's employee id; empty = an official.")
    owner_name: str
    items: int
    answered: int
    states: dict[str, int]


class ReviewView(BaseModel):
    """An access review, with how far it has come among the grants or series that one may know of."""

    id: int
    name: str
    scope: str
    names: list[str]
    due: str
    days: int
    silence: str
    started_at: str
    started_by: str
    closed_at: str | None
    closed_by: str | None
    items: int
    answered: int
    owners: list[OwnerProgress]
    version: str = Field(description="The ETag, to be sent as If-Match with a change.")


class ItemView(BaseModel):
    """A grant or a data series of an access review, as it stood at the start, with what was answered of it."""

    id: int
    grant: str = Field(description="As decisions name it; empty where a series is asked about, as is what it permits.")
    series: str
    series_name: str
    holder_type: str = Field(description="text = a part of the series' work access text.")
    holder: str
    holder_name: str
    actions: str
    purposes: str
    start: str | None
    end: str | None
    owner: str
    owner_name: str
    uses: int | None = Field(description="In the review's days before its start; null while not counted.")
    last_use: str | None
    log_days: int | None = Field(description="On how many of these days a log was seen; 0 = nothing can be told.")
    use: str = Field(description="The same in words.")
    state: str = Field(description=f"One of {', '.join(STATES)}.")
    said: str = Field(description="What became of it, in words.")
    note: str
    answered_at: str | None
    answered_by: str | None
    import_number: int | None
    version: str = Field(description="The ETag, to be sent as If-Match with an answer.")


def decider(work: Work, official: SignedIn) -> Decider:
    """Give who asks, with whose grants they may answer for.

    Raises:
        NotPermitted: They are limited to some months or sources, and uses are counted over all of them.
    """
    if official.limits:
        raise NotPermitted(f"Access reviews count uses over all logs, and you may read {official.limits} alone.")
    return Decider(official.login, reach_of(work, official))


def make_review(work: Work, asked: ReviewAsked, official: SignedIn) -> ReviewView:
    """Start a review, and ask for the count of what its grants, if that they are, were used for."""
    said = ("name", "scope", "names", "due", "days", "silence")
    review = start_review(work, ReviewRequest(**{name: getattr(asked, name) for name in said}), by=official.login)
    if not review.is_of_inventory:
        job = JobRequest(JobKind.REVIEW_USES, ReviewUsesRequest(review.id), official.login)
        enter_job(work.session, job, now=work.clock)
    return review_view(work, review, reach_of(work, official))


def review_view(work: Work, review: AccessReview, reach: Reach) -> ReviewView:
    """Give a review with how far it has come."""
    items, names = review_items(work.session, review.id, reach), Names(work.session)
    owners = [
        OwnerProgress(
            owner=one.owner,
            owner_name=names.owner(one.owner),
            items=one.count,
            answered=one.answered,
            states=dict(one.by_state),
        )
        for one in progress_of(items)
    ]
    return ReviewView(
        id=review.id,
        name=review.name,
        scope=review.scope,
        names=review.names.splitlines(),
        due=utc_text(review.due),
        days=review.days,
        silence=review.silence,
        started_at=utc_text(review.started_at),
        started_by=review.started_by,
        closed_at=utc_text(review.closed_at) if review.closed_at else None,
        closed_by=review.closed_by,
        items=len(items),
        answered=sum(one.answered for one in owners),
        owners=owners,
        version=version_of("access review", review.id, [_answered(one) for one in items], review.closed_at),
    )


def item_views(work: Work, review: AccessReview, items: Sequence[ItemNow]) -> list[ItemView]:
    """Give grants or series of a review."""
    names = Names(work.session)
    return [_item_view(work, review, one, names) for one in items]


def item_view(work: Work, review: AccessReview, now: ItemNow) -> ItemView:
    """Give one grant or series of a review; who holds the grant is looked at."""
    if now.item.holder_type == "employee":
        looked_at(now.item.holder)
    (shown,) = item_views(work, review, [now])
    return shown


def item_version(review: AccessReview, now: ItemNow) -> str:
    """Give the version of a grant or series of a review as it stands."""
    return version_of("review item", now.item.id, _answered(now), now.stands, review.closed_at)


def _answered(now: ItemNow) -> tuple[int, int | None]:
    return now.item.id, now.answer.id if now.answer else None


def _item_view(work: Work, review: AccessReview, now: ItemNow, names: Names) -> ItemView:
    item, answer, use = now.item, now.answer, now.use
    return ItemView(
        id=item.id,
        grant=item.grant,
        series=item.series,
        series_name=names.series(item.series),
        holder_type=item.holder_type,
        holder=item.holder,
        holder_name=holder_in_words(item, names),
        actions=item.actions,
        purposes=item.purposes,
        start=utc_text(item.start) if item.start else None,
        end=utc_text(item.end) if item.end else None,
        owner=item.owner,
        owner_name=names.owner(item.owner),
        uses=use.uses if use else None,
        last_use=utc_text(use.last_use) if use and use.last_use else None,
        log_days=use.log_days if use else None,
        use="" if item.is_series else use_in_words(use, review.days, work.zone),
        state=now.state,
        said=answer_in_words(review, now),
        note=answer.note if answer else "",
        answered_at=utc_text(answer.recorded_at) if answer else None,
        answered_by=answer.recorded_by if answer else None,
        import_number=answer.import_number if answer else None,
        version=item_version(review, now),
    )
