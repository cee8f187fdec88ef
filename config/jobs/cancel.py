"""Cancel a job: at once where nobody has begun it, else at its next step; nothing of it is half-applied."""

from datetime import datetime

from sqlmodel import Session

from config.errors import Conflict, NotFound
from config.jobs.models import Job, JobState, Outcome, written
from config.jobs.queue import locked


def cancel_job(session: Session, number: int, *, now: datetime, by: str) -> Job:
    """Let a job not be done; one that is cancelled already stays so.

    Raises:
        NotFound: There is no such job.
        Conflict: It has ended.
    """
    job = locked(session, number)
    if job is None:
        raise NotFound(f"There is no job {number}.")
    if job.state in {JobState.DONE, JobState.FAILED}:
        raise Conflict(f"Job {number} has ended already; there is nothing to cancel.")
    if job.state != JobState.CANCELLED:
        job.cancel_asked_by = by
    if job.state == JobState.QUEUED:
        job.state, job.ended_at, job.outcome = JobState.CANCELLED, now, written(Outcome())
    session.flush()
    return job
