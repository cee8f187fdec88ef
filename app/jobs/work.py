"""A worker: does one job after the other until it is told to stop, and then hands back the one under way."""

import os
import platform
import select
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from app.jobs.do_job import do_job
from config.bulk import stop_bulk
from config.jobs.models import JobKind
from config.jobs.queue import give_back, remove_ended_locks, taken_job
from config.work import Installation

_SECONDS_BETWEEN_LOOKS = 0.5
_STANDARD_INPUT = 0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _ToldToStop(BaseException):
    """The worker is to end now; not an Exception, as libraries answer those themselves."""


def work(
    installation: Installation, *, until_none_waits: bool = False, kinds: Collection[JobKind] | None = None
) -> None:
    """Do jobs until SIGTERM or SIGINT; the job under way then goes back into the queue, nothing of it half-applied.

    Args:
        until_none_waits: End where no job waits, too.
        kinds: What it does; None = any job.
    """
    remove_ended_locks(installation)
    worker = f"process {os.getpid()} on {platform.node()}"
    idle = Event()
    with _stopped_by_signals() as told:
        while True:
            if not do_next(installation, worker, kinds=kinds, is_told_to_stop=told.is_set):
                if until_none_waits:
                    return
                idle.wait(_SECONDS_BETWEEN_LOOKS)


def do_next(
    installation: Installation,
    worker: str,
    *,
    kinds: Collection[JobKind] | None = None,
    is_told_to_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Do the next job, if there is one; say whether there was.

    Args:
        worker: The name of this process.
        kinds: What it may be; None = any job.
        is_told_to_stop: Whether what the job ended with is that it was broken off, whatever a library made of that.
    """
    with taken_job(installation, worker, kinds) as job:
        if job is None:
            return False
        try:
            do_job(installation, job, is_told_to_stop=is_told_to_stop)
        finally:
            if is_told_to_stop():
                give_back(installation, job)
        return True


@contextmanager
def ending_with_standard_input() -> Iterator[None]:
    """Tell this process to stop when its standard input ends, as whoever holds the other end of it is gone then."""
    wake, waker = os.pipe()

    def watch() -> None:
        while True:
            ready, _, _ = select.select([_STANDARD_INPUT, wake], [], [])
            if wake in ready:
                return
            if not os.read(_STANDARD_INPUT, 1):
                os.kill(os.getpid(), signal.SIGTERM)
                return

    watcher = Thread(target=watch, name="end with standard input")
    watcher.start()
    try:
        yield
    finally:
        os.close(waker)
        watcher.join()
        os.close(wake)


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    told = Event()

    def stop(_number: int, _frame: object) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # once is enough, and the job is being handed back
        told.set()
        stop_bulk()
        raise _ToldToStop

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield told
    except BaseException:
        # what a library makes of the stop on its way ends here as well: the job is handed back, and done again whole
        if not told.is_set():
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
