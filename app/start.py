"""The program's door: light, so that Ctrl-C is answered with a sentence from the first moment on."""

import atexit
import gc
import os
import signal
import sys
from types import TracebackType
from typing import Self

# Much of what a command loads stays to its end: to look through it for rings as often as Python does by itself takes a
# tenth of an audit. Never to look is no better, as rings hold what has no use any more.
LOOK_FOR_RINGS = (100_000, 20, 50)


class _StoppedError(BaseException):
    """The person at the terminal stopped the command; not KeyboardInterrupt, as libraries answer that themselves."""


class _Stops:
    """Ends the program where it is stopped; 130 says that it was, whatever a library makes of the stop on its way."""

    def __init__(self) -> None:
        self._stopped = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._stopped and kind is not None:
            if sys.stderr is not None:  # closed before the program began
                sys.stderr.write("Stopped; nothing half-done was recorded.\n")
            sys.exit(130)

    def _stop(self, _signal: int, _frame: object) -> None:
        self._stopped = True
        bulk = sys.modules.get("config.bulk")  # not loaded for this
        if bulk is not None:
            bulk.stop_bulk()
        raise _StoppedError


class _End:
    """Ends the process at once when its work is done.

    Python would let go of each object that is left, one by one. That takes a sixth of a command and does nothing more:
    a command has closed by itself what is to be closed, and said what it had to say.
    """

    def __init__(self) -> None:
        self._status: int | None = None
        atexit.register(self._come)  # before all others, so that these are called first

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, SystemExit):  # anything else is a fault of the program, which Python tells
            self._status = int(error.code or 0)

    def _come(self) -> None:
        if self._status is not None:
            os._exit(self._status)


def main() -> None:
    """Run the command line as the one thing that this process is for."""
    with _End():
        run()


def run() -> None:
    """Load the command line and run it; 130 where Ctrl-C stopped it."""
    gc.set_threshold(*LOOK_FOR_RINGS)
    with _Stops():
        # no plug-in of pydantic is ours, and looking for some takes a sixteenth of a command
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from app.cli import main as run_commands  # noqa: PLC0415 - what takes long to load is loaded when a stop is awaited

        run_commands()
