"""Imports over JSON: a table is sent and becomes a job; what was applied is listed, and taken back."""

from dataclasses import replace
from http import HTTPStatus
from operator import attrgetter
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlmodel import SQLModel

from access.stage_table import TABLE_ASKED, Apply
from access.write_template import write_template
from app.given_files import WORKBOOK, GivenFile, give_once
from app.imports.kinds import THING_OF, refuse_other_kinds
from app.imports.list_imports import ImportView, view_imports
from app.imports.read_table_form import read_table_form
from app.imports.undo_for_two import take_back_or_propose, undo_sentences, weigh_undo
from app.imports.undo_pages import ImportNumber
from app.imports.undo_preview import preview_undo
from app.jobs.ask import accepted
from app.jobs.views import JobView
from app.proposals.instead import PROPOSED, is_proposal, proposal_answer
from audit.shared_kept import KeptDep
from config.applied_imports import LOG, AppliedImport
from config.errors import NotFound
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.uploads.uploads import PreviewRequest, Staging, stage_upload
from config.web.once import IdempotencyKey, answer_of, once
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.web.receive_upload import ReceivedFormDep
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])
templates = APIRouter(prefix="/api/v1/templates", tags=["imports"])
Reader = Annotated[SignedIn, official_who_may("read", "imports")]
Importer = Annotated[SignedIn, official_who_may("change", "imports")]
_COLUMNS = SQLModel.metadata.tables["imports"].c
_FIELDS = {name: Ordered(_COLUMNS[name], attrgetter(name)) for name in ("number", "kind", "applied_by", "applied_at")}
_TEXT = {"type": "string"}
_REASON = {"as usual": {"value": {"reason": "It was entered for another series"}}}
# what the body holds is read as it streams to disk, so it is told here
_SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        **dict.fromkeys(("as_of", "partial", "replace", "columns", "is_meant"), _TEXT),
                    },
                }
            }
        },
    }
}


class UndoReason(BaseModel):
    """Why an import is taken back, for the second official where one has to confirm it."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(default="", max_length=2_000, pattern=r"^[^\x00]*$")


class UndoAsked(UndoReason):
    """Which import to take back."""

    number: int


class UndoRowView(BaseModel):
    """A thing of the record that would be another: what it says now, and afterwards; empty = it is not there."""

    thing: str
    subject: str
    now: str
    afterwards: str


class UndoPreviewView(BaseModel):
    """What taking an import back would do.

    `findings` are the keys of those that stand, of the people, data series and logs concerned, which the next audit
    decides anew; it is null for who may not read findings. `for_two` is what it would mean where a second official has
    to confirm it; else it is empty.
    """

    number: int
    receipt: str
    rows: list[UndoRowView]
    findings: list[str] | None
    for_two: list[str]


@router.post("/{kind}", status_code=HTTPStatus.ACCEPTED, openapi_extra=_SENT)
def send_import(
    installation: InstallationDep,
    official: Importer,
    kind: str,
    form: ReceivedFormDep,
    response: Response,
    *,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    key: IdempotencyKey = "",
) -> JobView:
    """Send a table to be imported, or to see what that would change; the job of the answer ends with the receipt.

    The fields `partial`, `replace` and `is_meant` (it is meant, however much it changes) count where they are filled.
    """
    if kind not in THING_OF or kind == LOG:
        raise NotFound(
            f"There is no such kind of import; the kinds are {', '.join(one for one in THING_OF if one != LOG)}."
        )
    refuse_other_kinds(official, kind)
    read = read_table_form(form, kind, list(THING_OF))
    if form.fault is not None:
        raise form.fault
    if read.faults:
        raise RequestValidationError([{"loc": ("body", name), "msg": fault} for name, fault in read.faults.items()])
    form.is_kept = True
    apply = Apply(form.id, skip_bad_rows, is_meant=bool(form.text("is_meant")), stamp=None)
    job = JobRequest(
        JobKind.PREVIEW if dry_run else JobKind.STAGED_IMPORT,
        PreviewRequest(form.id) if dry_run else apply,
        official.login,
        f"upload {key}" if key else "",
    )
    asked = TABLE_ASKED.dump_json(read.asked).decode()
    upload = stage_upload(installation, Staging(form.id, kind, asked, form.names, form.sha256, job))
    return accepted(installation, official, upload.first_job, response)


@router.get("")
def list_imports(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    *,
    kind: str | None = None,
    cursor: Cursor = "",
    limit: Limit = 100,
    sort: Sort = "",
) -> Listed[ImportView]:
    """List what was imported, the newest first."""
    chosen = select(AppliedImport)
    if kind is not None:
        chosen = chosen.where(_COLUMNS["kind"] == kind.replace("\x00", ""))
    with installation.read() as work:
        found, further = list_page(work.session, chosen, _FIELDS, cursor=cursor, limit=limit, sort=sort, last="-number")
        return Listed(items=view_imports(work.session, list(found)), next=further)


@templates.get("/{kind}", response_class=FileResponse)
def give_template(installation: InstallationDep, official: Reader, kind: str) -> FileResponse:  # noqa: ARG001 - who may
    """Give an empty workbook of a kind of file: its columns, what they mean, and pick lists."""

    def make(folder: Path) -> GivenFile:
        write_template(kind, folder / "template.xlsx")
        return GivenFile(folder / "template.xlsx", f"{kind}.xlsx", WORKBOOK)

    return give_once(installation.settings.data_dir, make)


@router.get("/{number}/undo")
def show_undo(
    installation: InstallationDep, official: Importer, kept: KeptDep, number: ImportNumber
) -> UndoPreviewView:
    """Show what taking an import back would change; nothing is changed."""
    for_two = undo_sentences(installation, weigh_undo(installation, kept, official, number))
    with installation.read() as work:
        preview = preview_undo(work, number, official)
        rows = [UndoRowView(**row._asdict()) for row in preview.rows]
        findings = [one.key for one in preview.findings] if official.may("read", "findings") else None
        return UndoPreviewView(number=number, receipt=preview.receipt, rows=rows, findings=findings, for_two=for_two)


@router.post("/{number}/undo", status_code=HTTPStatus.CREATED, response_model=ImportView, responses=PROPOSED)
def undo(
    installation: InstallationDep,
    official: Importer,
    kept: KeptDep,
    number: ImportNumber,
    asked: Annotated[UndoReason | None, Body(openapi_examples=_REASON)] = None,
    key: IdempotencyKey = "",
) -> dict[str, object] | JSONResponse:
    """Take an import back; the answer is the entry of that in the list of imports.

    A change of work access by which findings that stand would read otherwise then is proposed to a second official
    instead; an import of a file never is.
    """
    reason = asked.reason if asked else ""
    with installation.read() as work:
        is_answered = bool(answer_of(work.session, official, key))
    sentences = [] if is_answered else undo_sentences(installation, weigh_undo(installation, kept, official, number))
    made = once(
        replace(installation, by=official.login),
        official,
        key,
        UndoAsked(number=number, reason=reason),
        lambda work: take_back_or_propose(work, official, number, sentences, reason),
    )
    return proposal_answer(made) if is_proposal(made) else made
