"""The home page: what waits for the one who signed in, and the findings month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.duties.notices import DutyNotice, ended, ending_soon
from app.waiting import Month, Waiting, findings_by_month, waiting_for
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, signed_in

router = APIRouter()


@dataclass(frozen=True)
class HomePage:
    """Everything that home.html shows; `months` are none where the official may not read findings.

    Args:
        ending: The duties that the official granted or holds and that end soon.
        ended: Those that ended lately.
    """

    waiting: Sequence[Waiting]
    months: Sequence[Month]
    ending: Sequence[DutyNotice] = ()
    ended: Sequence[DutyNotice] = ()

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
        months = findings_by_month(work.session, work.now) if official.may("read", "findings") else []
        waiting = waiting_for(work.session, official, work.clock)
        page = HomePage(waiting, months, ending_soon(work, official), ended(work, official))
    return render(request, "app/home.html", page, title="Home", official=official, here="/")
