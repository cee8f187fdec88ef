"""The worker processes that a running service keeps: started, started anew where one dies, ended with the service.

A worker ends too when the service is killed: it holds one end of a pipe whose other end is the service's alone.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

_SECONDS_BEFORE_ANEW = (1, 2, 5, 10, 30, 60)
_SECONDS_TO_END = 20


@contextmanager
def workers(count: int, data_dir: Path) -> Iterator[Sequence["Worker"]]:
    """Keep some workers on a data folder until the block ends, and one more that long jobs never keep busy."""
    kept = [*(Worker(data_dir) for _ in range(count)), Worker(data_dir, "--brief")]
    try:
        yield kept
    finally:
        for worker in kept:
            worker.tell_to_end()
        for worker in kept:
            worker.wait_for_end()


class Worker:
    """One worker process, or the one that took its place."""

    def __init__(self, data_dir: Path, *more: str) -> None:
        program = ("-c", "from app.start import main; main()", "--data-dir", str(data_dir.absolute()))
        self._command = [sys.executable, *program, "work", "--until-input-ends", *more]
        self._ending, self._starting = Event(), Lock()
        self._process = self._start()
        self._keeper = Thread(target=self._keep, name="keeper of a worker", daemon=True)
        self._keeper.start()

    @property
    def process_id(self) -> int:
        """The process that is the worker now."""
        return self._process.pid

    def tell_to_end(self) -> None:
        """Let the worker hand back its job and end."""
        with self._starting:
            self._ending.set()
            self._process.terminate()

    def wait_for_end(self) -> None:
        """Wait until the worker has ended; kill it where it does not."""
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._keeper.join()
        self._let_go()

    def _start(self) -> "subprocess.Popen[bytes]":
        # in a session of its own, so that Ctrl-C reaches the service alone, which then ends its workers
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own

    def _let_go(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()

    def _keep(self) -> None:
        pauses = iter(_SECONDS_BEFORE_ANEW)
        while True:
            self._process.wait()
            if self._ending.wait(next(pauses, _SECONDS_BEFORE_ANEW[-1])):
                return
            with self._starting:
                if self._ending.is_set():
                    return
                self._let_go()
                self._process = self._start()
