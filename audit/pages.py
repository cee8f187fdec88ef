"""The page of findings: the list with filters, and what is made of several of them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from audit.aside_models import SavedView
from audit.kept import AtHand, Kept
from audit.list_findings import list_findings
from audit.move_finding import assignees_of
from audit.named_findings import NamedFinding, name_findings
from audit.read_filter import asked_of, read_filter
from audit.record_moves import MOST_AT_ONCE, MovedJson, MovesRequest, record_moves
from audit.rules import REASONS
from audit.said_not_seen import said_not_seen
from audit.saved_views import view_query, views_of
from audit.shared_kept import KeptDep
from audit.statuses import DismissalReason, Status
from config.errors import Invalid, NotFound
from config.web.once import KeyUsed
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()

_AT_ONCE = 50
_HERE = "/findings"
Reader = Annotated[SignedIn, official_who_may("read", "findings")]
Mover = Annotated[SignedIn, official_who_may("change", "findings")]


class MovesForm(BaseModel):
    """The form that makes the same of several findings, as it was filled in.

    Args:
        key: Of each finding that was chosen.
        all: All that the list shows are meant, on every page.
        sent: Tells this form from others, so that it is recorded once.
    """

    key: list[str] = []
    all: str = ""
    status: str = ""
    note: str = ""
    reason: str = ""
    assignee: str = ""
    sent: str = ""

    def asked(self, keys: Sequence[str]) -> MovesRequest:
        """Read it, as a move of some findings.

        Raises:
            Invalid: No finding was chosen.
        """
        if not keys:
            raise Invalid("Choose the findings that are meant, in the first column.")
        return MovesRequest(
            keys=list(keys),
            status=self.status or None,
            note=self.note,
            reason=self.reason,
            assignee=self.assignee,
        )


@dataclass(frozen=True)
class FindingsPage:
    """Everything findings.html shows.

    Args:
        filled: The filters as they were given, by name.
        fault: Why what was asked for cannot be shown; empty where it can.
        total: How many findings fit.
        offset: How many of them come before those shown.
        assignees: The logins of those who may review findings.
        answers: What came of a move of several.
        refusal: Why none of several was moved.
        typed: The form of several as it was refused.
        sent: The key of the form of several.
        views: The official's saved views.
        view_name: The name that was typed for a further one, and `view_fault` why it was not saved.
        not_seen: Which days the newest audit did not see.
    """

    findings: Sequence[NamedFinding]
    filled: Mapping[str, str]
    fault: str
    total: int
    offset: int
    zone: ZoneInfo
    may_move: bool
    assignees: Sequence[str] = ()
    answers: Sequence[MovedJson] = ()
    refusal: str = ""
    typed: MovesForm = field(default_factory=MovesForm)
    sent: str = field(default_factory=lambda: secrets.token_hex(8))
    views: Sequence[SavedView] = ()
    view_name: str = ""
    view_fault: str = ""
    not_seen: str = ""
    statuses: Sequence[str] = tuple(Status)
    verdicts: Sequence[str] = ("unauthorized", "unresolved")
    reasons: Sequence[str] = field(default_factory=lambda: list(REASONS))
    dismissals: Sequence[str] = tuple(DismissalReason)

    @property
    def last(self) -> int:
        """The place of the last finding shown."""
        return self.offset + len(self.findings)

    @property
    def query(self) -> str:
        """How the list is narrowed and sorted, as a saved view keeps it."""
        return view_query(self.filled)

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
    kept: KeptDep,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Show the findings that stand, newest month first."""
    page = _findings_page(request, installation, official, kept, offset)
    return _render_findings(request, page, official)


@router.post(f"{_HERE}/moves", response_class=HTMLResponse)
def take_moves(
    request: Request,
    installation: InstallationDep,
    official: Mover,
    kept: KeptDep,
    form: Annotated[MovesForm, Form()],
) -> HTMLResponse:
    """Move several findings alike, and answer row by row; where one is refused, what was typed still stands there."""
    answers, refusal = list[MovedJson](), ""
    try:
        keys = _all_keys(installation, kept, request.query_params) if form.all else form.key
        answers = record_moves(installation, official, form.asked(keys), form.sent).moves
    except KeyUsed:
        refusal = "This form was sent once already, with something else in it. Choose again what is meant."
    except Invalid as invalid:
        refusal = str(invalid)
    is_over = not refusal and not any(one.refusal for one in answers)
    page = _findings_page(request, installation, official, kept, 0)
    moved = replace(page, answers=answers, refusal=refusal, typed=MovesForm() if is_over else form)
    return _render_findings(request, moved, official)


def _all_keys(installation: Installation, kept: Kept, query: Mapping[str, str]) -> list[str]:
    """Give the keys of all findings that a list shows on its pages.

    Raises:
        Invalid: They are more than can be answered for row by row.
    """
    with installation.read() as work:
        at_hand = AtHand(kept, work)
        listed = list_findings(work.session, read_filter(query), now=work.now, limit=MOST_AT_ONCE, at_hand=at_hand)
    if listed.total > MOST_AT_ONCE:
        raise Invalid(
            f"{listed.total:,} findings fit, and at most {MOST_AT_ONCE:,} are moved at once; narrow the list first."
        )
    return [one.key for one in listed.findings]


def show_findings_again(
    request: Request,
    installation: Installation,
    official: SignedIn,
    kept: Kept,
    filled: Mapping[str, str],
    name: str,
    fault: str,
) -> HTMLResponse:
    """Show the list as it was narrowed when somebody wanted to save that, with why it was not saved."""
    page = _narrowed(installation, official, kept, filled, 0)
    return _render_findings(request, replace(page, view_name=name, view_fault=fault), official)


def _findings_page(
    request: Request, installation: Installation, official: SignedIn, kept: Kept, offset: int
) -> FindingsPage:
    return _narrowed(installation, official, kept, asked_of(request.query_params), offset)


def _narrowed(
    installation: Installation, official: SignedIn, kept: Kept, filled: Mapping[str, str], offset: int
) -> FindingsPage:
    with installation.read() as work:
        views = views_of(work.session, official.login)
        work.session.expunge_all()
        try:
            listed = list_findings(
                work.session,
                read_filter(filled),
                now=work.now,
                limit=_AT_ONCE,
                offset=offset,
                limits=official.limits,
                at_hand=AtHand(kept, work),
            )
        except (Invalid, NotFound) as refusal:
            return FindingsPage([], filled, str(refusal), 0, 0, work.zone, may_move=False, views=views)
        named = name_findings(work.session, listed.findings, work.now)
        may_move = official.may("change", "findings")
        assignees = assignees_of(work.session) if may_move else []
        page = FindingsPage(named, filled, "", listed.total, offset, work.zone, may_move, assignees, views=views)
        return replace(page, not_seen=said_not_seen(work.session))


def _render_findings(request: Request, page: FindingsPage, official: SignedIn) -> HTMLResponse:
    is_refused = bool(page.fault or page.refusal or page.view_fault)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    title = "Error: Findings" if is_refused else "Findings"
    return render(request, "audit/findings.html", page, title=title, official=official, here=_HERE, status=status)
