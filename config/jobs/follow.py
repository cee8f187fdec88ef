"""What a job read was changed before it could publish: it made nothing, and another job does it anew."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from config.jobs.models import Job, JobState, Outcome

MOST_IN_A_ROW = 3


def follow(session: Session, job: Job, outcome: Outcome, *, now: datetime) -> Outcome:
    """Queue the job that does an overtaken one anew, unless one that would do just that waits already; say which.

    Where several were overtaken in a row there is no next one, as the record is being changed all the time.
    """
    if _in_a_row(session, job.number) >= MOST_IN_A_ROW:
        return replace(outcome, said=(*outcome.said, _GIVEN_UP))
    job.followed_by = _waiting(session, job) or _queue(session, job, now)
    return replace(outcome, said=(*outcome.said, f"It is done anew as job {job.followed_by}, which is queued."))


_GIVEN_UP = (
    f"So it went {MOST_IN_A_ROW} times in a row, and it is not tried again by itself; "
    "ask for it again when less is being changed."
)


def _in_a_row(session: Session, number: int) -> int:
    """Count the jobs that were overtaken one after the other, up to and with this one."""
    count, before = 1, [number]
    while count < MOST_IN_A_ROW:
        before = list(session.exec(select(Job.number).where(col(Job.followed_by).in_(before))))
        if not before:
            break
        count += 1
    return count


def _waiting(session: Session, job: Job) -> int | None:
    same = (Job.kind == job.kind, Job.arguments == job.arguments)
    waits = (Job.state == JobState.QUEUED, Job.cancel_asked_by == "")
    return session.exec(select(Job.number).where(*same, *waits).order_by(col(Job.number)).limit(1)).first()


def _queue(session: Session, job: Job, now: datetime) -> int:
    following = Job(
        kind=job.kind,
        arguments=job.arguments,
        asked_by=job.asked_by,
        scheduled_as=job.scheduled_as,
        state=JobState.QUEUED,
        queued_at=now,
    )
    session.add(following)
    session.flush()
    return following.number
