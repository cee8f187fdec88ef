"""The queue as workers see it: a job is taken by one of them at a time, and ends, or goes back."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from sqlmodel import Session, col, or_, select

from config.jobs.follow import follow
from config.jobs.models import ENDED, Job, JobKind, JobState, Outcome, written
from config.locks import HeldByAnother, doing_job, left_job_locks, remove_job_lock
from config.sessions import reading
from config.work import Installation

MOST_DEATHS = 3
_RUNS_OR_WAITS = or_(Job.state == JobState.QUEUED, Job.state == JobState.RUNNING)


@contextmanager
def taken_job(
    installation: Installation, worker: str, kinds: Collection[JobKind] | None = None
) -> Iterator[Job | None]:
    """Take the oldest job that nobody does, and keep it from all others until the block ends.

    That is one that is queued, or whose worker died: its lock is free. A job whose workers died again and again fails.

    Args:
        worker: The name of the process that takes it.
        kinds: What it may be; None = anything.
    """
    for number in _candidates(installation, kinds):
        with ExitStack() as held:
            try:
                held.enter_context(doing_job(installation.engine, installation.settings, number))
            except HeldByAnother:
                continue
            job = _begin(installation, number, worker)
            if job is not None:
                yield job
        # only now: whoever came for the job meanwhile was refused at this very file and left none of its own
        _remove_ended(installation, [number])
        if job is not None:
            return
    yield None


def end_job(installation: Installation, job: Job, state: JobState, outcome: Outcome) -> None:
    """Note how a job ended, which the worker still holds, and queue the next where it was overtaken."""
    with installation.aside() as work:
        if (standing := _held(work.session, job)) is not None:
            if outcome.is_overtaken:
                outcome = follow(work.session, standing, outcome, now=work.clock)
            _end(standing, state, outcome, work.clock)


def give_back(installation: Installation, job: Job) -> None:
    """Put a job back into the queue whose worker is told to stop; the attempt does not count."""
    with installation.aside() as work:
        if (standing := _held(work.session, job)) is not None:
            standing.state, standing.attempts = JobState.QUEUED, standing.attempts - 1
            standing.phase, standing.done, standing.total = "", None, None


def remove_ended_locks(installation: Installation) -> None:
    """Remove the files of locks whose job has ended: its worker was killed before it came to that."""
    numbers = left_job_locks(installation.settings)
    if numbers:
        _remove_ended(installation, numbers)


def _remove_ended(installation: Installation, numbers: Sequence[int]) -> None:
    with reading(installation.engine) as session:
        ended = session.exec(select(Job.number).where(col(Job.number).in_(numbers), col(Job.state).in_(ENDED))).all()
    for number in ended:
        remove_job_lock(installation.settings, number)


def locked(session: Session, number: int) -> Job | None:
    """Give a job that nobody else changes until the transaction ends."""
    return session.get(Job, number, with_for_update=True)


def _candidates(installation: Installation, kinds: Collection[JobKind] | None) -> Sequence[int]:
    chosen = select(Job.number).where(_RUNS_OR_WAITS).order_by(col(Job.number))
    if kinds is not None:
        chosen = chosen.where(col(Job.kind).in_(kinds))
    with reading(installation.engine) as session:
        return session.exec(chosen).all()


def _begin(installation: Installation, number: int, worker: str) -> Job | None:
    """Begin a job whose lock is held; None where it has ended meanwhile, or is not to be done."""
    with installation.aside() as work:
        job = locked(work.session, number)
        if job is None:
            return None
        if not job.has_ended:
            _begin_or_end(job, worker, work.clock)
        work.session.flush()
        work.session.expunge(job)
    return None if job.has_ended else job


def _begin_or_end(job: Job, worker: str, now: datetime) -> None:
    if job.cancel_asked_by:
        _end(job, JobState.CANCELLED, Outcome(), now)
    elif job.attempts >= MOST_DEATHS:
        _end(job, JobState.FAILED, Outcome((_DIED,)), now)
    else:
        job.state, job.worker, job.attempts = JobState.RUNNING, worker, job.attempts + 1
        job.started_at = job.beat_at = now
        job.phase, job.done, job.total = "", None, None


_DIED = (
    f"The process that did it ended {MOST_DEATHS} times before it was done, as where memory is short. "
    "Nothing half-done was recorded. See what the service wrote to its terminal, and ask for it again."
)


def _end(job: Job, state: JobState, outcome: Outcome, now: datetime) -> None:
    job.state, job.outcome, job.ended_at = state, written(outcome), now


def _held(session: Session, job: Job) -> Job | None:
    """Give a job's row if its worker still has it."""
    standing = locked(session, job.number)
    mine = standing is not None and standing.state == JobState.RUNNING and standing.worker == job.worker
    return standing if mine else None
