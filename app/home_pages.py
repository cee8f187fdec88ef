"""The home page: what there is to do for the one who signed in."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from config.web.navigation import Entry, navigation_of
from config.web.rendering import render
from config.web.signed_in import SignedIn, signed_in

router = APIRouter()


@dataclass(frozen=True)
class HomePage:
    """Everything that home.html shows."""

    entries: list[Entry]


@router.get("/", response_class=HTMLResponse)
def show_home(request: Request, official: Annotated[SignedIn, Depends(signed_in)]) -> HTMLResponse:
    """Show what there is to do."""
    page = HomePage([entry for entry in navigation_of(official) if entry.path != "/"])
    return render(request, "app/home.html", page, title="Home", official=official, here="/")
