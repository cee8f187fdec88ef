"""Ask for a job over JSON: sent twice with one key it is one job, and the answer says where it can be followed."""

from fastapi import Response

from app.jobs.views import JobView, job_view
from config.errors import Conflict
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job
from config.web.signed_in import SignedIn
from config.work import Installation


def ask_once(installation: Installation, request: JobRequest) -> int:
    """Ask for a job, and give its number; the same key gives the same job.

    Raises:
        Conflict: The key was used for another job.
    """
    number = enqueue(installation, request)
    with installation.read() as work:
        job = work.session.get_one(Job, number)
        if (job.kind, job.arguments) != (request.kind, request.written_arguments()):
            raise Conflict("This Idempotency-Key was used for something else; make a new one for each thing.")
    return number


def accepted(installation: Installation, official: SignedIn, number: int, response: Response) -> JobView:
    """Answer with a job that was asked for, and where it is."""
    response.headers["Location"] = f"/api/v1/jobs/{number}"
    with installation.read() as work:
        return job_view(work.session.get_one(Job, number), official)
