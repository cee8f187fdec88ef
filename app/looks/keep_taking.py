"""While the service runs, what is looked at is taken into the event store, and at its end what is left."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from fastapi import FastAPI

from audit.looks.keep_in_step import keep_in_step
from audit.looks.look_journal import LookJournal
from audit.looks.set_up_own_source import set_up_own_source
from audit.looks.take_looks import as_the_service, take_looks
from config.errors import Refusal
from config.service_log import log_event
from config.work import Installation

SECONDS_BETWEEN = 20


@contextmanager
def looks_taken(app: FastAPI, installation: Installation) -> Iterator[None]:
    """Take what is looked at until the block ends, and then what is left.

    What the service needs for that is set up before anybody can look, as far as the record can be written to.
    """
    over, journal = Event(), app.state.looks
    taker = _Taker(as_the_service(installation), journal)
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
    """Takes what is looked at, and logs once what kind of refusal is in the way; its words may name people."""

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
            log_event("looks are written down, but wait to be taken", level=logging.WARNING, fault=refusal)
        self._said = str(refusal)
