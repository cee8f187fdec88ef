"""The program's door: light, so that Ctrl-C is answered with a sentence from the first moment on."""

import signal
import sys


class _StoppedError(BaseException):
    """The person at the terminal stopped the command; not KeyboardInterrupt, as libraries answer that themselves."""


def main() -> None:
    """Load the command line and run it; 130 where Ctrl-C stopped it."""
    before = signal.signal(signal.SIGINT, _stop)
    try:
        from app.cli import main as run  # noqa: PLC0415 - what takes long to load is loaded when a stop is awaited

        run()
    except _StoppedError:
        _leave()
    except RuntimeError as error:
        if "interrupted" not in str(error).casefold():
            raise
        _leave()  # DuckDB has seen the stop first
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(_signal: int, _frame: object) -> None:
    raise _StoppedError


def _leave() -> None:
    sys.stderr.write("Stopped; nothing half-done was recorded.\n")
    sys.exit(130)
