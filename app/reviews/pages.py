"""The pages of access reviews: the list, the form that starts one, and how far one has come."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from access.reviews.answer_item import Given, answer_item
from access.reviews.close_review import close_review
from access.reviews.find_review import (
    STATES,
    WAITING,
    find_item,
    find_review,
    items_in_words,
    list_reviews,
    review_items,
    states_of,
)
from access.reviews.models import AccessReview, Answer, Scope, Silence
from access.reviews.owners import THING
from access.reviews.say_review import review_sentences
from app.reviews.api import Answerer, Number, Reader, Runner
from app.reviews.shown import (
    ItemView,
    ReviewAsked,
    ReviewView,
    decider,
    faults_of_form,
    item_views,
    make_review,
    review_view,
)
from config.clock import end_text
from config.errors import InvalidFields, Refusal
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from config.web.once import KeyUsed, once
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation, Work
from reports.count_review_uses import ReviewUsesRequest, refuse_uncounted

router = APIRouter()
_HERE = "/reviews"
_A_PAGE = 50
_SILENCES = {
    Silence.LISTED: "it stays, and is listed for an official to decide",
    Silence.STAYS: "it stays as it is",
}


class ReviewForm(BaseModel):
    """The form that starts a review, as it was sent; names stand one on a line."""

    name: str = ""
    scope: str = Scope.ALL
    names: str = ""
    due: str = ""
    days: str = "90"
    silence: str = Silence.LISTED
    key: str = ""

    def asked(self) -> ReviewAsked:
        """Give what is asked for.

        Raises:
            InvalidFields: A field cannot be used.
        """
        written = self.model_dump(exclude={"key", "names"})
        try:
            return ReviewAsked(**written, names=self.names.splitlines())
        except ValidationError as error:
            raise InvalidFields(faults_of_form(error)) from error


@dataclass(frozen=True)
class ReviewsPage:
    """Everything reviews.html shows; `due` has the deadlines in words, by review."""

    reviews: Sequence[ReviewView]
    due: Mapping[int, str]
    may_start: bool


@dataclass(frozen=True)
class NewReviewPage:
    """Everything new_review.html shows."""

    form: ReviewForm
    filled: Mapping[str, str]
    faults: Mapping[str, str]
    was_sent: bool
    zone: str
    scopes: Sequence[str] = tuple(scope.value for scope in Scope)
    silences: Mapping[Silence, str] = field(default_factory=lambda: _SILENCES)


@dataclass(frozen=True)
class ReviewPage:
    """Everything review.html shows.

    Args:
        items: A page of the grants or series in one state, or in any.
        count: How many of them there are, in words.
        told: How far the review has come, and what it asks.
        refused: What could not be confirmed, by how it is named.
    """

    review: ReviewView
    items: Sequence[ItemView]
    state: str
    states: Sequence[str]
    count: str
    told: Sequence[str]
    is_of_inventory: bool
    following: str
    may_answer: bool
    may_run: bool
    refused: Mapping[str, str]
    key: str


@router.get(_HERE, response_class=HTMLResponse)
def show_reviews(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """List the reviews in which one has a part."""
    with installation.read() as work:
        reach = decider(work, official).reach
        found = list_reviews(work.session, reach)
        due = {one.id: end_text(one.due, work.zone) for one in found}
        views = [review_view(work, one, reach) for one in found]
    page = ReviewsPage(views, due, official.may("run", THING))
    return render(request, "app/reviews/reviews.html", page, title="Access reviews", official=official, here="/duties")


@router.get(f"{_HERE}/new", response_class=HTMLResponse)
def show_form(
    request: Request, installation: InstallationDep, official: Runner, scope: Scope = Scope.ALL
) -> HTMLResponse:
    """Show the form that starts a review."""
    return _form(request, installation, official, ReviewForm(key=secrets.token_urlsafe(16), scope=scope))


@router.post(f"{_HERE}/new")
def take_form(
    request: Request, installation: InstallationDep, official: Runner, form: Annotated[ReviewForm, Form()]
) -> Response:
    """Start a review, or show the form again with what is wrong."""
    try:
        asked = form.asked()
        made = once(installation, official, form.key, asked, lambda work: make_review(work, asked, official))
    except InvalidFields as invalid:
        return _form(request, installation, official, form, invalid.faults)
    except KeyUsed:
        anew = form.model_copy(update={"key": secrets.token_urlsafe(16)})
        return _form(request, installation, official, anew, was_sent=True)
    return RedirectResponse(f"{_HERE}/{made['id']}", HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/{{number}}", response_class=HTMLResponse)
def show_review(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    number: Number,
    state: str = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> HTMLResponse:
    """Show how far a review has come, and its grants or series."""
    return _review(request, installation, official, number, state, after)


@router.post(f"{_HERE}/{{number}}/confirm")
def take_confirmed(
    request: Request,
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    item: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Confirm the grants or series that were ticked; what cannot be confirmed is said of each."""
    refused = dict[str, str]()
    with installation.change() as work:
        by = decider(work, official)
        review = find_review(work.session, number, by.reach)
        for one in dict.fromkeys(item or ()):
            found = find_item(work.session, review, one, by.reach)
            try:
                answer_item(work, review, found, Given(Answer.CONFIRMED), by=by)
            except Refusal as refusal:
                refused[found.item.named] = str(refusal)
    if refused:
        return _review(request, installation, official, number, WAITING, 0, refused)
    return RedirectResponse(f"{_HERE}/{number}?state={WAITING}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/{{number}}/close")
def take_close(installation: InstallationDep, official: Runner, number: Number) -> Response:
    """Close a review."""
    with installation.change() as work:
        review = find_review(work.session, number, decider(work, official).reach)
        close_review(work, review, by=official.login)
    return RedirectResponse(f"{_HERE}/{number}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/{{number}}/count")
def take_count(
    installation: InstallationDep,
    official: Runner,
    number: Number,
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Count anew what the grants were used for, and show the job."""
    with installation.read() as work:
        refuse_uncounted(find_review(work.session, number, decider(work, official).reach))
    request = ReviewUsesRequest(number)
    job = JobRequest(JobKind.REVIEW_USES, request, official.login, f"review uses {key}" if key else "")
    return RedirectResponse(f"/jobs/{enqueue(installation, job)}", HTTPStatus.SEE_OTHER)


def _form(
    request: Request,
    installation: Installation,
    official: SignedIn,
    form: ReviewForm,
    faults: Mapping[str, str] | None = None,
    *,
    was_sent: bool = False,
) -> HTMLResponse:
    with installation.read() as work:
        zone = work.zone.key
    page = NewReviewPage(form, form.model_dump(), faults or {}, was_sent, zone)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}Start an access review"
    return render(
        request, "app/reviews/new_review.html", page, title=title, official=official, here="/duties", status=status
    )


def _review(
    request: Request,
    installation: Installation,
    official: SignedIn,
    number: int,
    state: str,
    after: int,
    refused: Mapping[str, str] | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        by = decider(work, official)
        review = find_review(work.session, number, by.reach)
        page = _page(work, official, review, (state if state in STATES else "", after), refused or {})
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    title = f"{'Error: ' if refused else ''}{page.review.name}"
    return render(
        request, "app/reviews/review.html", page, title=title, official=official, here="/duties", status=status
    )


def _page(
    work: Work, official: SignedIn, review: AccessReview, asked: tuple[str, int], refused: Mapping[str, str]
) -> ReviewPage:
    state, after = asked
    reach = decider(work, official).reach
    items = review_items(work.session, review.id, reach)
    fitting = [one for one in items if state in {"", one.state}]
    left = [one for one in fitting if one.item.id > after]
    shown = item_views(work, review, left[:_A_PAGE])
    following = {"state": state, "after": shown[-1].id} if len(left) > _A_PAGE else None
    return ReviewPage(
        review=review_view(work, review, reach),
        items=shown,
        state=state,
        states=states_of(review),
        count=items_in_words(review, len(fitting)),
        told=review_sentences(review, items, work.now, work.zone),
        is_of_inventory=review.is_of_inventory,
        following=f"{_HERE}/{review.id}?{urlencode(following)}" if following else "",
        may_answer=official.may("change", THING) and review.closed_at is None,
        may_run=official.may("run", THING),
        refused=refused,
        key=secrets.token_urlsafe(16),
    )
