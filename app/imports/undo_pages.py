"""The page on which an import is taken back: what that would change is shown first, and then it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.proposals.find_proposal import waiting_proposals
from app.imports.undo_for_two import take_back_or_propose, undo_sentences, weigh_undo
from app.imports.undo_preview import UndoPreview, UndoRow, preview_undo
from app.proposals.shown import ProposalView
from audit.kept import Kept
from audit.models import Finding
from audit.shared_kept import KeptDep
from config.errors import Conflict, NotPermitted
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()
_HERE = "/imports"
_MOST_ROWS = 200
_MOST_FINDINGS = 20
Importer = Annotated[SignedIn, official_who_may("change", "imports")]
# an import's number in an address; no database counts farther
ImportNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@dataclass(frozen=True)
class UndoPage:
    """Everything that import_undo.html shows.

    Args:
        preview: What it would do; None where it is refused.
        refused: Why the import cannot be taken back; empty where it can.
        rows: The first of them.
        findings: The first of them; none for who may not read findings.
        own: Why this official may not take it back; empty where they may.
        for_two: What it would mean, where a second official has to confirm it.
        waiting: The number of the proposal that waits for one already; None where none does.
        not_done: Why it was not done just now; empty where nothing was asked for.
    """

    number: int
    preview: UndoPreview | None
    refused: str
    rows: Sequence[UndoRow] = ()
    findings: Sequence[Finding] = ()
    may_read_findings: bool = False
    own: str = ""
    for_two: Sequence[str] = ()
    waiting: int | None = None
    not_done: str = ""


@router.get(f"{_HERE}/{{number}}/undo", response_class=HTMLResponse)
def show_undo(
    request: Request, installation: InstallationDep, official: Importer, kept: KeptDep, number: ImportNumber
) -> HTMLResponse:
    """Show what taking an import back would change, or why it cannot be."""
    return _show(request, installation, official, kept, number)


@router.post(f"{_HERE}/{{number}}/undo")
def take_undo(
    request: Request,
    installation: InstallationDep,
    official: Importer,
    kept: KeptDep,
    number: ImportNumber,
    reason: Annotated[str, Form(max_length=2_000, pattern=r"^[^\x00]*$")] = "",
) -> Response:
    """Take an import back, or propose to, or say why not."""
    try:
        sentences = undo_sentences(installation, weigh_undo(installation, kept, official, number))
        with replace(installation, by=official.login).change() as work:
            made = take_back_or_propose(work, official, number, sentences, reason)
    except Conflict as refusal:
        return _show(request, installation, official, kept, number, not_done=str(refusal))
    place = f"/grants/proposals/{made.id}" if isinstance(made, ProposalView) else f"{_HERE}#import-{made.number}"
    return RedirectResponse(place, HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    kept: Kept,
    number: int,
    *,
    not_done: str = "",
) -> HTMLResponse:
    with installation.read() as work:
        page = _page(work, number, official)
        work.session.expunge_all()
    try:
        for_two = undo_sentences(installation, weigh_undo(installation, kept, official, number))
        page = replace(page, for_two=for_two, not_done=not_done)
    except NotPermitted as refusal:
        page = replace(page, own=str(refusal))
    except Conflict as refusal:
        page = UndoPage(number, None, str(refusal))
    status = HTTPStatus.CONFLICT if not_done else HTTPStatus.OK
    title = f"{'Error: ' if page.refused or not_done else ''}Take back import {number}"
    return render(request, "app/import_undo.html", page, title=title, official=official, here=_HERE, status=status)


def _page(work: Work, number: int, official: SignedIn) -> UndoPage:
    try:
        preview = preview_undo(work, number, official)
    except Conflict as refusal:
        return UndoPage(number, None, str(refusal))
    may_read = official.may("read", "findings")
    found = preview.findings[:_MOST_FINDINGS] if may_read else []
    waiting = next((one.row.id for one in waiting_proposals(work.session) if one.row.takes_back == number), None)
    return UndoPage(number, preview, "", preview.rows[:_MOST_ROWS], found, may_read, waiting=waiting)
