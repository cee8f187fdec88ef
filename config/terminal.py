"""What the commands of every folder share: who asks, how answers and refusals are printed, and progress."""

import getpass
import io
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
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


def take_every_letter() -> None:
    """Let letters that the terminal does not know, or that no text has, be printed as escapes from now on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print a line of the answer.

    Raises:
        AnswerLostError: Nobody reads any more, or the disk is full.
    """
    _write(f"{shown(text)}\n")


def say_data(lines: Iterable[str]) -> None:
    """Print lines that programs read: in UTF-8, as all files that this program writes, and as they are.

    Raises:
        AnswerLostError: Nobody reads any more, or the disk is full.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    on_screen = sys.stdout.isatty()
    for line in lines:
        _write(f"{shown(line) if on_screen else line}\n")


def finish_answer() -> None:
    """Hand over what was printed and is still held back.

    Raises:
        AnswerLostError: Nobody reads any more, or the disk is full.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        raise AnswerLostError(error.strerror or str(error)) from error


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise AnswerLostError(error.strerror or str(error)) from error


def shown(text: str) -> str:
    """Show letters that would steer a terminal instead of being seen; a log's texts are anybody's."""
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def notice(text: str) -> None:
    """Print a line that is not the answer itself, to standard error, so that a pipe gets the answer alone."""
    with suppress(OSError):  # where nobody hears notices, the answer still counts
        sys.stderr.write(f"{shown(text)}\n")


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
