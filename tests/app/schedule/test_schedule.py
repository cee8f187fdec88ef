"""The schedule asks for what is due: once, by one process, at the cadence that stands."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.newest_time import newest_time
from app.schedule.change_schedule import ScheduleChange, change_schedule, run_now
from app.schedule.entries import SCHEDULE, find_entry
from app.schedule.keep_schedule import Keeper, ask_for_what_is_due
from config.errors import NotFound
from config.jobs.models import Job, JobState, Outcome, ScheduleEntry
from config.jobs.queries import newest_jobs
from config.jobs.queue import end_job, taken_job
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from inventory.set_up_entity import EntityRequest, set_up_entity
from tests.app.service.serving import Clock
from tests.databases import on_both

MONDAY = datetime(2026, 6, 1, 15, tzinfo=UTC)  # 10:00 in Chicago
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def installation(engine: Engine, settings: Settings, clock: Clock) -> Installation:
    """Give a city whose schedule was looked at for the first time on Monday at ten."""
    installation = Installation(settings, engine, "test", entity_zone, newest_time, clock)
    with installation.change() as work:
        set_up_entity(work.session, EntityRequest("City of Oak"), now=work.now, by=work.by)
    assert ask_for_what_is_due(installation) == []
    return installation


def entry(installation: Installation, name: str) -> ScheduleEntry:
    with installation.read() as work:
        found = find_entry(work.session, name)
        work.session.expunge(found)
        return found


def change(installation: Installation, name: str, cadence: str, *, enabled: bool = True) -> None:
    with installation.aside() as work:
        change_schedule(work.session, ScheduleChange(name, cadence, enabled), zone=work.zone, now=work.now, by="ann")


def asked_for(installation: Installation) -> list[tuple[str, str]]:
    with installation.read() as work:
        jobs = newest_jobs(work.session, asked_by=None, before=None, limit=100)
        return sorted((job.scheduled_as, job.asked_by) for job in jobs)


def do_all(installation: Installation) -> None:
    while True:
        with taken_job(installation, "w") as job:
            if job is None:
                return
            end_job(installation, job, JobState.DONE, Outcome(("Done.",)))


@on_both
def test_each_entry_is_asked_for_when_its_time_comes_and_not_before(installation: Installation, clock: Clock) -> None:
    due = entry(installation, "nightly-audit").next_run_at
    assert due == datetime(2026, 6, 2, 8, 15, tzinfo=UTC)

    clock.now = due - timedelta(seconds=1)
    assert ("nightly-audit", "schedule") not in asked_for(installation)
    ask_for_what_is_due(installation)
    assert ("nightly-audit", "schedule") not in asked_for(installation)
    clock.now = due
    (number,) = ask_for_what_is_due(installation)

    assert ask_for_what_is_due(installation) == []
    stands = entry(installation, "nightly-audit")
    assert (stands.last_run_at, stands.last_job, stands.next_run_at) == (due, number, due + DAY)
    with installation.read() as work:
        job = work.session.get(Job, number)
        assert job is not None
        assert (job.kind, job.scheduled_as) == ("audit", "nightly-audit")


def test_what_was_missed_again_and_again_is_done_once(installation: Installation, clock: Clock) -> None:
    clock.pass_by(10 * DAY)

    ask_for_what_is_due(installation)
    ask_for_what_is_due(installation)

    # no folder is watched or meant for backups, nothing is removed by itself, and there is nobody to be told anything
    without_work = {"watched-folders", "retention", "backup", "notices", "mails"}
    assert asked_for(installation) == sorted((name, "schedule") for name in SCHEDULE if name not in without_work)


def test_an_entry_is_not_asked_for_again_while_its_last_job_waits(installation: Installation, clock: Clock) -> None:
    clock.pass_by(DAY)
    ask_for_what_is_due(installation)
    clock.pass_by(DAY)
    ask_for_what_is_due(installation)
    assert [name for name, _ in asked_for(installation)].count("nightly-audit") == 1

    do_all(installation)
    clock.pass_by(DAY)
    ask_for_what_is_due(installation)

    assert [name for name, _ in asked_for(installation)].count("nightly-audit") == 2


def test_a_change_counts_from_now_on(installation: Installation, clock: Clock) -> None:
    change(installation, "nightly-audit", "monday at 10:30")
    change(installation, "verify", "daily at 05:00", enabled=False)
    clock.pass_by(timedelta(minutes=30))

    ask_for_what_is_due(installation)
    clock.pass_by(DAY)
    ask_for_what_is_due(installation)

    assert [name for name, _ in asked_for(installation)] == ["expiry", "leftovers", "nightly-audit", "reminders"]
    assert entry(installation, "nightly-audit").changed_by == "ann"


def test_what_is_switched_on_again_does_not_make_up_for_what_it_missed(
    installation: Installation, clock: Clock
) -> None:
    change(installation, "verify", "daily at 05:00", enabled=False)
    clock.pass_by(3 * DAY)
    change(installation, "verify", "daily at 05:00")

    ask_for_what_is_due(installation)

    assert ("verify", "schedule") not in asked_for(installation)


def test_an_entry_is_run_now_in_the_name_of_who_asks_and_once_for_one_form(installation: Installation) -> None:
    with installation.aside() as work:
        first = run_now(work.session, "verify", key="k", now=work.now, by="ann")
        assert run_now(work.session, "verify", key="k", now=work.now, by="ann") == first
        with pytest.raises(NotFound, match="no entry"):
            run_now(work.session, "nothing", key="", now=work.now, by="ann")

    assert asked_for(installation) == [("verify", "ann")]
    assert entry(installation, "verify").last_job == first


@on_both
def test_one_process_keeps_the_schedule_until_it_ends(installation: Installation, clock: Clock) -> None:
    with Keeper(installation) as second:
        with Keeper(installation) as first:
            first.look()
            clock.pass_by(DAY)
            second.look()
            assert asked_for(installation) == []
            first.look()
            assert len(asked_for(installation)) == 4
        do_all(installation)
        clock.pass_by(DAY)
        second.look()

    assert len(asked_for(installation)) == 8


def test_watched_folders_are_asked_for_where_files_wait_alone(
    installation: Installation, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "watched" / "cad"
    folder.mkdir(parents=True)
    settings = installation.settings.model_copy(update={"watched_dir": folder.parent})
    watching = replace(installation, settings=settings)
    clock.pass_by(timedelta(minutes=10))
    assert ask_for_what_is_due(watching) == []

    (folder / "log.csv").touch()
    os.utime(folder / "log.csv", (0, 0))
    clock.pass_by(timedelta(minutes=10))
    assert len(ask_for_what_is_due(watching)) == 1
    assert ask_for_what_is_due(watching) == []
