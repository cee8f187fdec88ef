"""Who looked at my record: the page of it, and the same over JSON. To look at that is a look as well."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from access.people_below import recorded_id
from app.looks.read_looks_at import LookSeen, read_looks_at
from audit.kept import Kept
from audit.shared_kept import KeptDep
from config.looks import looked_at
from config.web.paging import Listed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter()
_AT_ONCE = 200
Reader = Annotated[SignedIn, official_who_may("read", "looks")]


@dataclass(frozen=True)
class LooksPage:
    """Everything looks.html shows.

    Args:
        employee_id: Empty where nobody knows which employee the official is.
    """

    employee_id: str
    looks: Sequence[LookSeen]
    zone: ZoneInfo
    at_once: int = _AT_ONCE


class LookJson(BaseModel):
    """Who looked at something of one's own, and when."""

    time: datetime
    source: str = Field(description="whose log tells it; `thirteen` is this service", examples=["thirteen"])
    who: str = Field(description="the account", examples=["mlarson"])
    name: str = Field(description="the official's name, where the source is this service", examples=["Mia Larson"])
    what: str = Field(description="what was looked at", examples=["A finding"])
    action: str = Field(examples=["view"])
    purpose: str = Field(description="where one was stated", examples=["review"])


@router.get("/me/looks", response_class=HTMLResponse)
def show_looks(request: Request, installation: InstallationDep, kept: KeptDep, official: Reader) -> HTMLResponse:
    """Show who looked at the record of whoever asks, the newest first."""
    with installation.read() as work:
        own = _own(work, official)
        page = LooksPage(own, _looks(work, kept, own, _AT_ONCE), work.zone)
    return render(request, "app/looks.html", page, title="Who looked at my record", official=official, here="/me")


@router.get("/api/v1/me/looks", tags=["own account"])
def list_looks(
    installation: InstallationDep,
    kept: KeptDep,
    official: Reader,
    limit: Annotated[int, Query(ge=1, le=1_000, description="How many at most, the newest first.")] = _AT_ONCE,
) -> Listed[LookJson]:
    """List who looked at the record of whoever asks: in this service, and in every log that says whom it is about."""
    with installation.read() as work:
        found = _looks(work, kept, _own(work, official), limit)
    return Listed(items=[LookJson(**asdict(one)) for one in found], next=None)


def _own(work: Work, official: SignedIn) -> str:
    own = recorded_id(work.session, official.employee_id) if official.employee_id else ""
    looked_at(own)
    return own


def _looks(work: Work, kept: Kept, own: str, most: int) -> Sequence[LookSeen]:
    return read_looks_at(work, kept, own, most=most) if own else ()
