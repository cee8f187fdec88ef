"""Who follows a job is told of each move, hears from the service in silence, and is let go when it ends."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain, repeat

from app.jobs.api import job_events
from app.jobs.views import JobView, job_view
from config.jobs.models import Job, JobState
from config.web.signed_in import SignedIn

_ASKED = datetime(2026, 6, 1, 15, tzinfo=UTC)


def view(state: JobState) -> JobView:
    ended = _ASKED if state is JobState.DONE else None
    job = Job(number=1, kind="verify", arguments="null", asked_by="ann", state=state, queued_at=_ASKED, ended_at=ended)
    return job_view(job, SignedIn("ann", "Ann", ("administrator",), ""))


def told(later: Iterator[JobView], is_ending: Callable[[], bool] = lambda: False) -> list[str]:
    async def all_of_it() -> list[str]:
        events = job_events(view(JobState.QUEUED), lambda: next(later), is_ending, seconds_between=0)
        return [event.partition("\n")[0] for event in [one async for one in events]]

    return asyncio.run(all_of_it())


def test_a_move_is_told_once_and_silence_is_broken_before_a_proxy_gives_up() -> None:
    looks = chain(repeat(view(JobState.QUEUED), 31), [view(JobState.DONE)])

    assert told(looks) == ["event: job", ": nothing new", ": nothing new", "event: job"]


def test_who_follows_a_job_keeps_no_service_from_ending() -> None:
    ending = iter([False, False, True])

    assert told(repeat(view(JobState.QUEUED)), lambda: next(ending)) == ["event: job"]
