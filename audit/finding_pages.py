"""The page of one finding: the drawing that shows why, and what is made of it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from audit.answer_pages import AskedReader, show_asked
from audit.draw_lanes import LANE, LEFT, TOP, WIDTH, Drawing
from audit.explanations import questions_about
from audit.find_finding import find_finding
from audit.finding_drawing import draw_finding
from audit.kept import Kept
from audit.masked_subjects import mask_subjects
from audit.move_finding import assignees_of
from audit.named_findings import NamedFinding, name_findings
from audit.read_finding import FindingDetails, read_finding
from audit.record_moves import MoveRequest, record_move, version_of_finding
from audit.shared_kept import KeptDep
from audit.statuses import MOVES, DismissalReason, Status
from config.errors import InvalidFields, NotFound, Refusal
from config.looks import let_in_also
from config.web.look_purpose import Purpose
from config.web.once import KeyUsed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import VersionStale
from config.work import Installation

router = APIRouter(prefix="/findings")

_ACCESSES = 200
_OTHERS = 20
_HERE = "/findings"
Mover = Annotated[SignedIn, official_who_may("change", "findings")]


class MoveForm(BaseModel):
    """The form of a move, as it was filled in.

    Args:
        version: Of the finding that the form was made of.
        sent: Tells this form from others, so that it is recorded once.
    """

    status: str = ""
    note: str = ""
    reason: str = ""
    owner: str = ""
    until: str = ""
    case: str = ""
    assignee: str = ""
    asks: str = ""
    due: str = ""
    version: str = ""
    sent: str = ""

    def asked(self) -> MoveRequest:
        """Give what is asked for."""
        return MoveRequest(
            status=self.status or None,
            note=self.note,
            reason=self.reason,
            owner=self.owner,
            exception_ends=self.until,
            referred_to=self.case,
            assignee=self.assignee,
            asks=self.asks,
            due=self.due,
        )


@dataclass(frozen=True)
class Others:
    """The first of other findings like this one, under their heading, and how many more there are."""

    heading: str
    first: Sequence[NamedFinding]
    more: int


@dataclass(frozen=True)
class FindingPage:
    """Everything finding.html shows.

    Args:
        drawing: None where no access of it is at hand any more.
        moves_to: The statuses to which it may move.
        version: Of the finding as it is shown.
        filled: What was typed into the form of a move that was refused.
        fault: Why it was refused.
        assignees: The logins of those who may review it.
        purpose: What it is looked at for; empty = whom its accesses are about is masked.
        is_asked: The one who looks was asked to explain it.
        sent: The key of the form.
    """

    details: FindingDetails
    drawing: Drawing | None
    others: Sequence[Others]
    zone: ZoneInfo
    may_move: bool
    moves_to: Sequence[str]
    version: str
    filled: Mapping[str, str]
    fault: str = ""
    assignees: Sequence[str] = ()
    purpose: str = ""
    is_asked: bool = False
    dismissals: Sequence[str] = tuple(DismissalReason)
    sent: str = field(default_factory=lambda: secrets.token_hex(8))
    left: int = LEFT
    width: int = WIDTH
    lane: int = LANE
    top: int = TOP


@router.get("/{key}", response_class=HTMLResponse)
def show_finding(
    request: Request,
    installation: InstallationDep,
    official: AskedReader,
    kept: KeptDep,
    key: str,
    purpose: Purpose = "",
) -> HTMLResponse:
    """Show one finding: why, drawn and in words, and what was made of it; to who was asked to explain it, the form."""
    if not official.may("read", "findings"):
        return show_asked(request, installation, official, kept, key)
    let_in_also("findings")
    page = _finding_page(installation, kept, official, key, {}, purpose=purpose.strip())
    return _render_finding(request, page, official, HTTPStatus.OK)


@router.post("/{key}/moves")
def take_move(
    request: Request,
    installation: InstallationDep,
    official: Mover,
    kept: KeptDep,
    key: str,
    form: Annotated[MoveForm, Form()],
) -> Response:
    """Move a finding, or note something on it; where that is refused, what was typed still stands there."""
    try:
        record_move(installation, official, key, form.asked(), version=form.version, sent_as=form.sent)
    except NotFound:
        raise
    except Refusal as error:
        fault = _fault(error)
        page = _finding_page(installation, kept, official, key, form.model_dump(), fault)
        is_stale = isinstance(error, VersionStale)
        status = HTTPStatus.PRECONDITION_FAILED if is_stale else HTTPStatus.UNPROCESSABLE_ENTITY
        return _render_finding(request, page, official, status)
    return RedirectResponse(f"{_HERE}/{key}#history", HTTPStatus.SEE_OTHER)


def _fault(error: Refusal) -> str:
    if isinstance(error, KeyUsed):
        return "This form was sent once already, with something else in it. See what stands now, and send it again."
    return " ".join(error.faults.values()) if isinstance(error, InvalidFields) else str(error)


def _finding_page(
    installation: Installation,
    kept: Kept,
    official: SignedIn,
    key: str,
    filled: Mapping[str, str],
    fault: str = "",
    purpose: str = "",
) -> FindingPage:
    with installation.read() as work:
        details = read_finding(work, kept, key, accesses=_ACCESSES, others=slice(_OTHERS), limits=official.limits)
        details = details if purpose else mask_subjects(details)
        drawing = draw_finding(details, work.zone) if details.accesses.first else None
        stands = details.moves[-1].to_status if details.moves else Status.OPEN
        moves_to = [status for status in Status if status in MOVES[Status(stands)]]
        others = [
            Others(heading, name_findings(work.session, found.shown, work.now), found.total - len(found.shown))
            for heading, found in (
                ("Other findings of the same person", details.of_same_who),
                ("Other findings of the same data", details.of_same_what),
            )
            if found.total
        ]
        version = version_of_finding(work.session, find_finding(work.session, key))
        may_move = official.may("change", "findings")
        is_asked = bool(questions_about(work.session, details.finding.key, official.employee_id))
        assignees = assignees_of(work.session) if may_move else []
        page = FindingPage(details, drawing, others, work.zone, may_move, moves_to, version, filled, fault, assignees)
        return replace(page, purpose=purpose, is_asked=is_asked)


def _render_finding(request: Request, page: FindingPage, official: SignedIn, status: HTTPStatus) -> HTMLResponse:
    title = f"{'Error: ' if page.fault else ''}Finding {page.details.finding.key}"
    return render(request, "audit/finding.html", page, title=title, official=official, here=_HERE, status=status)
