"""The pages of imports: what was applied and what waits, and a table that is sent."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, col, select

from access.stage_table import TABLE_ASKED
from app.imports.kinds import kinds_of, refuse_other_kinds
from app.imports.list_imports import ImportView, may_undo, view_imports
from app.imports.read_table_form import ReadTableForm, read_table_form
from app.imports.staged import may_see
from config.applied_imports import AppliedImport
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.uploads.models import Upload
from config.uploads.uploads import PreviewRequest, Staging, stage_upload, waiting_uploads
from config.web.receive_upload import ReceivedForm, ReceivedFormDep
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/imports"
_ON_A_PAGE = 50
Reader = Annotated[SignedIn, official_who_may("read", "imports")]
Importer = Annotated[SignedIn, official_who_may("change", "imports")]


@dataclass(frozen=True)
class ImportsPage:
    """Everything that imports.html shows.

    Args:
        waiting: The uploads that nobody applied or discarded yet.
        undoable: The numbers of the imports that the official may take back.
        older: The number before which the next page begins; None where this is the last one.
    """

    imports: Sequence[ImportView]
    waiting: Sequence[Upload]
    undoable: frozenset[int]
    kinds: Sequence[str]
    older: int | None
    zone: ZoneInfo


@dataclass(frozen=True)
class NewImportPage:
    """Everything that import_new.html shows.

    Args:
        filled: What was typed, by field.
        faults: What is wrong, by field.
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    kinds: Sequence[str]
    filled: Mapping[str, str]
    key: str
    faults: Mapping[str, str] = field(default_factory=dict)


@router.get(_HERE, response_class=HTMLResponse)
def show_imports(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """List what was imported, the newest first, and what waits to be."""
    with installation.read() as work:
        found = _newest(work.session, before)
        imports = view_imports(work.session, found[:_ON_A_PAGE])
        page = ImportsPage(
            imports,
            [upload for upload in waiting_uploads(work.session) if may_see(official, upload)],
            frozenset(one.number for one in imports if not one.undone_by and may_undo(official, one.applied_by)),
            kinds_of(official) if official.may("change", "imports") else [],
            imports[-1].number if len(found) > _ON_A_PAGE else None,
            work.zone,
        )
        work.session.expunge_all()
    return render(request, "app/imports.html", page, title="Imports", official=official, here=_HERE)


@router.get(f"{_HERE}/new", response_class=HTMLResponse)
def show_new(request: Request, official: Importer, kind: str = "") -> HTMLResponse:
    """Show the form with which a table is sent."""
    page = NewImportPage(kinds_of(official), {"kind": kind}, secrets.token_urlsafe(16))
    return render(request, "app/import_new.html", page, title="Import a table", official=official, here=_HERE)


@router.post(f"{_HERE}/new")
def take_new(request: Request, installation: InstallationDep, official: Importer, form: ReceivedFormDep) -> Response:
    """Stage a table that is sent, and show what becomes of it; or show the form again with what is wrong."""
    kinds = kinds_of(official)
    read = read_table_form(form, form.text("kind"), kinds)
    if read.faults:
        key = form.text("key") or secrets.token_urlsafe(16)
        page = NewImportPage(kinds, form.texts, key, read.faults)
        return render(
            *(request, "app/import_new.html", page),
            title="Error: Import a table",
            official=official,
            here=_HERE,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    refuse_other_kinds(official, read.kind)
    upload = stage_table(installation, official, form, read, key=f"upload {key}" if (key := form.text("key")) else "")
    return RedirectResponse(f"{_HERE}/staged/{upload.id}", HTTPStatus.SEE_OTHER)


def stage_table(
    installation: Installation, official: SignedIn, form: ReceivedForm, read: ReadTableForm, *, key: str
) -> Upload:
    """Stage a table whose form has no fault, and let it be worked out what it would change."""
    form.is_kept = True
    asked = TABLE_ASKED.dump_json(read.asked).decode()
    job = JobRequest(JobKind.PREVIEW, PreviewRequest(form.id), official.login, key)
    return stage_upload(installation, Staging(form.id, read.kind, asked, form.names, form.sha256, job))


def _newest(session: Session, before: int | None) -> list[AppliedImport]:
    chosen = select(AppliedImport).order_by(col(AppliedImport.number).desc()).limit(_ON_A_PAGE + 1)
    if before is not None:
        chosen = chosen.where(col(AppliedImport.number) < before)
    return list(session.exec(chosen))
