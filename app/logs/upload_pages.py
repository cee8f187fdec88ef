"""The pages of logs that are sent: the form, what would be read of them, and the decision."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.stage_table import Apply
from app.imports.read_table_form import fault_of_files
from app.imports.staged import Staged, find_staged
from audit.logs.list_sources import list_sources
from audit.masked_previews import mask_previews
from audit.stage_logs import LOGS_ASKED, LogPreview, LogsAsked, read_log_previews
from config.applied_imports import LOG
from config.errors import Conflict, NotFound
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.looks import let_in_also
from config.uploads.models import Upload, UploadState
from config.uploads.uploads import PreviewRequest, Staging, ask_for, discard_upload, find_upload, stage_upload
from config.web.look_purpose import Purpose
from config.web.receive_upload import ReceivedForm, ReceivedFormDep
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/logs"
MOST_FILES = 100
Importer = Annotated[SignedIn, official_who_may("run", "log imports")]
Key = Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")]


@dataclass(frozen=True)
class UploadPage:
    """Everything that log_upload.html shows.

    Args:
        filled: What was chosen, by field.
        faults: What is wrong, by field.
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    sources: Sequence[str]
    filled: Mapping[str, str]
    key: str
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StagedLogsPage:
    """Everything that log_staged.html shows.

    Args:
        previews: What would come of each file; None where that is not worked out, or not kept any more.
        key: Tells this form from another one, so that what is sent twice is done once.
        purpose: What they are looked at for; empty = whom their accesses are about is masked.
    """

    staged: Staged
    source: str
    previews: Sequence[LogPreview] | None
    zone: ZoneInfo
    key: str
    purpose: str

    @property
    def job(self) -> object:
        """The job that is about the upload, as its part of the page shows it."""
        return self.staged.job


@router.get(f"{_HERE}/upload", response_class=HTMLResponse)
def show_upload(request: Request, installation: InstallationDep, official: Importer, source: str = "") -> HTMLResponse:
    """Show the form with which logs are sent."""
    page = UploadPage(_sources(installation), {"source": source}, secrets.token_urlsafe(16))
    return render(request, "app/log_upload.html", page, title="Import logs", official=official, here=_HERE)


@router.post(f"{_HERE}/upload")
def take_upload(request: Request, installation: InstallationDep, official: Importer, form: ReceivedFormDep) -> Response:
    """Stage logs that are sent, and show what would be read of them; or show the form again with what is wrong."""
    sources, source = _sources(installation), form.text("source")
    faults = {} if source in sources else {"source": "Choose the source whose logs they are."}
    if fault := fault_of_files(form, most=MOST_FILES):
        faults["file"] = fault
    if faults:
        page = UploadPage(sources, form.texts, form.text("key") or secrets.token_urlsafe(16), faults)
        return render(
            *(request, "app/log_upload.html", page),
            title="Error: Import logs",
            official=official,
            here=_HERE,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    key = form.text("key")
    job = JobRequest(JobKind.PREVIEW, PreviewRequest(form.id), official.login, f"upload {key}" if key else "")
    upload = stage_logs(installation, form, source, job)
    return RedirectResponse(f"{_HERE}/staged/{upload.id}", HTTPStatus.SEE_OTHER)


def stage_logs(installation: Installation, form: ReceivedForm, source: str, job: JobRequest) -> Upload:
    """Stage logs whose form has no fault, and ask for their first job."""
    form.is_kept = True
    asked = LOGS_ASKED.dump_json(LogsAsked(source)).decode()
    return stage_upload(installation, Staging(form.id, LOG, asked, form.names, form.sha256, job))


@router.get(f"{_HERE}/staged/{{upload_id}}", response_class=HTMLResponse)
def show_staged(
    request: Request, installation: InstallationDep, official: Importer, upload_id: str, purpose: Purpose = ""
) -> HTMLResponse:
    """Show what would be read of uploaded logs."""
    staged = _find(installation, official, upload_id)
    previews = read_log_previews(installation, upload_id) if staged.job.has_ended else None
    purpose = purpose.strip()
    if previews and purpose:
        let_in_also("events")
    elif previews:
        previews = mask_previews(previews)
    source = LOGS_ASKED.validate_json(staged.upload.asked).source
    with installation.read() as work:
        page = StagedLogsPage(staged, source, previews, work.zone, secrets.token_urlsafe(16), purpose)
    title = f"{'Error: ' if staged.failure else ''}Logs of {source}"
    return render(request, "app/log_staged.html", page, title=title, official=official, here=_HERE)


@router.post(f"{_HERE}/staged/{{upload_id}}/apply")
def take_apply(
    installation: InstallationDep, official: Importer, upload_id: str, key: Key = "", stamp: Key = ""
) -> Response:
    """Let uploaded logs be imported."""
    staged = _find(installation, official, upload_id)
    is_seen = read_log_previews(installation, upload_id) is not None
    if staged.upload.state == UploadState.STAGED and staged.job.has_ended and not is_seen:
        raise Conflict("It is not known how these logs would be read; send them again.")
    job = JobRequest(
        JobKind.STAGED_IMPORT, Apply(upload_id, stamp=stamp), official.login, f"apply {key}" if key else ""
    )
    with installation.aside() as work:
        ask_for(work.session, find_upload(work.session, upload_id), job, now=work.clock)
    return RedirectResponse(f"{_HERE}/staged/{upload_id}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/staged/{{upload_id}}/discard")
def take_discard(installation: InstallationDep, official: Importer, upload_id: str) -> Response:
    """Give uploaded logs up."""
    _find(installation, official, upload_id)
    discard_upload(installation, upload_id, by=official.login)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _find(installation: Installation, official: SignedIn, upload_id: str) -> Staged:
    staged = find_staged(installation, official, upload_id)
    if staged.upload.kind != LOG:
        raise NotFound("There is no such upload of logs.")
    return staged


def _sources(installation: Installation) -> list[str]:
    with installation.read() as work:
        return [one.source.name for one in list_sources(work.session, work.settings.data_dir)]
