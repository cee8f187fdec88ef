"""Keeps the schedule: one process of an installation asks for each entry's job when it is due.

What is due stands in the record, not in this process: what was missed while nobody kept the schedule is done once.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Self

from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from app.schedule.cadence import read_cadence
from app.schedule.entries import SCHEDULE, standing_entries
from config.errors import Refusal
from config.jobs.enqueue import JobRequest, enter_job
from config.jobs.models import Job, ScheduleEntry
from config.locks import HeldByAnother, scheduling
from config.service_log import log_event
from config.work import Installation

BY_ITSELF = "schedule"  # who asks for its jobs
_SECONDS_BETWEEN_LOOKS = 10


@contextmanager
def schedule_kept(installation: Installation) -> Iterator[None]:
    """Keep the schedule until the block ends, or stand by while another process keeps it."""
    scheduler = BackgroundScheduler(timezone=UTC)
    with Keeper(installation) as keeper:
        scheduler.add_job(
            keeper.look,
            "interval",
            seconds=_SECONDS_BETWEEN_LOOKS,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown()


class Keeper:
    """Who keeps the schedule, once nobody else does."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = ExitStack()
        self._keeps = False
        self._said = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def look(self) -> None:
        """Ask for what is due, if this process keeps the schedule or nobody does."""
        try:
            if not self._keeps:
                self._lock.enter_context(scheduling(self._installation.engine, self._installation.settings))
                self._keeps = True
            ask_for_what_is_due(self._installation)
            self._said = ""
        except HeldByAnother:
            pass
        except Refusal as refusal:
            self._say_once(refusal)

    def _say_once(self, refusal: Refusal) -> None:
        if str(refusal) != self._said:
            log_event("the schedule could not be looked at", level=logging.WARNING, fault=refusal)
        self._said = str(refusal)


def ask_for_what_is_due(installation: Installation) -> list[int]:
    """Ask for the job of each entry whose time has come, once however often it was missed; give the jobs' numbers.

    An entry whose last job has not ended yet, or that has nothing to do, waits for its next time.
    """
    with installation.read() as work:
        due = [entry.name for entry in standing_entries(work.session) if _is_due(entry, work.clock)]
    if not due:
        return []
    # asked before anything is written, as it may take a moment
    wanted = {name for name in due if SCHEDULE[name].has_work(installation)}
    asked = list[int]()
    with installation.aside() as work:
        for entry in standing_entries(work.session):
            if not _is_due(entry, work.clock):
                continue
            is_wanted = entry.name in wanted and not _is_under_way(work.session, entry)
            if entry.next_run_at is not None and is_wanted:
                entry.last_job = _ask(work.session, entry, work.clock)
                entry.last_run_at = work.clock
                asked.append(entry.last_job)
            entry.next_run_at = read_cadence(entry.cadence).next_after(work.clock, work.zone)
            work.session.add(entry)
    return asked


def _is_due(entry: ScheduleEntry, now: datetime) -> bool:
    return entry.enabled and (entry.next_run_at is None or entry.next_run_at <= now)


def _is_under_way(session: Session, entry: ScheduleEntry) -> bool:
    last = session.get(Job, entry.last_job) if entry.last_job is not None else None
    return last is not None and not last.has_ended


def _ask(session: Session, entry: ScheduleEntry, now: datetime) -> int:
    scheduled = SCHEDULE[entry.name]
    key = f"{entry.name} {entry.next_run_at}"
    request = JobRequest(scheduled.kind, scheduled.arguments, BY_ITSELF, key, scheduled_as=entry.name)
    return enter_job(session, request, now=now)
