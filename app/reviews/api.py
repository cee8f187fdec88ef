"""The JSON door to access reviews."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from access.change_duty import Decider
from access.reviews.answer_item import Given, answer_item, take_answer_back
from access.reviews.close_review import close_review
from access.reviews.find_review import STATES, ItemNow, find_item, find_review, list_reviews, review_items
from access.reviews.models import AccessReview, Answer
from access.reviews.narrow_terms import Narrowing
from access.reviews.owners import THING
from app.jobs.ask import accepted, ask_once
from app.jobs.views import JobView
from app.reviews.shown import (
    ItemView,
    ReviewAsked,
    ReviewView,
    decider,
    item_version,
    item_view,
    item_views,
    make_review,
    review_view,
)
from config.errors import Invalid
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.web.once import IdempotencyKey, once
from config.web.paging import Cursor, Limit, Listed, read_cursor, write_cursor
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Installation, Work
from reports.count_review_uses import ReviewUsesRequest, refuse_uncounted

router = APIRouter(prefix="/api/v1/access-reviews", tags=["access reviews"])

Reader = Annotated[SignedIn, official_who_may("read", THING)]
Answerer = Annotated[SignedIn, official_who_may("change", THING)]
Runner = Annotated[SignedIn, official_who_may("run", THING)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_LONGEST = 2_000


class AnswerAsked(BaseModel):
    """An answer; of one that narrows, what is left: what is empty stays as it is."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer
    note: str = Field(default="", max_length=_LONGEST, description="Why, or what; needed but where it is confirmed.")
    actions: str = Field(default="", max_length=200, description="What is left of them, with ; between.")
    purposes: str = Field(default="", max_length=_LONGEST, description="What is left of them, with ; between.")
    end: str = Field(default="", max_length=100, description="Until when it holds; of a day its last moment counts.")

    def given(self) -> Given:
        """Give the answer as it is kept."""
        return Given(self.answer, self.note, Narrowing(self.actions, self.purposes, self.end))


@router.get("")
def list_all(installation: InstallationDep, official: Reader) -> Listed[ReviewView]:
    """List the access reviews in which one has a part, the newest first."""
    with installation.read() as work:
        reach = decider(work, official).reach
        found = [review_view(work, one, reach) for one in list_reviews(work.session, reach)]
    return Listed(items=found, next=None)


@router.post("", status_code=HTTPStatus.CREATED, response_model=ReviewView)
def start(
    installation: InstallationDep, official: Runner, asked: ReviewAsked, response: Response, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Start a review of the grants that are in force now, or of what the inventory says.

    How often each grant was used is counted by a job.
    """
    made = once(installation, official, key, asked, lambda work: make_review(work, asked, official))
    response.headers["Location"] = f"{router.prefix}/{made['id']}"
    response.headers["ETag"] = str(made["version"])
    return made


@router.get("/{number}")
def show(installation: InstallationDep, official: Reader, number: Number, response: Response) -> ReviewView:
    """Show a review with how far each owner has come."""
    with installation.read() as work:
        reach = decider(work, official).reach
        shown = review_view(work, find_review(work.session, number, reach), reach)
    response.headers["ETag"] = shown.version
    return shown


@router.post("/{number}/close")
def close(
    installation: InstallationDep, official: Runner, number: Number, version: NamedVersion, response: Response
) -> ReviewView:
    """Close a review: its answers are final, and what nobody answered is what the review says of silence."""
    with installation.change() as work:
        reach = decider(work, official).reach
        review = find_review(work.session, number, reach)
        check_version(version, review_view(work, review, reach).version)
        close_review(work, review, by=official.login)
        shown = review_view(work, review, reach)
    response.headers["ETag"] = shown.version
    return shown


@router.post("/{number}/count", status_code=HTTPStatus.ACCEPTED)
def count(
    installation: InstallationDep, official: Runner, number: Number, response: Response, key: IdempotencyKey = ""
) -> JobView:
    """Count anew how often the grants were used, by the logs imported until now; the answer is the job."""
    with installation.read() as work:
        refuse_uncounted(find_review(work.session, number, decider(work, official).reach))
    request = ReviewUsesRequest(number)
    job = JobRequest(JobKind.REVIEW_USES, request, official.login, f"review uses {key}" if key else "")
    return accepted(installation, official, ask_once(installation, job), response)


@router.get("/{number}/items")
def list_items(
    installation: InstallationDep,
    official: Reader,
    number: Number,
    state: Annotated[str, Query(max_length=30, description=f"One of {', '.join(STATES)}.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Listed[ItemView]:
    """List the grants or series of a review for which one is to answer, or may know of."""
    if state and state not in STATES:
        raise Invalid(f'"{state}" is no state of what is reviewed; the states are {", ".join(STATES)}.')
    with installation.read() as work:
        reach = decider(work, official).reach
        review = find_review(work.session, number, reach)
        after = read_cursor(cursor, 1)[0] if cursor else 0
        if not isinstance(after, int):
            raise Invalid("The cursor is none of this list; ask for the first page anew.")
        left = [one for one in review_items(work.session, number, reach) if one.item.id > after]
        left = [one for one in left if state in {"", one.state}]
        shown = item_views(work, review, left[:limit])
    return Listed(items=shown, next=write_cursor([shown[-1].id]) if len(left) > limit else None)


@router.get("/{number}/items/{item}")
def show_item(
    installation: InstallationDep, official: Reader, number: Number, item: Number, response: Response
) -> ItemView:
    """Show a grant or series of a review."""
    with installation.read() as work:
        reach = decider(work, official).reach
        review = find_review(work.session, number, reach)
        shown = item_view(work, review, find_item(work.session, review, item, reach))
    response.headers["ETag"] = shown.version
    return shown


@router.post("/{number}/items/{item}/answer")
def answer(
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    item: Number,
    version: NamedVersion,
    asked: AnswerAsked,
    response: Response,
) -> ItemView:
    """Confirm, narrow or end a grant; what it permitted until now stays so.

    Of a series, confirm what the inventory says, which is its yearly review, or note what is to be changed.
    """

    def change(work: Work, review: AccessReview, now: ItemNow, by: Decider) -> None:
        answer_item(work, review, now, asked.given(), by=by)

    return _changed(installation, official, (number, item), version, change, response)


@router.post("/{number}/items/{item}/undo")
def undo(
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    item: Number,
    version: NamedVersion,
    response: Response,
) -> ItemView:
    """Take an answer back; what it changed stands again as before."""

    def change(work: Work, review: AccessReview, now: ItemNow, by: Decider) -> None:
        take_answer_back(work, review, now, by=by)

    return _changed(installation, official, (number, item), version, change, response)


def _changed(
    installation: Installation,
    official: SignedIn,
    named: tuple[int, int],
    version: str,
    change: Callable[[Work, AccessReview, ItemNow, Decider], None],
    response: Response,
) -> ItemView:
    number, item = named
    with installation.change() as work:
        by = decider(work, official)
        review = find_review(work.session, number, by.reach)
        now = find_item(work.session, review, item, by.reach)
        check_version(version, item_version(review, now))
        change(work, review, now, by)
        shown = item_view(work, review, find_item(work.session, review, item, by.reach))
    response.headers["ETag"] = shown.version
    return shown
