"""A job is asked for once, taken by one worker, ends once, and outlives its worker."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlmodel import Session

from config.errors import Conflict, NotFound
from config.jobs.cancel import cancel_job
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind, JobState, Outcome
from config.jobs.queue import MOST_DEATHS, end_job, give_back, taken_job
from config.locks import HeldByAnother, doing_job, left_job_locks, writing
from config.settings import Settings
from config.work import Installation
from tests.databases import on_both
from tests.installing import LATER, installed


@pytest.fixture
def installation(session: Session, settings: Settings) -> Installation:
    return installed(session, settings)


def ask(installation: Installation, key: str = "", by: str = "ann") -> int:
    return enqueue(installation, JobRequest(JobKind.VERIFY, None, by, key))


def job_of(installation: Installation, number: int) -> Job:
    with installation.read() as work:
        job = work.session.get(Job, number)
        assert job is not None
        work.session.expunge(job)
        return job


def cancel(installation: Installation, number: int) -> None:
    with installation.aside() as work:
        cancel_job(work.session, number, now=work.now, by="bo")


def at_once(*steps: Callable[[], None]) -> None:
    """Let some steps begin together, each in a thread of its own."""
    ready = Barrier(len(steps))

    def run(step: Callable[[], None]) -> None:
        ready.wait()
        step()

    threads = [Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@on_both
def test_who_asks_again_with_the_same_key_gets_the_same_job(installation: Installation) -> None:
    first = ask(installation, "k")

    assert ask(installation, "k") == first
    assert len({first, ask(installation, "other"), ask(installation, "k", by="bo"), ask(installation)}) == 4


@on_both
def test_a_double_submit_at_the_same_moment_is_one_job(installation: Installation) -> None:
    given: list[int] = []

    at_once(*[lambda: given.append(ask(installation, "k"))] * 4)

    assert len(given) == 4
    assert len(set(given)) == 1


@on_both
def test_a_job_is_asked_for_while_somebody_has_the_lock_of_the_record(installation: Installation) -> None:
    with writing(installation.engine, installation.settings):
        assert ask(installation) > 0


@on_both
def test_the_oldest_job_is_taken_first_and_by_one_worker(installation: Installation) -> None:
    first, second = ask(installation), ask(installation)

    with taken_job(installation, "w1") as one, taken_job(installation, "w2") as another:
        with taken_job(installation, "w3") as none:
            assert none is None
        assert one is not None
        assert another is not None
        assert (one.number, another.number) == (first, second)


@on_both
def test_two_workers_at_the_same_moment_never_have_one_job(installation: Installation) -> None:
    numbers = {ask(installation) for _ in range(6)}
    done: list[int] = []

    def do_all(worker: str) -> None:
        while True:
            with taken_job(installation, worker) as job:
                if job is None:
                    return
                done.append(job.number)
                end_job(installation, job, JobState.DONE, Outcome(("Done.",)))

    at_once(*[lambda name=name: do_all(name) for name in ("w1", "w2", "w3")])

    assert sorted(done) == sorted(numbers)
    assert left_job_locks(installation.settings) == []


@on_both
def test_who_comes_for_a_job_that_is_just_ending_leaves_no_lock_behind(installation: Installation) -> None:
    number = ask(installation)

    with taken_job(installation, "w1") as job:
        assert job is not None
        end_job(installation, job, JobState.DONE, Outcome(("Done.",)))
        with pytest.raises(HeldByAnother), doing_job(installation.engine, installation.settings, number):
            pytest.fail("Two workers have one job.")

    assert left_job_locks(installation.settings) == []


@on_both
def test_a_job_that_has_ended_tells_what_it_came_to(installation: Installation) -> None:
    number = ask(installation)

    with taken_job(installation, "w1") as job:
        assert job is not None
        end_job(installation, job, JobState.DONE, Outcome(("Done.",), run=7))

    ended = job_of(installation, number)
    assert (ended.state, ended.ended_at, ended.came_to) == ("done", LATER, Outcome(("Done.",), run=7))
    with taken_job(installation, "w1") as again:
        assert again is None


@on_both
def test_a_job_whose_worker_died_is_taken_again_and_fails_in_the_end(installation: Installation) -> None:
    number = ask(installation)
    for death in range(1, MOST_DEATHS + 1):
        with taken_job(installation, f"w{death}") as job:
            assert job is not None
            assert (job.number, job.attempts) == (number, death)

    with taken_job(installation, "w9") as job:
        assert job is None

    failed = job_of(installation, number)
    assert failed.state == "failed"
    assert "ended 3 times before it was done" in failed.came_to.said[0]


def test_a_job_that_is_handed_back_counts_no_death(installation: Installation) -> None:
    number = ask(installation)
    for _ in range(MOST_DEATHS + 1):
        with taken_job(installation, "w1") as job:
            assert job is not None
            give_back(installation, job)

    assert (job_of(installation, number).state, job_of(installation, number).attempts) == ("queued", 0)


def test_who_lost_a_job_cannot_end_it(installation: Installation) -> None:
    number = ask(installation)
    with taken_job(installation, "w1") as lost:
        assert lost is not None
    with taken_job(installation, "w2"):
        end_job(installation, lost, JobState.DONE, Outcome(("Stale.",)))
        give_back(installation, lost)

        assert (job_of(installation, number).state, job_of(installation, number).worker) == ("running", "w2")


@on_both
def test_a_queued_job_is_cancelled_at_once_and_never_begun(installation: Installation) -> None:
    number = ask(installation)

    cancel(installation, number)
    cancel(installation, number)

    cancelled = job_of(installation, number)
    assert (cancelled.state, cancelled.cancel_asked_by) == ("cancelled", "bo")
    with taken_job(installation, "w1") as job:
        assert job is None


def test_a_job_whose_worker_died_is_not_begun_again_where_it_is_to_be_cancelled(installation: Installation) -> None:
    number = ask(installation)
    with taken_job(installation, "w1"):
        cancel(installation, number)
        assert job_of(installation, number).state == "running"

    with taken_job(installation, "w2") as job:
        assert job is None
    assert job_of(installation, number).state == "cancelled"


def test_what_has_ended_or_is_not_there_cannot_be_cancelled(installation: Installation) -> None:
    number = ask(installation)
    with taken_job(installation, "w1") as job:
        assert job is not None
        end_job(installation, job, JobState.FAILED, Outcome())

    with pytest.raises(Conflict, match="has ended already"):
        cancel(installation, number)
    with pytest.raises(NotFound, match="no job 99"):
        cancel(installation, 99)


def test_a_lock_that_another_holds_keeps_the_job_from_all(installation: Installation) -> None:
    number = ask(installation)

    with doing_job(installation.engine, installation.settings, number), taken_job(installation, "w1") as job:
        assert job is None
