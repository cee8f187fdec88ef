"""The home page: what waits for the one who signed in, and the findings month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.months import Month, newest_months
from app.notices.list_notices import NoticeRow, count_unread, newest_notices
from app.officials.own_matters import OwnRequest, own_requests
from app.waiting import Waiting, waiting_for
from audit.kept import AtHand
from audit.shared_kept import KeptDep
from config.errors import Conflict
from config.web.navigation import Entry
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, signed_in

router = APIRouter()
_NOTICES = 5
_REQUESTS = 5

# what each group comes for, in plain words; everybody sees what they may do
_STARTS = (
    Entry("/logs/upload", "Import an access log, and see first how it would be read", "run", "log imports"),
    Entry("/audits", "Audit the accesses of the logs", "run", "audits"),
    Entry(
        "/imports/new?kind=roster",
        "Import a roster, and see first who was hired, left or moved",
        "run",
        "people imports",
    ),
    Entry("/accounts?left=1", "Look for accounts of people who have left", "run", "people imports"),
    Entry("/duties/new", "Grant a temporary duty", "change", "temporary duties"),
    Entry("/duties/new", "Ask for a temporary duty", "change", "duty requests", scope="own"),
    Entry("/me/access", "See what you may see, and by whose word", "read", "work access", scope="own"),
    Entry("/findings", "Read the findings", "read", "findings"),
    Entry("/assurance", "Answer a list of look-ups that somebody asks about", "read", "assurances"),
    Entry("/reports", "Produce a workbook to hand on", "run", "reports"),
    Entry("/admin/officials", "See who may use this service", "read", "officials"),
    Entry("/admin/schedule", "See what the service does by itself", "change", "schedule"),
)


@dataclass(frozen=True)
class HomePage:
    """Everything that home.html shows.

    Args:
        starts: What the official may begin with.
        months: None where the official may not read findings.
        fault: Why the months cannot be counted; empty where they can.
        unread: How many notices the official has not read.
        notices: The newest of these.
        requests: The newest duties that were asked for in favour of the official.
    """

    waiting: Sequence[Waiting]
    starts: Sequence[Entry]
    months: Sequence[Month]
    zone: str
    fault: str = ""
    unread: int = 0
    notices: Sequence[NoticeRow] = ()
    requests: Sequence[OwnRequest] = ()

    @property
    def most(self) -> int:
        """The greatest number of findings in a month."""
        return max((month.findings for month in self.months), default=0) or 1

    @property
    def most_accesses(self) -> int:
        """The greatest number of accesses in a month."""
        return max((month.accesses for month in self.months), default=0) or 1


@router.get("/", response_class=HTMLResponse)
def show_home(
    request: Request,
    installation: InstallationDep,
    kept: KeptDep,
    official: Annotated[SignedIn, Depends(signed_in)],
) -> HTMLResponse:
    """Show what waits for the official."""
    months, fault = list[Month](), ""
    with installation.read() as work:
        at_hand = AtHand(kept, work)
        if official.may("read", "findings"):
            try:
                months = newest_months(work, at_hand.counts, official.limits)
            except Conflict as refusal:
                fault = str(refusal)
        starts = [start for start in _STARTS if start.is_for(official)]
        unread = count_unread(work, official)
        notices = newest_notices(work, official, most=_NOTICES) if unread else ()
        requests = own_requests(work, official, most=_REQUESTS)
        waiting = waiting_for(work, at_hand, official)
        page = HomePage(waiting, starts, months, work.zone.key, fault, unread, notices, requests)
    return render(request, "app/home.html", page, title="Home", official=official, here="/")
