"""The yearly reviews of the data series over JSON: how each stands, and that one was reviewed."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work
from inventory.change_series import find_series
from inventory.review_series import ReviewState, review_series, review_state, states_now

router = APIRouter(prefix="/api/v1", tags=["inventory"])
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Changer = Annotated[SignedIn, official_who_may("change", "inventory")]


class ReviewAsked(BaseModel):
    """What is said of a review."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=10_000, examples=["Compared with the shelf list."])


class ReviewStateView(BaseModel):
    """How a series stands with its review; it is due a year after the last one, or after it was first recorded."""

    series: str
    series_name: str
    department: str
    reviewed_at: datetime | None
    reviewed_by: str
    note: str
    due: date | None
    is_overdue: bool


@router.get("/series-reviews")
def list_reviews(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    overdue: bool = False,  # noqa: FBT001, FBT002 - a parameter of an address
) -> Listed[ReviewStateView]:
    """List how each series stands with its yearly review; those due first come first."""
    with installation.read() as work:
        found = states_now(work)
    return Listed(items=[_view(one) for one in found if one.is_overdue or not overdue], next=None)


@router.post("/series/{code}/reviews", status_code=HTTPStatus.CREATED, response_model=ReviewStateView)
def review(
    installation: InstallationDep, official: Changer, code: str, asked: ReviewAsked, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Record that the official went over what the inventory says of a series, and found it right or put it right."""
    return review_once(installation, official, code, asked, key)


def review_once(
    installation: Installation, official: SignedIn, code: str, asked: ReviewAsked, key: str
) -> dict[str, object]:
    """Record a review of a series, or give what was answered under the key before.

    Raises:
        NotFound: There is no series of that code.
        Invalid: The note is too long, or cannot be printed.
        KeyUsed: The key was used for another note.
    """

    def make(work: Work) -> ReviewStateView:
        review_series(work.session, code, asked.note, now=work.now, by=official.login)
        series, today = find_series(work.session, code), work.clock.astimezone(work.zone).date()
        return _view(review_state(work.session, series, today=today, zone=work.zone))

    # a key says nothing of which series it is
    return once(installation, official, key and f"{code} {key}", asked, make)


def _view(state: ReviewState) -> ReviewStateView:
    last = state.last
    return ReviewStateView(
        series=state.series.code,
        series_name=state.series.name,
        department=state.series.department,
        reviewed_at=last.reviewed_at if last else None,
        reviewed_by=last.reviewed_by if last else "",
        note=last.note if last else "",
        due=state.due,
        is_overdue=state.is_overdue,
    )
