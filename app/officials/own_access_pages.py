"""The page on which whoever is signed in sees what they may reach: through what, since when, and by whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from access.may_reach import is_employed
from access.trainings import trainings_of
from app.officials.me_pages import Reader
from app.officials.own_matters import OwnGrant, own_grants, own_id
from audit.shared_kept import KeptDep
from config.errors import Invalid
from config.web.as_of import AsOf, AsOfText, read_as_of
from config.web.rendering import render
from config.web.signed_in import InstallationDep

router = APIRouter()


@dataclass(frozen=True)
class OwnAccessPage:
    """Everything own_access.html shows.

    Args:
        is_employee: The login is tied to an employee.
        is_employed: They are employed on the day that is shown.
        fault: Why the day that was typed cannot be shown; empty where it can.
    """

    grants: Sequence[OwnGrant]
    day: AsOf
    typed: str
    zone: ZoneInfo
    is_employee: bool
    is_employed: bool
    may_ask: bool
    fault: str = ""
    trainings: Sequence[str] = ()


@router.get("/me/access", response_class=HTMLResponse)
def show_own_access(
    request: Request, installation: InstallationDep, official: Reader, kept: KeptDep, as_of: AsOfText = ""
) -> HTMLResponse:
    """Show what whoever is signed in may reach as of a day."""
    fault = ""
    with installation.read() as work:
        try:
            day = read_as_of(work, as_of)
        except Invalid as refusal:
            day, fault = read_as_of(work), str(refusal)
        own = own_id(work, official)
        grants = own_grants(work, kept, official, day) if own else []
        employed = bool(own) and is_employed(kept.policy.known_at(work, day.known_at), own, day)
        trainings = [one.sentence(work.now, work.zone) for one in trainings_of(work.session, own, work.now)]
        may_ask = official.may("change", "duty requests")
        page = OwnAccessPage(grants, day, as_of, work.zone, bool(own), employed, may_ask, fault, trainings)
    title = f"{'Error: ' if fault else ''}What may I see?"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "app/own_access.html", page, title=title, official=official, here="/me", status=status)
