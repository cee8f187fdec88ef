"""Worker processes: killed, told to stop, left behind by who started them; their jobs are done all the same, once."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from sqlmodel import select

from app.data_folder import open_data_folder
from app.jobs.kinds import BRIEF
from app.jobs.work import do_next
from app.jobs.workers import workers
from audit.models import AuditRun
from audit.run_audit import AuditRequest
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind
from config.locks import writing
from config.settings import Settings
from config.work import Installation
from tests.app.jobs.waiting import wait_until
from tests.databases import on_both
from tests.installing import installed
from tests.no_persons_in_logs import LOG_LINE
from tests.town import Town

ROOT = Path(__file__).resolve().parents[3]
GREETING = "Waiting for jobs (Ctrl-C ends it)."
PROGRAM = [sys.executable, "-c", "from app.start import main; main()"]


@contextmanager
def running(settings: Settings, *words: str) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a command of the program until the block ends; what it logs is held to what logs may tell, as JSON lines."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("THIRTEEN_")}
    url = {} if settings.database_url is None else {"THIRTEEN_DATABASE_URL": settings.database_url}
    command = [*PROGRAM, "--data-dir", str(settings.data_dir), *words]
    with TemporaryFile() as log:
        with subprocess.Popen(command, cwd=ROOT, env=kept | url, stdin=subprocess.PIPE, stderr=log) as process:  # noqa: S603 - our own
            try:
                yield process
            finally:
                process.kill()
        log.seek(0)
        written = log.read().decode()
    sys.stderr.write(written)
    assert {line for line in written.splitlines() if not line.startswith(LOG_LINE)} <= {GREETING}


@pytest.fixture
def installation(logged_town: Town) -> Installation:
    """Give the town's installation, its folder known to its database as whoever opens it finds it."""
    installation = installed(logged_town.session, logged_town.settings)
    open_data_folder(logged_town.settings).dispose()
    return installation


def standing(installation: Installation, number: int) -> Job:
    with installation.read() as work:
        job = work.session.get(Job, number)
        assert job is not None
        work.session.expunge(job)
        return job


def is_publishing(installation: Installation, number: int) -> bool:
    return standing(installation, number).phase == "Auditing: publishing"


def runs(installation: Installation) -> int:
    with installation.read() as work:
        return len(work.session.exec(select(AuditRun)).all())


def ask(installation: Installation) -> int:
    return enqueue(installation, JobRequest(JobKind.AUDIT, AuditRequest(), "ann"))


@on_both
def test_a_job_whose_worker_is_killed_is_taken_again_and_done_once(installation: Installation) -> None:
    number = ask(installation)
    with writing(installation.engine, installation.settings), running(installation.settings, "work") as process:
        wait_until(lambda: is_publishing(installation, number))  # it has all but the lock of the record
        process.kill()
        process.wait()
    assert (standing(installation, number).state, runs(installation)) == ("running", 0)

    wait_until(lambda: do_next(installation, "another"))  # a server takes a moment to notice the death

    job = standing(installation, number)
    assert (job.state, job.attempts, runs(installation)) == ("done", 2, 1)
    assert "done again" in job.came_to.said[0]
    assert not do_next(installation, "another")


@on_both
def test_what_is_brief_is_done_while_a_long_job_waits(installation: Installation) -> None:
    long = ask(installation)
    mails = enqueue(installation, JobRequest(JobKind.MAILS, None, "ann"))

    while do_next(installation, "brief", kinds=BRIEF):
        pass

    assert [standing(installation, number).state for number in (long, mails)] == ["queued", "done"]


@pytest.mark.parametrize("how", ["told to stop", "left behind"])
def test_a_worker_that_ends_hands_back_its_job(installation: Installation, how: str) -> None:
    number = ask(installation)
    words = ("work", "--until-input-ends")
    with writing(installation.engine, installation.settings), running(installation.settings, *words) as process:
        wait_until(lambda: is_publishing(installation, number))
        if how == "told to stop":
            process.send_signal(signal.SIGTERM)
        else:
            assert process.stdin is not None
            process.stdin.close()

        assert process.wait(60) == 0

    job = standing(installation, number)
    assert (job.state, job.attempts, runs(installation)) == ("queued", 0, 0)


def test_a_worker_that_dies_is_started_anew_and_all_end_with_the_service(installation: Installation) -> None:
    with workers(1, installation.settings.data_dir) as (worker, brief):
        first = worker.process_id
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: worker.process_id != first)
        number = ask(installation)
        wait_until(lambda: standing(installation, number).has_ended)
        both = (worker.process_id, brief.process_id)

    assert standing(installation, number).state == "done"
    assert not any(map(is_alive, both))


def test_a_killed_service_leaves_no_worker_behind(installation: Installation) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    number = ask(installation)
    with running(installation.settings, "serve", "--port", port) as service:
        wait_until(lambda: answers(port))
        wait_until(lambda: standing(installation, number).has_ended)
        worker = int(standing(installation, number).worker.split()[1])
        assert is_alive(worker)
        service.kill()

    wait_until(lambda: not is_alive(worker))


def answers(port: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/ready") as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


def is_alive(process_id: int) -> bool:
    """Say whether a process runs; one that nobody has taken note of yet has ended all the same."""
    status = Path(f"/proc/{process_id}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()
