"""The pages of findings: the list with filters, one with the drawing that shows why, and what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from access.current_policy import CurrentPolicy
from access.shared_policy import CurrentPolicyDep
from audit.draw_lanes import LANE, LEFT, TOP, WIDTH, Drawing
from audit.finding_drawing import draw_finding
from audit.finding_layouts import HEADINGS, whole_rows
from audit.list_findings import FindingsFilter, list_findings
from audit.move_finding import Move, Moved, move_finding, move_findings
from audit.named_findings import NamedFinding, name_findings
from audit.read_finding import FindingDetails, read_finding
from audit.rules import REASONS
from audit.statuses import MOVES, DismissalReason, Status
from config.clock import read_end
from config.errors import Invalid, NotFound, Refusal
from config.row_layouts import Layout, row_lines
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()

_AT_ONCE = 50
_ACCESSES = 200
_OTHERS = 20
_HERE = "/findings"
Reader = Annotated[SignedIn, official_who_may("read", "findings")]
Exporter = Annotated[SignedIn, official_who_may("export", "findings")]
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
    """

    findings: Sequence[NamedFinding]
    filled: Mapping[str, str]
    fault: str
    total: int
    offset: int
    zone: ZoneInfo
    may_move: bool
    answers: Sequence[Moved] = ()
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
    """

    details: FindingDetails
    drawing: Drawing | None
    zone: ZoneInfo
    may_move: bool
    moves_to: Sequence[str]
    filled: Mapping[str, str]
    fault: str = ""
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
    keys = [str(key) for key in form.getlist("key")]
    move = Move(str(form.get("status") or "") or None, str(form.get("note", "")), str(form.get("reason", "")))
    with installation.change() as work:
        answers = move_findings(work.session, keys, move, now=work.now, by=official.login)
    page = _findings_page(request, installation, official, 0, answers)
    return _render_findings(request, page, official)


@router.get(f"{_HERE}.csv")
def export_findings(request: Request, installation: InstallationDep, official: Exporter) -> StreamingResponse:  # noqa: ARG001 - who may
    """Give exactly the findings that the list shows, all pages of them, as CSV."""
    with installation.read() as work:
        found = list_findings(work.session, _filter(request.query_params), now=work.now).findings
    headers = {"Content-Disposition": 'attachment; filename="findings.csv"'}
    lines = (f"{line}\r\n" for line in row_lines(Layout.CSV, HEADINGS, whole_rows(found), None))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get(f"{_HERE}/{{key}}", response_class=HTMLResponse)
def show_finding(
    request: Request, installation: InstallationDep, official: Reader, policy: CurrentPolicyDep, key: str
) -> HTMLResponse:
    """Show one finding: why, drawn and in words, and what was made of it."""
    page = _finding_page(installation, policy, official, key, {})
    return _render_finding(request, page, official)


@router.post(f"{_HERE}/{{key}}/moves")
def take_move(
    request: Request,
    installation: InstallationDep,
    official: Mover,
    policy: CurrentPolicyDep,
    key: str,
    status: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    owner: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    case: Annotated[str, Form()] = "",
) -> Response:
    """Move a finding, or note something on it; where that is refused, what was typed still stands there."""
    filled = {"status": status, "note": note, "reason": reason, "owner": owner, "until": until, "case": case}
    try:
        with installation.change() as work:
            ends = read_end(until, work.zone) if until else None
            move = Move(status or None, note, reason, owner, ends, case)
            move_finding(work.session, key, move, now=work.now, by=official.login)
    except NotFound:
        raise
    except (Refusal, ValueError) as error:
        fault = str(error) if isinstance(error, Refusal) else f"The end cannot be read; expected {error}."
        page = _finding_page(installation, policy, official, key, filled, fault)
        return _render_finding(request, page, official)
    return RedirectResponse(f"{_HERE}/{key}#history", HTTPStatus.SEE_OTHER)


def _findings_page(
    request: Request,
    installation: Installation,
    official: SignedIn,
    offset: int,
    answers: Sequence[Moved] = (),
) -> FindingsPage:
    filled = {name: text for name, text in request.query_params.items() if name in _FILTERS}
    with installation.read() as work:
        try:
            listed = list_findings(
                work.session, _filter(request.query_params), now=work.now, limit=_AT_ONCE, offset=offset
            )
        except (Invalid, NotFound) as refusal:
            return FindingsPage([], filled, str(refusal), 0, 0, work.zone, may_move=False, answers=answers)
        named = name_findings(work.session, listed.findings, work.now)
        may_move = official.may("change", "findings")
        return FindingsPage(named, filled, "", listed.total, offset, work.zone, may_move, answers)


_FILTERS = [one.name for one in fields(FindingsFilter)]


def _filter(asked: Mapping[str, str]) -> FindingsFilter:
    texts = {name: asked.get(name, "").strip() for name in _FILTERS if name != "grown"}
    return FindingsFilter(**texts, grown=bool(asked.get("grown")))


def _finding_page(
    installation: Installation,
    policy: CurrentPolicy,
    official: SignedIn,
    key: str,
    filled: Mapping[str, str],
    fault: str = "",
) -> FindingPage:
    with installation.read() as work:
        details = read_finding(work, policy, key, accesses=_ACCESSES)
        drawing = draw_finding(details, work.zone) if details.accesses.first else None
        stands = details.moves[-1].to_status if details.moves else Status.OPEN
        moves_to = [status for status in Status if status in MOVES[Status(stands)]]
        return FindingPage(details, drawing, work.zone, official.may("change", "findings"), moves_to, filled, fault)


def _render_findings(request: Request, page: FindingsPage, official: SignedIn) -> HTMLResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    title = "Error: Findings" if page.fault else "Findings"
    return render(request, "audit/findings.html", page, title=title, official=official, here=_HERE, status=status)


def _render_finding(request: Request, page: FindingPage, official: SignedIn) -> HTMLResponse:
    title = f"{'Error: ' if page.fault else ''}Finding {page.details.finding.key}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.fault else HTTPStatus.OK
    return render(request, "audit/finding.html", page, title=title, official=official, here=_HERE, status=status)
