"""Looks up anew, as soon as something has changed, what the next request would else have to wait for."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from fastapi import FastAPI
from sqlmodel import col, func, select

from audit.kept import Kept
from audit.models import AuditRun, FindingFigures
from config.database_state import DatabaseState
from config.errors import Refusal
from config.work import Installation, Work

_SECONDS_BETWEEN_LOOKS = 0.5


@contextmanager
def kept_warm(app: FastAPI, installation: Installation) -> Iterator[None]:
    """Keep at hand what the requests of a service share, until the block ends.

    Nobody is answered by what was looked up too early: each request asks by the state that it reads itself.
    """
    over, state = Event(), DatabaseState(installation.engine)
    look = Warming(state.now, lambda seen: _look_up(app, installation, seen)).look
    thread = Thread(target=_repeat, args=(look, over), name="warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Warming:
    """Looks up what a state of the database says, once that has stood from one look to the next.

    While one change follows another, nothing is looked up for nobody.

    Args:
        state: Gives what equals an earlier answer only where nothing was committed in between.
        look_up: Looks up what stands, for a state that was asked for before.
    """

    def __init__(self, state: Callable[[], Hashable], look_up: Callable[[Hashable], None]) -> None:
        self._state, self._look_up = state, look_up
        self._seen: Hashable = None
        self._warm: Hashable = None

    def look(self) -> None:
        """Look once."""
        before, self._seen = self._seen, self._state()
        if self._seen == before and self._seen != self._warm:
            self._look_up(self._seen)
            self._warm = self._seen


def _repeat(look: Callable[[], None], over: Event) -> None:
    while not over.wait(_SECONDS_BETWEEN_LOOKS):
        look()


def _look_up(app: FastAPI, installation: Installation, state: Hashable) -> None:
    try:
        app.state.ready.make(installation, state)
        with installation.read() as work:
            _look_up_logs(work, app.state.kept)
            app.state.kept.counts.of(work)
            app.state.kept.counts.by_grants(work)
            app.state.kept.lists.people(work.session, work.now)
    except Refusal:
        return  # there is no entity yet, or the database is not to be had: whoever asks is told


def _look_up_logs(work: Work, kept: Kept) -> None:
    """Open the logs, and have at hand what the audit knew on which most findings rest: they are shown by that."""
    kept.logs.of(work)
    audit = work.session.exec(_MOST_FINDINGS).first()
    if audit is not None and not kept.policy.has_past:  # later it is that of the findings that are looked at
        kept.policy.known_at(work, audit.known_at)
        kept.logs.of(work, at=audit.logs_known_at)


_MOST_FINDINGS = (
    select(AuditRun)
    .join(FindingFigures, col(FindingFigures.run_id) == col(AuditRun.id))
    .where(col(FindingFigures.until_run).is_(None))
    .group_by(col(AuditRun.id))
    .order_by(func.count().desc(), col(AuditRun.id).desc())
    .limit(1)
)
