"""What the commands of every folder share: who asks, how answers and refusals are printed, and progress."""

import os
import pwd
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TextIO, cast
from zoneinfo import ZoneInfo

from config.errors import Invalid, Refusal
from config.progress import Progress, Silence
from config.terminal_remedies import say_remedy

_MOST_DETAILS = 50
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def who_asks() -> str:
    """Name the account that runs the command: what it changes is recorded under this name.

    It is the one that the machine lists for the process's real user id. Variables such as USER say what they are told.
    """
    user = os.getuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # containers run programs under ids that nobody lists
        return f"uid {user}"


class Answer:
    """Standard output while a command runs: what it does not take is lost, but the command is not stopped by that.

    Attributes:
        lost: Why the answer, or a part of it, could not be printed: nobody reads any more, or the disk is full.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: OSError | None = None

    def write(self, text: str) -> int:
        """Print a text."""
        with self._noting_loss():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was printed and is still held back."""
        with self._noting_loss():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the stream has
        return getattr(self._stream, name)

    @contextmanager
    def _noting_loss(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.lost = self.lost or error
            _drop(self._stream)


@contextmanager
def answering() -> Iterator[Answer]:
    """Let all that is printed meanwhile be the answer, in letters that the terminal knows."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="backslashreplace")
    before, answer = sys.stdout, Answer(sys.stdout)
    sys.stdout = cast("TextIO", answer)
    try:
        yield answer
    finally:
        answer.flush()
        sys.stdout = before


def _drop(stream: TextIO) -> None:
    """Send away what a stream that takes nothing holds back; it would be tried again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _reconfigure(stream: TextIO, **how: str) -> None:
    if hasattr(stream, "reconfigure"):  # what stands in for standard output need not have it
        stream.reconfigure(**how)


def say(text: str) -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{shown(text)}\n")


def say_data(lines: Iterable[str]) -> None:
    """Print lines that programs read: in UTF-8, as all files that this program writes, and in a pipe as they are."""
    _reconfigure(sys.stdout, encoding="utf-8")
    on_screen = sys.stdout.isatty()
    for line in lines:
        sys.stdout.write(f"{shown(line) if on_screen else line}\n")


def shown(text: str) -> str:
    """Show letters that would steer a terminal instead of being seen; a log's texts are anybody's."""
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def notice(text: str) -> None:
    """Print a line that is not the answer itself, to standard error, so that a pipe gets the answer alone."""
    try:
        sys.stderr.write(f"{shown(text)}\n")
    except OSError:  # where nobody hears notices, the answer still counts
        _drop(sys.stderr)


def say_refusal(refusal: Refusal) -> None:
    """Print why something was refused and what to do, and then fault by fault, to standard error."""
    remedy = f" {say_remedy(refusal.remedy)}" if refusal.remedy else ""
    notice(f"{refusal}{remedy}")
    details = refusal.details if isinstance(refusal, Invalid) else ()
    for detail in details[:_MOST_DETAILS]:
        notice(f"  {detail}")
    if len(details) > _MOST_DETAILS:
        notice(f"  … and {len(details) - _MOST_DETAILS:,} more.")


def read_option(
    text: str | None, option: str, reader: Callable[[str, ZoneInfo], datetime], zone: ZoneInfo
) -> datetime | None:
    """Read a date or instant given as an option.

    Raises:
        Invalid: It is neither.
    """
    if text is None:
        return None
    try:
        return reader(text, zone)
    except ValueError as error:
        raise Invalid(f'{option} "{text}" cannot be read; expected {error}.') from error


def show_progress() -> Progress:
    """Give what shows on a terminal how far work has come, and is quiet in a pipe."""
    if not sys.stderr.isatty():
        return Silence()
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it, and it is slow to load

    from config.progress_bar import ProgressBar  # noqa: PLC0415 - the same

    return ProgressBar(Console(stderr=True))
