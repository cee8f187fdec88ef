"""Questions about jobs and their schedule."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, func, select

from config.jobs.models import Job, JobState, ScheduleEntry


def newest_jobs(session: Session, *, asked_by: str | None, before: int | None, limit: int) -> Sequence[Job]:
    """Give jobs, the newest first.

    Args:
        asked_by: Only those of this official; None = of all.
        before: Only those asked for before the job of this number; None = from the newest on.
    """
    chosen = select(Job) if asked_by is None else select(Job).where(Job.asked_by == asked_by)
    if before is not None:
        chosen = chosen.where(col(Job.number) < before)
    return session.exec(chosen.order_by(col(Job.number).desc()).limit(limit)).all()


def count_jobs(session: Session, *, asked_by: str | None) -> dict[str, int]:
    """Count jobs by their state, in the states' order; those that no job is in are left out."""
    chosen = select(Job.state, func.count()).group_by(Job.state)
    if asked_by is not None:
        chosen = chosen.where(Job.asked_by == asked_by)
    counted = dict(session.exec(chosen).all())
    return {state: counted[state] for state in JobState if state in counted}


def schedule_entries(session: Session) -> Sequence[ScheduleEntry]:
    """Give the entries of the schedule by their names."""
    return session.exec(select(ScheduleEntry).order_by(col(ScheduleEntry.name))).all()


def jobs_by_number(session: Session, numbers: Iterable[int]) -> dict[int, Job]:
    """Give some jobs by their numbers."""
    return {job.number: job for job in session.exec(select(Job).where(col(Job.number).in_(list(numbers))))}
