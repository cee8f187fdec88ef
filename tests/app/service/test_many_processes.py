"""Two services and two workers, each a process of its own, on one PostgreSQL database; some of them are killed."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlmodel import col, select

from access.models import TemporaryDuty
from app.data_folder import open_data_folder
from app.notices.models import Mail, MailState
from app.schedule.entries import SCHEDULE
from audit.logs.models import LogImport
from audit.models import AuditRun
from audit.run_audit import AuditRequest
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind, ScheduleEntry
from config.locks import writing
from config.officials.models import OfficialSession
from config.officials.officials import give_address
from config.own_source import OWN_SOURCE
from config.settings import Settings
from config.work import Installation
from tests.app.jobs.waiting import wait_until
from tests.app.service.mail_server import PASSWORD, Postbox, mail_server
from tests.app.service.processes import Served, running, serving
from tests.app.service.serving import serve
from tests.databases import on_postgresql
from tests.town_stages import Stage, TownStages

_CLIENTS = 12
_OFFICIAL = "compliance_official"
_TERMINATED = 143  # as shells and systemd write that SIGTERM ended it
_DUE = ("nightly-audit", "expiry", "leftovers", "verify")  # what there is always something to do for
_SERIES, _DUTIES = "/api/v1/series/S1", "/api/v1/temporary-duties"
_NOT_SENT = {"code", "classes", "unreadable_classes", "citations", "unreadable_citations", "recorded_at", "recorded_by"}


@dataclass(frozen=True)
class City:
    """An installation of many processes, and the mail server that they all send to."""

    installation: Installation
    postbox: Postbox
    settings: Settings

    def jobs(self) -> list[Job]:
        """Give all jobs, the oldest first."""
        with self.installation.read() as work:
            found = list(work.session.exec(select(Job).order_by(col(Job.number))))
            work.session.expunge_all()
        return found

    def rows(self, model: type, *conditions: object) -> int:
        """Count the rows of a table."""
        with self.installation.read() as work:
            return len(work.session.exec(select(model).where(*conditions)).all())  # type: ignore[arg-type]


@pytest.fixture
def city(town_stages: TownStages, settings: Settings, engine: Engine, tmp_path: Path) -> Iterator[City]:
    """Give the town, its log not audited yet, with an official for each role, of whom one has an address."""
    town_stages.put(Stage.LOGGED, settings)
    open_data_folder(settings).dispose()
    installation = serve(engine, settings).installation
    with installation.change() as work:
        give_address(work.session, _OFFICIAL, "olive@city.example", now=work.now, by=_OFFICIAL)
    with mail_server(settings, tmp_path) as (postbox, reaching):
        yield City(installation, postbox, reaching.model_copy(update={"smtp_password": SecretStr(PASSWORD)}))


def _at_once(do: Callable[[int], httpx2.Response]) -> list[httpx2.Response]:
    ready = Barrier(_CLIENTS)

    def begin(number: int) -> httpx2.Response:
        ready.wait()
        return do(number)

    with ThreadPoolExecutor(_CLIENTS) as pool:
        return list(pool.map(begin, range(_CLIENTS)))


@on_postgresql
def test_two_services_are_one_to_those_who_ask(city: City) -> None:
    behind_proxy = city.settings.model_copy(update={"proxies": frozenset({"10.0.0.1"})})
    with serving(city.settings) as one, serving(behind_proxy) as other:
        who = one.sign_in(_OFFICIAL)
        _believe_no_address(city, one, other)
        _see_one_version(one, other, who)
        _make_things_once(city, one, other, who)
        _outlive_one(city, one, other, who)
        _end_amid_a_job(city, other, who)
    # what the killed one wrote down of who looked was the other's to take, at the latest when it ended
    assert list((city.settings.data_dir / "looks").glob("*")) == []
    assert city.rows(LogImport, col(LogImport.source) == OWN_SOURCE) > 0


def _believe_no_address(city: City, here: Served, elsewhere: Served) -> None:
    """Name an address of one's own: it is believed where the proxy may be on this machine, and not elsewhere."""
    for served in (here, elsewhere):
        served.sign_in("auditor", **{"X-Forwarded-For": "192.0.2.7"})
    with city.installation.read() as work:
        chosen = select(OfficialSession).where(OfficialSession.login == "auditor")
        begun = work.session.exec(chosen.order_by(col(OfficialSession.began_at)))
        assert [one.address for one in begun] == ["192.0.2.7", "127.0.0.1"]


def _see_one_version(one: Served, other: Served, who: dict[str, str]) -> None:
    """Change one version of a series at both; sign out at one of them."""
    with httpx2.Client(headers=who, timeout=60) as client:
        seen = client.get(one.address + _SERIES)
        known = {name: value for name, value in seen.json().items() if name not in _NOT_SENT}

        def change(number: int) -> httpx2.Response:
            body = known | {"purpose": f"As client {number} says"}
            address = (one, other)[number % 2].address + _SERIES
            return client.put(address, headers={"If-Match": seen.headers["etag"]}, json=body)

        answers = _at_once(change)
        assert Counter(answer.status_code for answer in answers) == {200: 1, 412: _CLIENTS - 1}
        said = {answer.json()["purpose"] for answer in answers if answer.is_success}
        assert {client.get(each.address + _SERIES).json()["purpose"] for each in (one, other)} == said

    gone = other.sign_in("hr")
    assert httpx2.get(f"{one.address}/me", headers=gone).status_code == 200
    httpx2.post(f"{one.address}/sign-out", headers=gone)
    assert httpx2.get(f"{other.address}/me", headers=gone).status_code == 303


def _make_things_once(city: City, one: Served, other: Served, who: dict[str, str]) -> None:
    """Send each form to both at the same moment."""
    with httpx2.Client(headers=who, timeout=60) as client:
        answers = _at_once(lambda number: _grant((one, other)[number % 2], client, "both", number // 2))
    assert {answer.status_code for answer in answers} == {201}
    assert set(Counter(answer.json()["id"] for answer in answers).values()) == {2}
    assert city.rows(TemporaryDuty, col(TemporaryDuty.reason).startswith("both")) == _CLIENTS // 2


def _outlive_one(city: City, one: Served, other: Served, who: dict[str, str]) -> None:
    """Kill one service amid requests: who is not answered asks the other for the same."""
    with httpx2.Client(headers=who, timeout=60) as client:
        client.get(one.address + _DUTIES, params={"employee_id": "E1"})

        def grant(number: int) -> httpx2.Response:
            if number == _CLIENTS // 2:
                one.process.kill()
            try:
                return _grant(one, client, "killed", number)
            except httpx2.TransportError:
                return _grant(other, client, "killed", number)

        answers = _at_once(grant)
    assert {answer.status_code for answer in answers} == {201}
    assert city.rows(TemporaryDuty, col(TemporaryDuty.reason).startswith("killed")) == _CLIENTS


def _end_amid_a_job(city: City, served: Served, who: dict[str, str]) -> None:
    """Tell a service to stop while somebody follows a job that nobody does."""
    job = enqueue(city.installation, JobRequest(JobKind.VERIFY, None, _OFFICIAL))
    following = httpx2.stream("GET", f"{served.address}/api/v1/jobs/{job}/events", headers=who, timeout=60)
    with following as answer:
        sent = answer.iter_lines()
        assert next(sent) == "event: job"
        served.process.terminate()
        assert [line for line in sent if line.startswith("event")] == []
    served.process.join()
    assert served.process.exitcode == _TERMINATED


def _grant(served: Served, client: httpx2.Client, reason: str, number: int) -> httpx2.Response:
    end = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    asked = {"employee_id": "E1", "series": "S1", "end": end, "reason": f"{reason} {number}"}
    return client.post(served.address + _DUTIES, headers={"Idempotency-Key": f"{reason} {number}"}, json=asked)


@on_postgresql
def test_two_workers_do_each_job_once_and_one_does_that_of_a_killed_one(city: City) -> None:
    with ExitStack() as started:
        processes = [started.enter_context(running(city.settings, "work")) for _ in range(2)]
        with writing(city.installation.engine, city.settings):
            audits = [_ask(city, JobKind.AUDIT, AuditRequest()) for _ in range(2)]
            wait_until(lambda: [job.phase for job in city.jobs()] == ["Auditing: publishing"] * 2)
            killed = int(city.jobs()[0].worker.split()[1])
            (process,) = (one for one in processes if one.pid == killed)
            process.kill()
            process.join()
        wait_until(lambda: all(job.has_ended for job in city.jobs()))
    first, second = city.jobs()

    assert [first.number, second.number] == audits
    assert [(job.state, job.attempts) for job in (first, second)] == [("done", 2), ("done", 1)]
    assert first.worker == second.worker
    assert city.rows(AuditRun) == 1 + len({job.came_to.run for job in (first, second)} - {1})


@on_postgresql
def test_every_job_is_done_once_and_every_mail_sent_once_by_whichever_worker(city: City) -> None:
    with city.installation.aside() as work:
        work.session.add_all(_mail(number, work.clock) for number in range(6))
    for _ in range(2):
        _ask(city, JobKind.MAILS)
        _ask(city, JobKind.EXPIRY)
        _ask(city, JobKind.MAILS)
    with running(city.settings, "work"), running(city.settings, "work"):
        wait_until(lambda: all(job.has_ended for job in city.jobs()))

    assert {(job.state, job.attempts) for job in city.jobs()} == {("done", 1)}
    assert sorted(mail["Subject"] for mail in city.postbox.taken) == [f"Mail {number}" for number in range(6)]


@on_postgresql
def test_one_of_two_services_keeps_the_schedule_and_the_other_takes_over(city: City) -> None:
    each_once = Counter(_DUE)
    _let_some_be_due(city, days=3)
    with serving(city.settings) as one, serving(city.settings) as other:
        wait_until(lambda: len(_scheduled(city)) >= len(each_once))
        assert Counter(_scheduled(city)) == each_once
        with running(city.settings, "work", "--until-none-waits") as worker:
            worker.join()

        _keeper(city, one, other).process.kill()
        _let_some_be_due(city, days=2)
        wait_until(lambda: len(_scheduled(city)) >= 2 * len(each_once))
        assert Counter(_scheduled(city)) == each_once + each_once


def _ask(city: City, kind: JobKind, arguments: object = None) -> int:
    return enqueue(city.installation, JobRequest(kind, arguments, "ann"))


def _mail(number: int, now: datetime) -> Mail:
    return Mail(
        recipient=_OFFICIAL,
        subject=f"Mail {number}",
        body="Sign in to read more.",
        message_id=f"<{number}@city.example>",
        state=MailState.WAITING,
        made_at=now,
        next_try_at=now,
    )


def _let_some_be_due(city: City, *, days: int) -> None:
    with city.installation.aside() as work:
        for name in _DUE:
            entry = work.session.get(ScheduleEntry, name) or ScheduleEntry(name=name, cadence=SCHEDULE[name].cadence)
            entry.next_run_at = work.clock - timedelta(days=days)
            work.session.add(entry)


def _scheduled(city: City) -> list[str]:
    return [job.scheduled_as for job in city.jobs() if job.scheduled_as]


def _keeper(city: City, *services: Served) -> Served:
    holder = (city.settings.data_dir / "lock-schedule").read_text()
    (found,) = (one for one in services if f"process {one.process.pid}," in holder)
    return found
