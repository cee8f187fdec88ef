"""The pages of the yearly reviews: how each series stands, and the form by which one is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.series.reviews_api import Changer, Reader, ReviewAsked, review_once
from config.web.rendering import render
from config.web.signed_in import InstallationDep
from inventory.review_series import ReviewState, states_now

router = APIRouter()
_HERE = "/inventory/reviews"
_AT_ONCE = 50


@dataclass(frozen=True)
class ReviewsPage:
    """Everything series_reviews.html shows.

    Args:
        overdue: How many series are overdue in all.
        only_overdue: Whether these alone are shown.
    """

    rows: Sequence[ReviewState]
    total: int
    overdue: int
    only_overdue: bool
    offset: int
    zone: ZoneInfo
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last series shown."""
        return self.offset + len(self.rows)

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        asked = {"overdue": "1"} if self.only_overdue else {}
        return f"{_HERE}?{urlencode({**asked, 'offset': offset})}"


@router.get(_HERE, response_class=HTMLResponse)
def show_reviews(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    overdue: bool = False,  # noqa: FBT001, FBT002 - a field of a form
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """List how each series stands with its yearly review."""
    with installation.read() as work:
        every, zone = states_now(work), work.zone
    found = [one for one in every if one.is_overdue or not overdue]
    count = sum(one.is_overdue for one in every)
    page = ReviewsPage(found[offset : offset + _AT_ONCE], len(found), count, overdue, offset, zone)
    title = "Yearly reviews of the inventory"
    return render(request, "app/series_reviews.html", page, title=title, official=official, here="/inventory")


@router.post("/inventory/{code}/review")
def take_review(
    installation: InstallationDep,
    official: Changer,
    code: str,
    note: Annotated[str, Form(max_length=2_000)] = "",
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> RedirectResponse:
    """Record that a series was reviewed; a form that is sent twice is one review."""
    made = review_once(installation, official, code, ReviewAsked(note=note), key and f"page {key}")
    return RedirectResponse(f"/inventory/{quote(str(made['series']), safe='')}#review", HTTPStatus.SEE_OTHER)
