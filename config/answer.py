"""Standard output and standard error while a command runs: what they do not take is lost, but stops no command."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from config.shown_text import turned_back


class Answer:
    """Standard output while a command runs.

    Attributes:
        lost: Why the answer, or a part of it, could not be printed: nobody reads any more, or the disk is full.
        tells_of_work: Whether it says, printed or lost, that something was made: a file that was written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: OSError | None = None
        self.tells_of_work = False

    def write(self, text: str) -> int:
        """Print a text."""
        try:
            self._stream.write(text)
        except OSError as error:
            self._note_loss(error)
        return len(text)

    def flush(self) -> None:
        """Hand over what was printed and is still held back."""
        try:
            self._stream.flush()
        except OSError as error:
            self._note_loss(error)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the stream has
        return getattr(self._stream, name)

    def _note_loss(self, error: OSError) -> None:
        self.lost = self.lost or error
        _drop(self._stream)


class _ClosedAnswer(Answer):
    """Standard output that was closed before the command began; a stream to nowhere stands in for it."""

    def write(self, text: str) -> int:
        self.lost = self.lost or OSError(errno.EBADF, "standard output is closed")
        return len(text)


class _Notices(Answer):
    """Standard error: where nobody hears notices, the answer still counts."""

    def write(self, text: str) -> int:
        return super().write(turned_back(text))


@contextmanager
def answering() -> Iterator[Answer]:
    """Let all that is printed meanwhile be the answer, in letters that the terminal knows."""
    before = sys.stdout, sys.stderr
    # in this order, as the first file that is opened takes the place of the first stream that is closed
    answer = _ClosedAnswer(_nowhere()) if sys.stdout is None else Answer(_plain(sys.stdout))
    notices = _Notices(_nowhere() if sys.stderr is None else _plain(sys.stderr))
    sys.stdout, sys.stderr = cast("TextIO", answer), cast("TextIO", notices)
    try:
        yield answer
    finally:
        answer.flush()
        notices.flush()
        sys.stdout, sys.stderr = before


def _plain(stream: TextIO) -> TextIO:
    reconfigure(stream, errors="backslashreplace")
    return stream


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stands for a stream of the process


def reconfigure(stream: TextIO, **how: str) -> None:
    """Change how a stream writes letters, where it can: what stands in for standard output need not."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(**how)


def _drop(stream: TextIO) -> None:
    """Send away what a stream that takes nothing holds back; it would be tried again when the program ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
