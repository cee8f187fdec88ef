"""A running job's row tells how far the job has come, and the job is told that it is to be cancelled.

The use case may hold the record's writing lock and transaction while it tells its progress. So the row is written by a
thread and a connection of its own, which takes no lock of the record and waits but a moment for the database: a beat
that comes at a bad time is left out, and nobody waits for one.
"""

from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlmodel import Session, col, select, update

from config.bulk import stop_bulk
from config.database import connect
from config.errors import Conflict
from config.jobs.models import Job, JobState
from config.sessions import side_transaction
from config.work import Installation

SECONDS_BETWEEN_BEATS = 1.0
_SECONDS_TO_WAIT = 0.05
_HUNDRED = 100


class JobCancelled(BaseException):
    """Somebody cancelled the job; not an Exception, as libraries answer those themselves."""


class Beats:
    """The progress of one job, told to its row until the block ends.

    Attributes:
        is_cancelled: Whether it was noticed that somebody asked to cancel it.
    """

    def __init__(self, installation: Installation, job: Job, *, seconds_between: float = SECONDS_BETWEEN_BEATS) -> None:
        self._installation, self._job, self._seconds = installation, job, seconds_between
        url = installation.settings.resolved_database_url()
        self._engine = connect(url, wait_seconds=_SECONDS_TO_WAIT)
        self._told: tuple[str, float | None] = ("", None)
        self._ended = Event()
        self._thread = Thread(target=self._keep_beating, name=f"beats of job {job.number}", daemon=True)
        self.is_cancelled = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        self._engine.dispose()

    def step(self, what: str, share: float | None = None) -> None:
        """Take note of a step; the next beat tells it.

        Raises:
            JobCancelled: Somebody asked to cancel the job.
        """
        self._told = (what, share)
        if self.is_cancelled:
            raise JobCancelled

    def end(self) -> None:
        """Keep what was told last; the job's end is told otherwise."""

    def _keep_beating(self) -> None:
        while not self._ended.wait(self._seconds):
            self.beat()
            if self.is_cancelled and not self._ended.is_set():
                stop_bulk()  # a query of DuckDB's knows no steps

    def beat(self) -> None:
        """Write how far the job has come, unless others have the database now; look whether it is to be cancelled."""
        with suppress(Conflict), side_transaction(self._engine) as session:
            self.is_cancelled = self._write(session) or self.is_cancelled

    def _write(self, session: Session) -> bool:
        what, share = self._told
        job = self._job
        mine = (col(Job.number) == job.number, col(Job.worker) == job.worker, col(Job.state) == JobState.RUNNING)
        session.execute(
            update(Job)
            .where(*mine)
            .values(
                phase=what,
                done=None if share is None else round(_HUNDRED * share),
                total=None if share is None else _HUNDRED,
                beat_at=self._installation.clock(),
            )
        )
        return bool(session.exec(select(col(Job.cancel_asked_by)).where(*mine)).first())
