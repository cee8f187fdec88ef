"""The page of findings: the list with filters, its export, and what is made of several of them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel

from audit.finding_layouts import HEADINGS, whole_rows
from audit.list_findings import FindingsFilter, list_findings
from audit.named_findings import NamedFinding, name_findings
from audit.record_moves import MovedJson, MovesRequest, record_moves
from audit.rules import REASONS
from audit.statuses import DismissalReason, Status
from config.errors import Invalid, NotFound
from config.row_layouts import Layout, row_lines
from config.web.once import KeyUsed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()

_AT_ONCE = 50
_HERE = "/findings"
Reader = Annotated[SignedIn, official_who_may("read", "findings")]
Exporter = Annotated[SignedIn, official_who_may("export", "findings")]
Mover = Annotated[SignedIn, official_who_may("change", "findings")]


class MovesForm(BaseModel):
    """The form that makes the same of several findings, as it was filled in.

    Args:
        key: Of each finding that was chosen.
        sent: Tells this form from others, so that it is recorded once.
    """

    key: list[str] = []
    status: str = ""
    note: str = ""
    reason: str = ""
    sent: str = ""

    def asked(self) -> MovesRequest:
        """Read it.

        Raises:
            Invalid: No finding was chosen.
        """
        if not self.key:
            raise Invalid("Choose the findings that are meant, in the first column.")
        return MovesRequest(keys=self.key, status=self.status or None, note=self.note, reason=self.reason)


@dataclass(frozen=True)
class FindingsPage:
    """Everything findings.html shows.

    Args:
        filled: The filters as they were given, by name.
        fault: Why what was asked for cannot be shown; empty where it can.
        total: How many findings fit.
        offset: How many of them come before those shown.
        answers: What came of a move of several.
        refusal: Why none of several was moved.
        typed: The form of several as it was refused.
        sent: The key of the form of several.
    """

    findings: Sequence[NamedFinding]
    filled: Mapping[str, str]
    fault: str
    total: int
    offset: int
    zone: ZoneInfo
    may_move: bool
    answers: Sequence[MovedJson] = ()
    refusal: str = ""
    typed: MovesForm = field(default_factory=MovesForm)
    sent: str = field(default_factory=lambda: secrets.token_hex(8))
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


@router.post(f"{_HERE}/moves", response_class=HTMLResponse)
def take_moves(
    request: Request, installation: InstallationDep, official: Mover, form: Annotated[MovesForm, Form()]
) -> HTMLResponse:
    """Move several findings alike, and answer row by row; where one is refused, what was typed still stands there."""
    answers, refusal = list[MovedJson](), ""
    try:
        answers = record_moves(installation, official, form.asked(), form.sent).moves
    except KeyUsed:
        refusal = "This form was sent once already, with something else in it. Choose again what is meant."
    except Invalid as invalid:
        refusal = str(invalid)
    is_over = not refusal and not any(one.refusal for one in answers)
    page = _findings_page(request, installation, official, 0)
    moved = replace(page, answers=answers, refusal=refusal, typed=MovesForm() if is_over else form)
    return _render_findings(request, moved, official)


@router.get(f"{_HERE}.csv")
def export_findings(request: Request, installation: InstallationDep, official: Exporter) -> StreamingResponse:  # noqa: ARG001 - who may
    """Give exactly the findings that the list shows, all pages of them, as CSV."""
    with installation.read() as work:
        found = list_findings(work.session, _filter(request.query_params), now=work.now).findings
    headers = {"Content-Disposition": 'attachment; filename="findings.csv"'}
    lines = (f"{line}\r\n" for line in row_lines(Layout.CSV, HEADINGS, whole_rows(found), None))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _findings_page(
    request: Request,
    installation: Installation,
    official: SignedIn,
    offset: int,
) -> FindingsPage:
    filled = {name: text for name, text in request.query_params.items() if name in _FILTERS}
    with installation.read() as work:
        try:
            listed = list_findings(
                work.session, _filter(request.query_params), now=work.now, limit=_AT_ONCE, offset=offset
            )
        except (Invalid, NotFound) as refusal:
            return FindingsPage([], filled, str(refusal), 0, 0, work.zone, may_move=False)
        named = name_findings(work.session, listed.findings, work.now)
        may_move = official.may("change", "findings")
        return FindingsPage(named, filled, "", listed.total, offset, work.zone, may_move)


_FILTERS = [one.name for one in fields(FindingsFilter)]


def _filter(asked: Mapping[str, str]) -> FindingsFilter:
    texts = {name: asked.get(name, "").strip() for name in _FILTERS if name != "grown"}
    return FindingsFilter(**texts, grown=bool(asked.get("grown")))


def _render_findings(request: Request, page: FindingsPage, official: SignedIn) -> HTMLResponse:
    is_refused = bool(page.fault or page.refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    title = "Error: Findings" if is_refused else "Findings"
    return render(request, "audit/findings.html", page, title=title, official=official, here=_HERE, status=status)
