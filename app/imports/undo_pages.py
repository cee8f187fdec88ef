"""The page on which an import is taken back: what that would change is shown first, and then it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.imports.list_imports import take_back
from app.imports.undo_preview import UndoPreview, UndoRow, preview_undo
from audit.models import Finding
from config.errors import Conflict
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
    """

    number: int
    preview: UndoPreview | None
    refused: str
    rows: Sequence[UndoRow] = ()
    findings: Sequence[Finding] = ()
    may_read_findings: bool = False


@router.get(f"{_HERE}/{{number}}/undo", response_class=HTMLResponse)
def show_undo(
    request: Request, installation: InstallationDep, official: Importer, number: ImportNumber
) -> HTMLResponse:
    """Show what taking an import back would change, or why it cannot be."""
    return _show(request, installation, official, number)


@router.post(f"{_HERE}/{{number}}/undo")
def take_undo(request: Request, installation: InstallationDep, official: Importer, number: ImportNumber) -> Response:
    """Take an import back, or say why not."""
    try:
        with replace(installation, by=official.login).change() as work:
            undone = take_back(work, number, official).number
    except Conflict:
        return _show(request, installation, official, number, status=HTTPStatus.CONFLICT)
    return RedirectResponse(f"{_HERE}#import-{undone}", HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    number: int,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    with installation.read() as work:
        page = _page(work, number, official)
        work.session.expunge_all()
    title = f"{'Error: ' if page.refused else ''}Take back import {number}"
    return render(request, "app/import_undo.html", page, title=title, official=official, here=_HERE, status=status)


def _page(work: Work, number: int, official: SignedIn) -> UndoPage:
    try:
        preview = preview_undo(work, number, official)
    except Conflict as refusal:
        return UndoPage(number, None, str(refusal))
    may_read = official.may("read", "findings")
    found = preview.findings[:_MOST_FINDINGS] if may_read else []
    return UndoPage(number, preview, "", preview.rows[:_MOST_ROWS], found, may_read)
