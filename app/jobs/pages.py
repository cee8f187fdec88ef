"""The pages of jobs: all that one may know of, and one with how far it has come."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.jobs.find_job import JobNumber, find_job, find_job_to_change, whose_jobs
from app.jobs.views import JobRow, job_row
from config.jobs.cancel import cancel_job
from config.jobs.queries import count_jobs, newest_jobs
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/admin/jobs"
_ON_A_PAGE = 50
Reader = Annotated[SignedIn, official_who_may("read", "jobs")]
Changer = Annotated[SignedIn, official_who_may("change", "jobs")]


@dataclass(frozen=True)
class JobsPage:
    """Everything that jobs.html shows.

    Args:
        counts: How many jobs there are in each state.
        older: The number before which the next page begins; None where this is the last one.
    """

    jobs: list[JobRow]
    counts: dict[str, int]
    older: int | None
    zone: str


@dataclass(frozen=True)
class JobPage:
    """Everything that job.html and its part _job.html show."""

    job: JobRow
    zone: str


@router.get("/admin/jobs", response_class=HTMLResponse)
def show_jobs(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """List jobs, the newest first."""
    whose = whose_jobs(official)
    with installation.read() as work:
        found = newest_jobs(work.session, asked_by=whose, before=before, limit=_ON_A_PAGE + 1)
        rows = [job_row(job, official, work.zone) for job in found[:_ON_A_PAGE]]
        older = rows[-1].number if len(found) > _ON_A_PAGE else None
        page = JobsPage(rows, count_jobs(work.session, asked_by=whose), older, work.zone.key)
    return render(request, "app/jobs.html", page, title="Jobs", official=official, here=_HERE)


@router.get("/jobs/{number}", response_class=HTMLResponse)
def show_job(request: Request, installation: InstallationDep, official: Reader, number: JobNumber) -> HTMLResponse:
    """Show a job: how far it has come, and what it came to."""
    page = _page(installation, number, official)
    title = f"Job {number}: {page.job.what}"
    return render(request, "app/job.html", page, title=title, official=official, here=_HERE)


@router.get("/jobs/{number}/progress", response_class=HTMLResponse)
def show_progress(request: Request, installation: InstallationDep, official: Reader, number: JobNumber) -> HTMLResponse:
    """Give the part of the page that shows how far a job has come; when it has ended, let the page be loaded anew."""
    page = _page(installation, number, official)
    part = render(request, "app/_job.html", page, title="", official=official)
    if page.job.has_ended:
        part.headers["HX-Refresh"] = "true"
    return part


@router.post("/jobs/{number}/cancel")
def take_cancel(installation: InstallationDep, official: Changer, number: JobNumber) -> Response:
    """Cancel a job."""
    with installation.aside() as work:
        find_job_to_change(work.session, number, official)
        cancel_job(work.session, number, now=work.clock, by=official.login)
    return RedirectResponse(f"/jobs/{number}", HTTPStatus.SEE_OTHER)


def _page(installation: Installation, number: int, official: SignedIn) -> JobPage:
    with installation.read() as work:
        return JobPage(job_row(find_job(work.session, number, official), official, work.zone), work.zone.key)
