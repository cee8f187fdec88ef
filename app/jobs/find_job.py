"""Which jobs an official may look at and cancel, and whether they may read what one came to."""

from typing import Annotated

from fastapi import Path
from sqlmodel import Session

from app.jobs.kinds import KINDS
from config.errors import NotFound, NotPermitted
from config.jobs.models import Job, JobKind
from config.officials.permissions import Scope
from config.web.signed_in import SignedIn

# a job's number in an address; no database counts farther
JobNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


def whose_jobs(official: SignedIn) -> str | None:
    """Give the login whose jobs an official may read; None = everybody's."""
    return None if official.reach("read", "jobs") is Scope.ALL else official.login


def find_job(session: Session, number: int, official: SignedIn) -> Job:
    """Give a job that an official may read.

    Raises:
        NotFound: There is none of that number, or it is not one that they may know of.
    """
    job = session.get(Job, number)
    whose = whose_jobs(official)
    if job is None or (whose is not None and job.asked_by != whose):
        raise NotFound(f"There is no job {number}.")
    return job


def find_job_to_change(session: Session, number: int, official: SignedIn) -> Job:
    """Give a job that an official may cancel.

    Raises:
        NotFound: There is none of that number, or it is not one that they may know of.
        NotPermitted: They may read it, but it is somebody else's.
    """
    job = find_job(session, number, official)
    if not may_cancel(job, official):
        raise NotPermitted(f"Job {number} was asked for by {job.asked_by}; your role here may cancel only your own.")
    return job


def may_cancel(job: Job, official: SignedIn) -> bool:
    """Say whether an official may cancel a job."""
    reach = official.reach("change", "jobs")
    return reach is Scope.ALL or (reach is not None and job.asked_by == official.login)


def may_read_outcome(job: Job, official: SignedIn) -> bool:
    """Say whether an official may read what a job came to: who asked for it, and who may read what it is about."""
    return job.asked_by == official.login or official.may("read", KINDS[JobKind(job.kind)].about)
