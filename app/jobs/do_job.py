"""Do one job that a worker has taken, and note how it ended."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import duckdb

from app.jobs.beats import SECONDS_BETWEEN_BEATS, Beats, JobCancelled
from app.jobs.kinds import KINDS, Kind
from config.errors import Invalid, Refusal
from config.jobs.models import Job, JobKind, JobState, Outcome
from config.jobs.queue import end_job
from config.request_at_hand import answering
from config.service_log import log_event
from config.work import Installation

# A person at a terminal wants to hear soon that somebody else is at it; a job has time to wait for its turn.
_SECONDS_TO_WAIT = 6 * 3600.0
_REPEATED = (
    "The process that did this job ended before it was done, and it was done again: where the first time had come far "
    "enough, this receipt says that nothing was left to do."
)


def do_job(
    installation: Installation,
    job: Job,
    *,
    is_told_to_stop: Callable[[], bool] = lambda: False,
    kinds: Mapping[JobKind, Kind] = KINDS,
    seconds_between: float = SECONDS_BETWEEN_BEATS,
) -> JobState:
    """Do a job in the name of who asked for it; whatever is no refusal is a fault of the program, and raised.

    Args:
        is_told_to_stop: Whether the worker is to end; what the job is broken off with is raised then.
        kinds: What each kind does.
        seconds_between: How often its row is told how far it has come.
    """
    began = installation.clock()
    patient = installation.settings.model_copy(update={"lock_wait_seconds": _SECONDS_TO_WAIT})
    with answering(job.request_id), Beats(installation, job, seconds_between=seconds_between) as beats:
        told = list[str]()
        doing = replace(installation, settings=patient, by=job.asked_by, progress=beats, changes=[], tell=told.append)
        state, outcome = _done(kinds[JobKind(job.kind)], doing, job, beats, is_told_to_stop)
    end_job(installation, job, state, replace(outcome, said=(*told, *outcome.said)))
    seconds = round((installation.clock() - began).total_seconds(), 1)
    log_event("job ended", job=job.number, kind=job.kind, state=state, seconds=seconds, request_id=job.request_id)
    return state


def _done(
    kind: Kind, installation: Installation, job: Job, beats: Beats, is_told_to_stop: Callable[[], bool]
) -> tuple[JobState, Outcome]:
    try:
        outcome = kind.do(installation, job.arguments)
    except (JobCancelled, duckdb.InterruptException):
        if not beats.is_cancelled:
            raise
        return JobState.CANCELLED, Outcome()
    except Refusal as refusal:  # a step that was broken off may look like a fault of what it read
        if is_told_to_stop():
            raise
        if beats.is_cancelled:
            return JobState.CANCELLED, Outcome()
        return JobState.FAILED, _refused(refusal)
    if outcome.is_overtaken:
        return JobState.FAILED, outcome
    repeated = (_REPEATED,) if job.attempts > 1 else ()
    return JobState.DONE, replace(outcome, said=(*repeated, *outcome.said))


def _refused(refusal: Refusal) -> Outcome:
    details = refusal.details if isinstance(refusal, Invalid) else ()
    remedy = refusal.remedy
    advice, about = (remedy.advice.name, remedy.about) if remedy else ("", "")
    return Outcome((str(refusal),), details, advice, about)
