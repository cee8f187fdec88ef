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
from audit.logs.import_log import LogsRequest
from audit.publish import newest_run
from audit.run_audit import AuditRequest
from config.bulk import open_bulk
from config.errors import Invalid
from config.jobs.cancel import cancel_job
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind, JobState, Outcome
from config.jobs.queue import taken_job
from config.progress import Silence
from config.tables.import_file import ImportRequest
from config.work import Installation
from reports.produce_report import ReportRequest
from tests.databases import on_both
from tests.installing import LATER, installed
from tests.town import FILES, Town


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


def test_tables_and_logs_are_imported(quiet_town: Town) -> None:
    installation = at(quiet_town)
    quiet_town.log("time,account,resource,action", name="empty.csv")  # sets the source up
    table = done(installation, JobKind.TABLE_IMPORT, ImportRequest("positions", FILES / "positions.csv", {}))
    logs = done(installation, JobKind.LOG_IMPORT, LogsRequest((FILES / "cad.csv",), "cad"))

    assert table.came_to.said[-1].startswith("positions.csv: 4 rows read: 0 added")
    assert "15 added" in logs.came_to.said[-1]


def test_a_report_is_written_and_the_store_verified_and_cleared(town: Town) -> None:
    installation, out = at(town), town.folder / "findings.xlsx"
    report = done(installation, JobKind.REPORT, ReportRequest("findings", out, None, None, None, None))

    assert (report.came_to.file, out.is_file()) == (str(out), True)
    assert "as they were" in done(installation, JobKind.VERIFY).came_to.said[0]
    assert done(installation, JobKind.LEFTOVERS).state == "done"
    assert done(installation, JobKind.EXPIRY).came_to.said == ("No exception has ended.",)


def test_a_refused_job_fails_with_the_refusal_and_its_faults(quiet_town: Town) -> None:
    bad = quiet_town.write("bad.csv", "position_code,title,department\n,Clerk,Parks")

    job = done(at(quiet_town), JobKind.TABLE_IMPORT, ImportRequest("positions", bad, {}))

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


def test_an_audit_is_run_again_where_the_record_moved_under_it(logged_town: Town) -> None:
    installation = at(logged_town)
    audit = KINDS[JobKind.AUDIT]

    class MovesOnce(Silence):
        """Changes the record as the audit comes to its publishing, the first time."""

        times = 0

        def step(self, what: str, share: float | None = None) -> None:
            super().step(what, share)
            if what == "Auditing: publishing" and not self.times:
                self.times += 1
                logged_town.enter("positions", "position_code,title,department\nP9,Gardener,Parks", at=LATER)
                logged_town.session.commit()

    outcome = audit.does(replace(installation, progress=MovesOnce()), AuditRequest())

    assert outcome.run == 1
    assert outcome.said[0].startswith("15 accesses decided")


def cancel(installation: Installation, number: int) -> None:
    with installation.aside() as work:
        cancel_job(work.session, number, now=work.now, by="bo")
