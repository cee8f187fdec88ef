"""The policy and the decisions that the requests of one service share, and what decides in the state that stands."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool

from audit.kept import Kept
from audit.kept_unmapped import KeptUnmapped
from audit.live_decisions import KnownNames, LiveDecisions
from config.web.signed_in import Recognised
from config.work import Installation, Work


@dataclass(frozen=True)
class Ready:
    """All that decides an access in one state of the record.

    Args:
        newest: The newest time recorded, or that of the look-up where nothing is recorded later.
    """

    names: KnownNames
    zone: ZoneInfo
    newest: datetime


class ReadyDecisions:
    """Keeps what decides, for as long as nothing at all is committed to the database."""

    def __init__(self, decisions: LiveDecisions) -> None:
        self._decisions, self._lock = decisions, Lock()
        self._kept: tuple[Hashable, Ready] | None = None

    def of(self, state: Hashable) -> Ready | None:
        """Give what decides in a state of the database, if it is at hand."""
        kept = self._kept
        return kept[1] if kept is not None and kept[0] == state else None

    def make(self, installation: Installation, state: Hashable) -> Ready:
        """Look up what decides by now, and keep it for a state that was asked for before."""
        with self._lock:  # one looks it up for all who wait
            ready = self.of(state)
            if ready is None:
                with installation.read() as work:
                    ready = ready_by(work, self._decisions)
                self._kept = (state, ready)
        return ready


def ready_by(work: Work, decisions: LiveDecisions) -> Ready:
    """Give what decides by the state of the record that is being read."""
    return Ready(decisions.known(work), work.zone, work.now)


def share_policy(app: FastAPI) -> None:
    """Give a service what all its requests ask."""
    app.state.kept = Kept()
    app.state.policy = app.state.kept.policy
    app.state.unmapped = KeptUnmapped(app.state.kept)
    app.state.decisions = LiveDecisions(app.state.policy)
    app.state.ready = ReadyDecisions(app.state.decisions)


async def _decisions(request: Request) -> LiveDecisions:
    decisions: LiveDecisions = request.app.state.decisions
    return decisions


async def ready_for(request: Request) -> Ready:
    """Give what decides in the state that the record has now, or had since the request came."""
    kept: ReadyDecisions = request.app.state.ready
    recognised: Recognised = request.app.state.recognised
    state = await recognised.state(request)
    ready = kept.of(state)
    return await run_in_threadpool(kept.make, request.app.state.installation, state) if ready is None else ready


LiveDecisionsDep = Annotated[LiveDecisions, Depends(_decisions)]
