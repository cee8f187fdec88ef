"""Jobs over JSON: listed, looked at, followed, cancelled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from operator import attrgetter
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlmodel import SQLModel, col
from starlette.concurrency import run_in_threadpool

from app.jobs.ask import accepted, ask_once
from app.jobs.find_job import JobNumber, find_job, find_job_to_change, whose_jobs
from app.jobs.views import JobView, job_view
from config.jobs.cancel import cancel_job
from config.jobs.enqueue import JobRequest
from config.jobs.models import Job, JobKind, JobState
from config.web.once import IdempotencyKey
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
_SECONDS_BETWEEN_EVENTS = 1.0
_LOOKS_IN_SILENCE = 15  # then a line without meaning is sent, as proxies cut off what says nothing for a minute
Reader = Annotated[SignedIn, official_who_may("read", "jobs")]
Changer = Annotated[SignedIn, official_who_may("change", "jobs")]
Runner = Annotated[SignedIn, official_who_may("run", "jobs")]
_COLUMNS = SQLModel.metadata.tables["jobs"].c
_FIELDS = {
    name: Ordered(_COLUMNS[name], attrgetter(name)) for name in ("number", "kind", "state", "asked_by", "queued_at")
}


class JobAsked(BaseModel):
    """Which job is asked for.

    `verify` holds every file of the imported logs to its receipt, byte by byte; `leftovers` removes what killed work
    left behind; `expiry` reopens the findings whose exception has ended; `backup` writes a backup into the folder that
    the setting `backup_dir` names; `notices` gathers what officials are told.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["verify", "leftovers", "expiry", "backup", "notices"]


@router.get("")
def list_jobs(
    installation: InstallationDep,
    official: Reader,
    state: JobState | None = None,
    kind: JobKind | None = None,
    asked_by: Annotated[str | None, Query(max_length=200, pattern="^[^\\x00]*$")] = None,
    cursor: Cursor = "",
    limit: Limit = 100,
    sort: Sort = "",
) -> Listed[JobView]:
    """List the jobs that one may know of, the newest first."""
    chosen = select(Job)
    asked = {Job.state: state, Job.kind: kind, Job.asked_by: asked_by}
    for column, value in [*asked.items(), (Job.asked_by, whose_jobs(official))]:
        if value is not None:
            chosen = chosen.where(col(column) == value)
    with installation.read() as work:
        jobs, further = list_page(work.session, chosen, _FIELDS, cursor=cursor, limit=limit, sort=sort, last="-number")
        return Listed(items=[job_view(job, official) for job in jobs], next=further)


@router.post("", status_code=HTTPStatus.ACCEPTED)
def ask_for_job(
    installation: InstallationDep, official: Runner, asked: JobAsked, response: Response, key: IdempotencyKey = ""
) -> JobView:
    """Ask for a job that needs nothing more to be said: to hold the stored logs to their receipts, for one."""
    request = JobRequest(JobKind(asked.kind), None, official.login, f"{asked.kind} {key}" if key else "")
    return accepted(installation, official, ask_once(installation, request), response)


@router.get("/{number}")
def show_job(installation: InstallationDep, official: Reader, number: JobNumber) -> JobView:
    """Show a job: how far it has come, and what it came to."""
    return _view(installation, number, official)


@router.get("/{number}/events", response_class=StreamingResponse)
async def follow_job(
    request: Request, installation: InstallationDep, official: Reader, number: JobNumber
) -> StreamingResponse:
    """Send the job whenever it has moved, as server-sent events, until it has ended or the service does."""
    first = await run_in_threadpool(_view, installation, number, official)
    events = job_events(first, lambda: _view(installation, number, official), request.app.state.is_ending)
    return StreamingResponse(events, media_type="text/event-stream")


@router.delete("/{number}", status_code=HTTPStatus.ACCEPTED)
def delete_job(installation: InstallationDep, official: Changer, number: JobNumber) -> JobView:
    """Cancel a job: at once where nobody has begun it, else at its next step."""
    with installation.aside() as work:
        find_job_to_change(work.session, number, official)
        return job_view(cancel_job(work.session, number, now=work.clock, by=official.login), official)


async def job_events(
    view: JobView,
    look: Callable[[], JobView],
    is_ending: Callable[[], bool],
    *,
    seconds_between: float = _SECONDS_BETWEEN_EVENTS,
) -> AsyncIterator[str]:
    """Give an event whenever a job has moved, and a line without meaning while it does not, until it has ended.

    Args:
        view: How it stands.
        look: Looks how it stands now; it may take a moment.
        is_ending: Whether the service is to end: it waits for whoever is being answered.
    """
    told, looks = "", 0
    while True:
        shown = view.model_dump_json()
        if shown != told:
            yield f"event: job\ndata: {shown}\n\n"
            told, looks = shown, 0
        elif looks % _LOOKS_IN_SILENCE == 0:
            yield ": nothing new\n\n"
        if view.ended_at is not None or is_ending():
            return
        await asyncio.sleep(seconds_between)
        looks += 1
        view = await run_in_threadpool(look)


def _view(installation: Installation, number: int, official: SignedIn) -> JobView:
    with installation.read() as work:
        return job_view(find_job(work.session, number, official), official)
