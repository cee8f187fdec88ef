"""What the commands of every folder share: who asks, how answers and refusals are printed, and progress."""

import getpass
import os
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


class AnswerLostError(Exception):
    """The answer could not be printed; its text is what the system says of the disk or the pipe.

    Not an OSError, which a use case would take for a fault of its own files.
    """


def who_asks() -> str:
    """Name the account of the machine that runs the command: what it changes is recorded under this name."""
    return getpass.getuser()


@contextmanager
def answering() -> Iterator[None]:
    """Hand over all that is printed to standard output when the block ends, in letters that the terminal knows.

    Raises:
        AnswerLostError: Nobody reads any more, or the disk is full; in the block, where something is printed.
    """
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="backslashreplace")
    before = sys.stdout
    sys.stdout = cast("TextIO", _Answer(before))
    try:
        yield
    finally:
        try:
            sys.stdout.flush()
        finally:
            sys.stdout = before


def drop_what_is_held_back(stream: TextIO) -> None:
    """Give up on a stream that takes nothing any more, or it would be tried again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Answer:
    """Standard output, whose faults are told from those of the files that a use case writes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            raise AnswerLostError(error.strerror or str(error)) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise AnswerLostError(error.strerror or str(error)) from error

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the stream has
        return getattr(self._stream, name)


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
        drop_what_is_held_back(sys.stderr)


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
