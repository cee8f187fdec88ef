"""The pages of findings: the list with filters, one with the drawing that shows why, and what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from audit.draw_lanes import LANE, LEFT, TOP, WIDTH, Drawing
from audit.finding_drawing import draw_finding
from audit.list_findings import list_findings
from audit.move_finding import Move, Moved, assignees_of, move_finding, move_findings
from audit.named_findings import NamedFinding, name_findings
from audit.own_findings import MovedBy
from audit.read_filter import asked_of, read_filter
from audit.read_finding import FindingDetails, read_finding
from audit.rules import REASONS
from audit.statuses import MOVES, DismissalReason, Status
from config.clock import read_end
from config.errors import Invalid, NotFound, Refusal
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()

_AT_ONCE = 50
_MOST_MOVED = 1_000
_ACCESSES = 200
_OTHERS = 20
_HERE = "/findings"
Reader = Annotated[SignedIn, official_who_may("read", "findings")]
Mover = Annotated[SignedIn, official_who_may("change", "findings")]


@dataclass(frozen=True)
class FindingsPage:
    """Everything findings.html shows.

    Args:
        filled: The filters as they were given, by name.
        fault: Why what was asked for cannot be shown; empty where it can.
        total: How many findings fit.
        offset: How many of them come before those shown.
        answers: What came of a move of several.
        assignees: The logins of those who may review findings.
    """

    findings: Sequence[NamedFinding]
    filled: Mapping[str, str]
    fault: str
    total: int
    offset: int
    zone: ZoneInfo
    may_move: bool
    answers: Sequence[Moved] = ()
    assignees: Sequence[str] = ()
    statuses: Sequence[str] = tuple(Status)
    verdicts: Sequence[str] = ("unauthorized", "unresolved")
    reasons: Sequence[str] = field(default_factory=lambda: list(REASONS))
    dismissals: Sequence[str] = tuple(DismissalReason)

    @property
    def last(self) -> int:
        """The place of the last finding shown."""
        return self.offset + len(self.findings)

    def address(self, **changed: object) -> str:
        """Give the address of the list with some of its filters changed; its first page unless an offset is given."""
        asked = {**self.filled, **{name: str(text) for name, text in changed.items()}}
        return f"{_HERE}?{urlencode({name: text for name, text in asked.items() if text})}"

    def sorted_by(self, name: str) -> str:
        """Give the address of the list sorted by a column: downwards first, upwards where it is so already."""
        return self.address(sort=name if self.filled.get("sort") == f"-{name}" else f"-{name}", offset="")

    def sort_state(self, name: str) -> str:
        """Say how the list is sorted by a column, in the words that browsers know; empty where it is not."""
        sort = self.filled.get("sort")
        return "descending" if sort == f"-{name}" else "ascending" if sort == name else ""


@dataclass(frozen=True)
class FindingPage:
    """Everything finding.html shows.

    Args:
        drawing: None where no access of it is at hand any more.
        moves_to: The statuses to which it may move.
        filled: What was typed into the form of a move that was refused.
        fault: Why it was refused.
        assignees: The logins of those who may review it.
    """

    details: FindingDetails
    drawing: Drawing | None
    zone: ZoneInfo
    may_move: bool
    moves_to: Sequence[str]
    filled: Mapping[str, str]
    fault: str = ""
    assignees: Sequence[str] = ()
    dismissals: Sequence[str] = tuple(DismissalReason)
    most_others: int = _OTHERS
    left: int = LEFT
    width: int = WIDTH
    lane: int = LANE
    top: int = TOP


@router.get(_HERE, response_class=HTMLResponse)
def show_findings(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Show the findings that stand, newest month first."""
    page = _findings_page(request, installation, official, offset)
    return _render_findings(request, page, official)


@router.post(f"{_HERE}/moves")
async def take_moves(request: Request, installation: InstallationDep, official: Mover) -> Response:
    """Move several findings alike, and answer row by row."""
    form = await request.form()
    move = Move(
        str(form.get("status") or "") or None,
        str(form.get("note", "")),
        str(form.get("reason", "")),
        assignee=str(form.get("assignee", "")),
    )
    with installation.change() as work:
        keys = [str(key) for key in form.getlist("key")]
        if form.get("all"):
            keys = _all_keys(work, request.query_params)
        answers = move_findings(work.session, keys, move, now=work.now, by=_moved_by(official))
    page = _findings_page(request, installation, official, 0, answers)
    return _render_findings(request, page, official)


@router.get(f"{_HERE}/{{key}}", response_class=HTMLResponse)
def show_finding(request: Request, installation: InstallationDep, official: Reader, key: str) -> HTMLResponse:
    """Show one finding: why, drawn and in words, and what was made of it."""
    page = _finding_page(installation, official, key, {})
    return _render_finding(request, page, official)


@router.post(f"{_HERE}/{{key}}/moves")
def take_move(
    request: Request,
    installation: InstallationDep,
    official: Mover,
    key: str,
    status: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    owner: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    case: Annotated[str, Form()] = "",
    assignee: Annotated[str, Form()] = "",
) -> Response:
    """Move a finding, or note something on it; where that is refused, what was typed still stands there."""
    filled = {"status": status, "note": note, "reason": reason, "owner": owner, "until": until, "case": case}
    filled["assignee"] = assignee
    try:
        with installation.change() as work:
            ends = read_end(until, work.zone) if until else None
            move = Move(status or None, note, reason, owner, ends, case, assignee)
            move_finding(work.session, key, move, now=work.now, by=_moved_by(official))
    except NotFound:
        raise
    except (Refusal, ValueError) as error:
        fault = str(error) if isinstance(error, Refusal) else f"The end cannot be read; expected {error}."
        page = _finding_page(installation, official, key, filled, fault)
        return _render_finding(request, page, official)
    return RedirectResponse(f"{_HERE}/{key}#history", HTTPStatus.SEE_OTHER)


def _moved_by(official: SignedIn) -> MovedBy:
    return MovedBy(official.login, official.employee_id)


def _all_keys(work: Work, query: Mapping[str, str]) -> list[str]:
    """Give the keys of all findings that a list shows on its pages.

    Raises:
        Invalid: They are more than can be answered for row by row.
    """
    listed = list_findings(work.session, read_filter(query), now=work.now, limit=_MOST_MOVED)
    if listed.total > _MOST_MOVED:
        raise Invalid(
            f"{listed.total:,} findings fit, and at most {_MOST_MOVED:,} are moved at once; narrow the list first."
        )
    return [one.key for one in listed.findings]


def _findings_page(
    request: Request,
    installation: Installation,
    official: SignedIn,
    offset: int,
    answers: Sequence[Moved] = (),
) -> FindingsPage:
    filled = asked_of(request.query_params)
    with installation.read() as work:
        try:
            listed = list_findings(
                work.session, read_filter(request.query_params), now=work.now, limit=_AT_ONCE, offset=offset
            )
        except (Invalid, NotFound) as refusal:
            return FindingsPage([], filled, str(refusal), 0, 0, work.zone, may_move=False, answers=answers)
        named = name_findings(work.session, listed.findings, work.now)
        may_move = official.may("change", "findings")
        assignees = assignees_of(work.session) if may_move else []
        return FindingsPage(named, filled, "", listed.total, offset, work.zone, may_move, answers, assignees)


def _finding_page(
    installation: Installation,
    official: SignedIn,
    key: str,
    filled: Mapping[str, str],
    fault: str = "",
) -> FindingPage:
    with installation.read() as work:
        details = read_finding(work, key, accesses=_ACCESSES)
        drawing = draw_finding(details, work.zone) if details.accesses.first else None
        stands = details.moves[-1].to_status if details.moves else Status.OPEN
        moves_to = [status for status in Status if status in MOVES[Status(stands)]]
        may_move = official.may("change", "findings")
        assignees = assignees_of(work.session) if may_move else []
        return FindingPage(details, drawing, work.zone, may_move, moves_to, filled, fault, assignees)


def _render_findings(request: Request, page: FindingsPage, official: SignedIn) -> HTMLResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    title = "Error: Findings" if page.fault else "Findings"
    return render(request, "audit/findings.html", page, title=title, official=official, here=_HERE, status=status)


def _render_finding(request: Request, page: FindingPage, official: SignedIn) -> HTMLResponse:
    title = f"{'Error: ' if page.fault else ''}Finding {page.details.finding.key}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    return render(request, "audit/finding.html", page, title=title, official=official, here=_HERE, status=status)
