"""The page of notices: what an official is told, each to be marked as read."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.notices.list_notices import NoticeRow, count_unread, mark_read, newest_notices
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter()
_HERE = "/notices"
_ON_A_PAGE = 50
Reader = Annotated[SignedIn, official_who_may("read", "own account")]
Changer = Annotated[SignedIn, official_who_may("change", "own account")]


@dataclass(frozen=True)
class NoticesPage:
    """Everything that notices.html shows.

    Args:
        with_all: Whether those are listed too that are read or over.
        older: The number before which the next page begins; None where this is the last one.
    """

    notices: Sequence[NoticeRow]
    unread: int
    with_all: bool
    older: int | None
    zone: str


@router.get(_HERE, response_class=HTMLResponse)
def show_notices(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    with_all: Annotated[bool, Query(alias="all")] = False,  # noqa: FBT002 - a part of an address
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """List an official's notices, the newest first."""
    with installation.read() as work:
        found = newest_notices(work, official, most=_ON_A_PAGE + 1, unread=not with_all, before=before)
        shown = found[:_ON_A_PAGE]
        older = shown[-1].id if len(found) > _ON_A_PAGE else None
        page = NoticesPage(shown, count_unread(work, official), with_all, older, work.zone.key)
    return render(request, "app/notices.html", page, title="Notices", official=official, here=_HERE)


@router.post(f"{_HERE}/read")
def take_read(
    installation: InstallationDep,
    official: Changer,
    notice: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
    with_all: Annotated[bool, Form(alias="all")] = False,  # noqa: FBT002 - a part of the form
) -> Response:
    """Mark a notice as read, or where none is named, all of them."""
    with installation.aside() as work:
        mark_read(work.session, official, now=work.clock, ids=None if notice is None else [notice])
    return RedirectResponse(f"{_HERE}{'?all=true' if with_all else ''}", HTTPStatus.SEE_OTHER)
