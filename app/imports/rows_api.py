"""The rows of a sent table over JSON: each that would be changed, and those that cannot be taken as a file to mend."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel

from access.stage_table import read_preview
from app.imports.staged import change_rows, find_staged, narrowed
from app.jobs.find_job import JobNumber, find_job
from app.jobs.kinds import KINDS
from config.applied_imports import LOG
from config.errors import Invalid, NotFound
from config.jobs.models import JobKind
from config.uploads.places import rejects_file
from config.web.paging import Cursor, Limit, Listed, read_cursor, write_cursor
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter(prefix="/api/v1/jobs", tags=["imports"])
Reader = Annotated[SignedIn, official_who_may("read", "imports")]
_OF_UPLOADS = {JobKind.PREVIEW, JobKind.STAGED_IMPORT}


class ChangedRow(BaseModel):
    """A row of a table, and what would become of it: `change` says which, and a column that changes was one thing."""

    change: str
    number: int | None
    subject: str
    column: str
    was: str
    now: str


_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The refused rows with the reasons.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("/{number}/rows")
def list_rows(
    installation: InstallationDep,
    official: Reader,
    number: JobNumber,
    change: Annotated[str, Query(max_length=100, description="Only these, such as added or refused.")] = "",
    text: Annotated[str, Query(max_length=200, description="Only rows that hold this.")] = "",
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Listed[ChangedRow]:
    """List what the table of a dry run would change, row by row; it is kept until the upload is removed."""
    receipt = read_preview(installation, _upload(installation, official, number))
    if receipt is None:
        raise NotFound("What this table would change is not worked out, or not kept any more.")
    rows = narrowed(change_rows(receipt), change, text)
    begin = _begin(cursor)
    further = write_cursor([begin + limit]) if len(rows) > begin + limit else None
    return Listed(items=[ChangedRow(**row._asdict()) for row in rows[begin : begin + limit]], next=further)


@router.get("/{number}/rejects", response_class=FileResponse, responses=_FILE)
def give_rejects(installation: InstallationDep, official: Reader, number: JobNumber) -> FileResponse:
    """Give the rows of a table that were not taken, with the reasons, to be mended and sent again."""
    file = rejects_file(installation.settings.data_dir, _upload(installation, official, number))
    if not file.is_file():
        raise NotFound("No row of this table was refused, or they are not kept any more.")
    return FileResponse(file, media_type="text/csv", filename="rejects.csv")


def _upload(installation: Installation, official: SignedIn, number: int) -> str:
    """Give the upload of a job that an official may see."""
    with installation.read() as work:
        job = find_job(work.session, number, official)
        no_table = NotFound(f"Job {number} ({KINDS[JobKind(job.kind)].in_words}) is about no table that was sent.")
        if JobKind(job.kind) not in _OF_UPLOADS:
            raise no_table
        upload = find_staged(installation, official, str(json.loads(job.arguments)["upload_id"])).upload
    if upload.kind == LOG:
        raise no_table
    return upload.id


def _begin(cursor: str) -> int:
    if not cursor:
        return 0
    (begin,) = read_cursor(cursor, 1)
    if type(begin) is not int or begin < 0:
        raise Invalid("The cursor is none of this list; ask for the first page anew.")
    return begin
