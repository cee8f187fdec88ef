"""Jobs as a worker does them: what they come to, how they tell of it, and that telling blocks nobody."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

import pytest

from app.jobs.beats import Beats, JobCancelled
from app.jobs.do_job import do_job
from app.jobs.kinds import KINDS
from audit.publish import newest_run
from audit.run_audit import AuditRequest
from config.bulk import open_bulk
from config.errors import Invalid
from config.jobs.cancel import cancel_job
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind, JobState, Outcome
from config.jobs.queue import taken_job
from config.progress import Silence
from config.work import Installation
from reports.report_request import ReportRequest
from tests.databases import on_both
from tests.installing import LATER, installed
from tests.town import Town
from tests.uploading import stage


def at(town: Town, now: datetime = LATER) -> Installation:
    return installed(town.session, town.settings, now)


@contextmanager
def begun(installation: Installation, kind: JobKind, arguments: object) -> Iterator[Job]:
    number = enqueue(installation, JobRequest(kind, arguments, "ann"))
    with taken_job(installation, "w1") as job:
        assert job is not None
        assert job.number == number
        yield job


def done(installation: Installation, kind: JobKind, arguments: object = None) -> Job:
    with begun(installation, kind, arguments) as job:
        do_job(installation, job)
    return standing(installation, job.number)


def standing(installation: Installation, number: int) -> Job:
    with installation.read() as work:
        job = work.session.get(Job, number)
        assert job is not None
        work.session.expunge(job)
        return job


def test_every_kind_is_in_the_table() -> None:
    assert list(KINDS) == list(JobKind)


def test_an_audit_is_run_in_the_name_of_who_asked(logged_town: Town) -> None:
    job = done(at(logged_town), JobKind.AUDIT, AuditRequest())

    assert job.state == "done"
    assert job.came_to.run == 1
    assert job.came_to.said[0].startswith("15 accesses decided")


def test_a_report_is_written_and_the_store_verified_and_cleared(town: Town) -> None:
    installation, out = at(town), town.folder / "findings.xlsx"
    report = done(installation, JobKind.REPORT, ReportRequest("findings", out, None, None, None, None))

    assert (report.came_to.file, out.is_file()) == (str(out), True)
    assert "as they were" in done(installation, JobKind.VERIFY).came_to.said[0]
    assert done(installation, JobKind.LEFTOVERS).state == "done"
    assert done(installation, JobKind.EXPIRY).came_to.said == ("No exception has ended.",)


def test_a_refused_job_fails_with_the_refusal_and_its_faults(quiet_town: Town) -> None:
    bad = quiet_town.write("bad.csv", "position_code,title,department\n,Clerk,Parks")
    installation = at(quiet_town)
    number = stage(installation, bad, kind="positions")
    with taken_job(installation, "w1") as taken:
        assert taken is not None
        do_job(installation, taken)
    job = standing(installation, number)

    assert job.state == "failed"
    assert "nothing was imported" in job.came_to.said[0]
    assert (len(job.came_to.details), job.came_to.advice) == (1, "SKIP_BAD_ROWS")


@on_both
def test_telling_of_progress_waits_for_nobody_and_nobody_for_it(logged_town: Town) -> None:
    """The use case tells its progress within its own writing transaction, and the record is then free at once."""
    installation = at(logged_town)
    with (
        begun(installation, JobKind.AUDIT, AuditRequest()) as job,
        Beats(installation, job, seconds_between=60) as beats,
    ):
        with installation.change() as work:
            work.session.get(Job, job.number)
            beats.step("Publishing", 0.5)
            beats.beat()  # SQLite is busy: it is left out; PostgreSQL takes it
        beats.beat()

        told = standing(installation, job.number)
        assert (told.phase, told.done, told.total) == ("Publishing", 50, 100)


@on_both
def test_a_job_beats_all_the_time_and_still_publishes(logged_town: Town) -> None:
    installation = at(logged_town)
    with begun(installation, JobKind.AUDIT, AuditRequest()) as job:
        state = do_job(installation, job, seconds_between=0)

    assert state is JobState.DONE
    assert standing(installation, job.number).came_to.run == 1


@on_both
def test_a_cancelled_job_stops_at_its_next_step_with_nothing_applied(logged_town: Town) -> None:
    installation, audit = at(logged_town), KINDS[JobKind.AUDIT]

    def cancelled_on_the_way(doing: Installation, request: AuditRequest) -> Outcome:
        cancel(installation, job.number)
        assert isinstance(doing.progress, Beats)
        doing.progress.beat()
        return audit.does(doing, request)

    kinds = {JobKind.AUDIT: replace(audit, does=cancelled_on_the_way)}
    with begun(installation, JobKind.AUDIT, AuditRequest()) as job:
        state = do_job(installation, job, kinds=kinds, seconds_between=60)

    assert (state, standing(installation, job.number).state) == (JobState.CANCELLED, "cancelled")
    with installation.read() as work:
        assert newest_run(work.session) == 0


def test_a_refusal_of_what_was_broken_off_is_no_failure_of_the_job(logged_town: Town) -> None:
    installation = at(logged_town)

    def broken_off(_: Installation, __: AuditRequest) -> Outcome:
        raise Invalid("The file ends in the middle.")

    kinds = {JobKind.AUDIT: replace(KINDS[JobKind.AUDIT], does=broken_off)}
    with begun(installation, JobKind.AUDIT, AuditRequest()) as job, pytest.raises(Invalid):
        do_job(installation, job, is_told_to_stop=lambda: True, kinds=kinds)

    assert standing(installation, job.number).state == "running"  # to be handed back


def test_a_long_query_is_broken_off_where_its_job_is_cancelled(logged_town: Town) -> None:
    installation = at(logged_town)
    with begun(installation, JobKind.VERIFY, None) as job, Beats(installation, job, seconds_between=0) as beats:
        with closing(open_bulk(installation.settings)) as connection:
            asked = Event()

            def cancel_soon() -> None:
                asked.wait()
                cancel(installation, job.number)

            canceller = Thread(target=cancel_soon)
            canceller.start()
            asked.set()
            with pytest.raises(Exception, match=r"(?i)interrupt"):
                connection.execute("SELECT sum(hash(a.range + b.range)) FROM range(1000000) a, range(1000000000) b")
            canceller.join()
        with pytest.raises(JobCancelled):
            beats.step("Further")


class MovesTheRecord(Silence):
    """Changes the record as an audit comes to its publishing."""

    def __init__(self, town: Town, title: str) -> None:
        self._town, self._title = town, title

    def step(self, what: str, share: float | None = None) -> None:
        """Change the record in time."""
        super().step(what, share)
        if what == "Auditing: publishing":
            self._town.enter("positions", f"position_code,title,department\nP9,{self._title},Parks", at=LATER)
            self._town.session.commit()


def overtaken(town: Town) -> Job:
    """Do the next audit while the record is changed."""
    installation, audit = at(town), KINDS[JobKind.AUDIT]
    with taken_job(installation, "w1") as job:
        assert job is not None
        moving = MovesTheRecord(town, f"Gardener {job.number}")

        def does(doing: Installation, request: AuditRequest) -> Outcome:
            return audit.does(replace(doing, progress=moving), request)

        do_job(installation, job, kinds={JobKind.AUDIT: replace(audit, does=does)})
        return standing(installation, job.number)


@on_both
def test_an_audit_that_was_overtaken_says_so_and_the_next_is_queued(logged_town: Town) -> None:
    installation = at(logged_town)
    first = enqueue(installation, JobRequest(JobKind.AUDIT, AuditRequest(), "ann"))

    job = overtaken(logged_town)

    assert (job.number, job.state, job.came_to.run) == (first, "failed", None)
    assert job.came_to.said[0] == "The record was changed while the audit ran; nothing was published."
    assert job.followed_by is not None
    assert f"job {job.followed_by}" in job.came_to.said[1]
    with taken_job(installation, "w2") as following:
        assert following is not None
        assert (following.number, following.asked_by) == (job.followed_by, "ann")
        do_job(installation, following)
    assert standing(installation, job.followed_by).came_to.run == 1


@on_both
def test_of_overtaken_audits_the_next_is_one_that_waits_already(logged_town: Town) -> None:
    first, second = (
        enqueue(at(logged_town), JobRequest(JobKind.AUDIT, AuditRequest(), login)) for login in ("ann", "bo")
    )

    job = overtaken(logged_town)

    assert (job.number, job.followed_by) == (first, second)


def test_audits_are_not_queued_without_end(logged_town: Town) -> None:
    enqueue(at(logged_town), JobRequest(JobKind.AUDIT, AuditRequest(), "ann"))

    in_a_row = [overtaken(logged_town) for _ in range(3)]

    assert [job.followed_by for job in in_a_row] == [in_a_row[1].number, in_a_row[2].number, None]
    assert "not tried again" in in_a_row[2].came_to.said[1]
    with taken_job(at(logged_town), "w") as job:
        assert job is None


def cancel(installation: Installation, number: int) -> None:
    with installation.aside() as work:
        cancel_job(work.session, number, now=work.now, by="bo")
