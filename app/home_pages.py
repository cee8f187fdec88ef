"""The home page: what waits for the one who signed in, and the findings month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.waiting import Waiting, waiting_for
from audit.list_findings import Month, findings_by_month
from config.web.navigation import Entry
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, signed_in

router = APIRouter()
_MONTHS = 12

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
    Entry("/findings", "Read the findings", "read", "findings"),
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
    """

    waiting: Sequence[Waiting]
    starts: Sequence[Entry]
    months: Sequence[Month]

    @property
    def most(self) -> int:
        """The greatest number of findings in a month."""
        return max((month.unauthorized + month.unresolved for month in self.months), default=1)


@router.get("/", response_class=HTMLResponse)
def show_home(
    request: Request, installation: InstallationDep, official: Annotated[SignedIn, Depends(signed_in)]
) -> HTMLResponse:
    """Show what waits for the official."""
    with installation.read() as work:
        months = findings_by_month(work.session, most=_MONTHS) if official.may("read", "findings") else []
        starts = [start for start in _STARTS if start.is_for(official)]
        page = HomePage(waiting_for(work.session, official, work.clock), starts, months)
    return render(request, "app/home.html", page, title="Home", official=official, here="/")
