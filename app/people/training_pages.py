"""The page of trainings: who is trained for what, what has expired, and what soon will."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from access.list_trainings import STATES, TrainingRow, list_trainings
from app.people.pages import Reader, Typed
from app.people.reach import reach_of
from config.clock import end_text, start_text
from config.web.rendering import render
from config.web.signed_in import InstallationDep

router = APIRouter()
_HERE = "/trainings"
_AT_ONCE = 50


@dataclass(frozen=True)
class TrainingLine:
    """A training as the page shows it."""

    row: TrainingRow
    completed: str
    expires: str


@dataclass(frozen=True)
class TrainingsPage:
    """Everything trainings.html shows.

    Args:
        offset: How many trainings come before those shown.
        may_import: Whether a list of trainings may be imported.
    """

    lines: Sequence[TrainingLine]
    total: int
    filled: Mapping[str, str]
    offset: int
    may_import: bool
    states: Sequence[str] = STATES
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last training shown."""
        return self.offset + len(self.lines)

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        return f"{_HERE}?{urlencode({**{name: text for name, text in self.filled.items() if text}, 'offset': offset})}"


@router.get(_HERE, response_class=HTMLResponse)
def show_trainings(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    q: Typed = "",
    state: Typed = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """List the trainings of the people of whom one may know; those that expired first come first."""
    state = state if state in STATES else ""
    with installation.read() as work:
        found = list_trainings(work.session, reach_of(work, official), work.now, search=q, state=state)
        lines = [
            TrainingLine(
                one,
                start_text(one.held.completed, work.zone),
                end_text(one.held.expires, work.zone) if one.held.expires else "for good",
            )
            for one in found[offset : offset + _AT_ONCE]
        ]
    may_import = official.may("run", "people imports")
    page = TrainingsPage(lines, len(found), {"q": q, "state": state}, offset, may_import)
    return render(request, "app/trainings.html", page, title="Trainings", official=official, here="/people")
