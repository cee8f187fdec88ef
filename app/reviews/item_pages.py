"""The page of one grant or series of an access review, and the forms that answer for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from access.reviews.answer_item import answer_item, is_own, take_answer_back
from access.reviews.find_review import find_item, find_review
from access.reviews.models import AccessReview, ItemKind
from access.reviews.owners import THING
from access.reviews.say_item import permits_in_words
from app.reviews.api import AnswerAsked, Answerer, Number, Reader
from app.reviews.shown import ItemView, decider, faults_of_form, item_version, item_view
from config.errors import Conflict, InvalidFields
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.web.versions import VersionStale, check_version
from config.work import Installation, Work

router = APIRouter()
_HERE = "/reviews/{number}/items/{item}"
_UNDO = "undo"


class AnswerForm(BaseModel):
    """An answer as it was sent; `answer` says which button was pressed."""

    answer: str = ""
    note: str = ""
    actions: str = ""
    purposes: str = ""
    end: str = ""
    version: str = ""

    def asked(self) -> AnswerAsked:
        """Give the answer.

        Raises:
            InvalidFields: A field cannot be used.
        """
        try:
            return AnswerAsked(**self.model_dump(exclude={"version"}))
        except ValidationError as error:
            raise InvalidFields(faults_of_form(error)) from error


@dataclass(frozen=True)
class ItemPage:
    """Everything review_item.html shows.

    Args:
        form: An answer that could not be taken, as it was typed.
        refusal: Why it was not, where that is of no one field.
    """

    review: AccessReview
    item: ItemView
    what: str
    permits: str
    may_answer: bool
    is_own: bool
    is_text: bool
    zone: str
    form: AnswerForm = field(default_factory=AnswerForm)
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


@router.get(_HERE, response_class=HTMLResponse)
def show_item(
    request: Request, installation: InstallationDep, official: Reader, number: Number, item: Number
) -> HTMLResponse:
    """Show a grant or series of a review."""
    with installation.read() as work:
        return _page(request, work, official, (number, item))


@router.post(_HERE)
def take_answer(
    request: Request,
    installation: InstallationDep,
    official: Answerer,
    number: Number,
    item: Number,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    """Take an answer, or take one back; else show it again with why not and what was typed."""
    wrong: dict[str, object] = {"form": form}
    try:
        _change(installation, official, (number, item), form)
        return RedirectResponse(f"/reviews/{number}/items/{item}", HTTPStatus.SEE_OTHER)
    except InvalidFields as invalid:
        wrong |= {"faults": invalid.faults}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    except VersionStale as stale:
        wrong |= {"refusal": str(stale)}
        status = HTTPStatus.PRECONDITION_FAILED
    except Conflict as refusal:
        wrong |= {"refusal": str(refusal)}
        status = HTTPStatus.CONFLICT
    with installation.read() as work:
        return _page(request, work, official, (number, item), wrong, status)


def _change(installation: Installation, official: SignedIn, named: tuple[int, int], form: AnswerForm) -> None:
    number, item = named
    with installation.change() as work:
        by = decider(work, official)
        review = find_review(work.session, number, by.reach)
        now = find_item(work.session, review, item, by.reach)
        check_version(form.version, item_version(review, now).strip('"'))
        if form.answer == _UNDO:
            take_answer_back(work, review, now, by=by)
        else:
            answer_item(work, review, now, form.asked().given(), by=by)


def _page(
    request: Request,
    work: Work,
    official: SignedIn,
    named: tuple[int, int],
    wrong: Mapping[str, object] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    number, item = named
    by = decider(work, official)
    review = find_review(work.session, number, by.reach)
    now = find_item(work.session, review, item, by.reach)
    view = item_view(work, review, now)
    page = ItemPage(
        review=review,
        item=view,
        what=f"Grant {view.grant}" if view.grant else view.series_name,
        permits=permits_in_words(now.item, work.zone),
        may_answer=official.may("change", THING) and review.closed_at is None,
        is_own=is_own(work, now.item, by),
        is_text=now.item.kind == ItemKind.TEXT,
        zone=work.zone.key,
        **(wrong or {}),  # type: ignore[arg-type]  # the fields of an answer that was not taken
    )
    title = f"{'Error: ' if wrong else ''}{page.what}"
    return render(
        request, "app/reviews/review_item.html", page, title=title, official=official, here="/duties", status=status
    )
