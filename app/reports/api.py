"""Reports over JSON: asked for as jobs, listed when they are ready, downloaded."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict

from app.given_files import WORKBOOK
from app.jobs.ask import accepted, ask_once
from app.jobs.views import JobView
from app.reports.kinds import refuse_other_reports
from app.reports.pages import FileNumber, Producer, Reader
from app.reports.place import new_place
from app.reports.read_options import read_options
from app.reports.ready import ReadyFile, find_file, ready_files
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.looks import looked_for
from config.web.once import IdempotencyKey
from config.web.signed_in import InstallationDep

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])
_LISTED = 1_000


class ReportAsked(BaseModel):
    """What a report is asked for with; the options of each are those of the command line."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"options": {"as_of": "2025-07-01"}}]})

    options: dict[Annotated[str, "option"], str | int] = {}


@router.post("/{name}", status_code=HTTPStatus.ACCEPTED)
def ask_for_report(
    installation: InstallationDep,
    official: Producer,
    name: str,
    asked: ReportAsked,
    response: Response,
    key: IdempotencyKey = "",
) -> JobView:
    """Ask for a report; the answer is the job that writes it, whose number is also the file's.

    Whom accesses are about is masked in `decisions` and in `findings` of one finding, unless the option `purpose` says
    what it is looked at for; then the file is for who asked alone.
    """
    refuse_other_reports(official, name)
    with installation.read() as work:
        zone = work.zone
    typed = {option: str(text) for option, text in asked.options.items()}
    request, faults = read_options(name, typed, new_place(installation, official.login, name, key), zone)
    if faults:
        found = [{"loc": ("body", "options", option), "msg": fault} for option, fault in faults.items()]
        raise RequestValidationError(found)
    looked_for(request.purpose)
    job = JobRequest(JobKind.REPORT, request, official.login, f"report {name} {key}" if key else "")
    return accepted(installation, official, ask_once(installation, job), response)


@router.get("/files")
def list_files(installation: InstallationDep, official: Reader) -> list[ReadyFile]:
    """List the files that are ready, the newest first."""
    with installation.read() as work:
        return ready_files(work.session, official, limit=_LISTED)


@router.get("/files/{number}", response_class=FileResponse)
def give_file(installation: InstallationDep, official: Reader, number: FileNumber) -> FileResponse:
    """Give a workbook; its digest is in the header `X-Digest-SHA256`."""
    with installation.read() as work:
        file, path = find_file(work.session, official, number)
    looked_for(file.purpose)
    return FileResponse(path, filename=file.name, media_type=WORKBOOK, headers={"X-Digest-SHA256": file.sha256})
