"""Bring what was looked at into the event store, by the same importer as any log; at most a minute after it was.

A file of the journal is removed once its import is committed. A process that is killed between leaves it, and it is
imported again: the id of each look makes it one event, however often it comes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

from fastapi import FastAPI

from app.looks.keep_in_step import keep_in_step
from app.looks.look_journal import LookJournal, has_looks, whole_files
from app.looks.set_up_own_source import BY, set_up_own_source
from audit.logs.import_log import import_logs
from audit.logs.own_source import OWN_SOURCE
from config.errors import Refusal
from config.progress import Silence
from config.terminal import notice
from config.work import Installation

SECONDS_BETWEEN = 20
_SECONDS_TO_WAIT = 5  # for who imports or changes the record; what was looked at stays written down meanwhile


def take_looks(installation: Installation, journal: LookJournal | None = None) -> int:
    """Import what was looked at, and give how many looks came into the event store.

    Args:
        journal: Of this process, whose file is turned first.

    Raises:
        Refusal: It cannot be done for now; nothing is lost by that.
    """
    if journal is not None:
        journal.turn()
    if not has_looks(installation.settings.data_dir):
        return 0
    by_itself = _by_itself(installation)
    with whole_files(installation.settings.data_dir) as paths:
        if not paths:
            return 0
        set_up_own_source(by_itself)
        keep_in_step(by_itself)
        receipts = import_logs(by_itself, paths, OWN_SOURCE, by_itself=True)
        for path in paths:
            path.unlink()
    return sum(receipt.added for receipt in receipts)


@contextmanager
def looks_taken(app: FastAPI, installation: Installation) -> Iterator[None]:
    """Take what is looked at until the block ends, and then what is left.

    What the service needs for that is set up before anybody can look, as far as the record can be written to.
    """
    over, journal = Event(), app.state.looks
    taker = _Taker(_by_itself(installation), journal)
    taker.begin()
    thread = Thread(target=taker.repeat, args=(over,), name="looks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        taker.take()


class _Taker:
    """Takes what is looked at, and says once what stands in its way."""

    def __init__(self, installation: Installation, journal: LookJournal) -> None:
        self._installation, self._journal = installation, journal
        self._said = ""

    def begin(self) -> None:
        """Set up what is needed, and take what an earlier process left."""
        try:
            set_up_own_source(self._installation)
            keep_in_step(self._installation)
        except Refusal as refusal:
            self._say_once(refusal)
        self.take()

    def take(self) -> None:
        """Take what there is."""
        try:
            take_looks(self._installation, self._journal)
            self._said = ""
        except Refusal as refusal:
            self._say_once(refusal)

    def repeat(self, over: Event) -> None:
        """Take again and again; each second, have the disk keep what was written."""
        waited = 0
        while not over.wait(1):
            self._journal.keep()
            waited += 1
            if waited >= SECONDS_BETWEEN:
                waited = 0
                self.take()

    def _say_once(self, refusal: Refusal) -> None:
        if str(refusal) != self._said:
            notice(f"What was looked at is written down, but waits to be taken into the event store: {refusal}")
        self._said = str(refusal)


def _by_itself(installation: Installation) -> Installation:
    """Give the installation as the service works on it in its own name, patient for a moment alone."""
    patient = installation.settings.model_copy(update={"lock_wait_seconds": _SECONDS_TO_WAIT})
    return replace(installation, settings=patient, by=BY, progress=Silence(), changes=[])
