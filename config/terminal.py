"""What the commands of every folder share: who asks, how answers and refusals are printed, and progress."""

import os
import pwd
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from config.answer import Answer, reconfigure
from config.errors import Invalid, Refusal
from config.progress import Progress, Silence
from config.shown_text import shown, shown_data
from config.terminal_remedies import say_remedy

_MOST_DETAILS = 50


def who_asks() -> str:
    """Name the account that runs the command: what it changes is recorded under this name.

    It is the one that the machine lists for the process's real user id. Variables such as USER say what they are told.
    """
    user = os.getuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # containers run programs under ids that nobody lists
        return f"uid {user}"


def terminal_width() -> int | None:
    """Give how many letters a line of the terminal has; None where the answer goes elsewhere, and no line is folded."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(text: str) -> None:
    """Print a line of the answer; on a terminal in several, broken between words, where it is too long for one."""
    say_lines((text,))


def say_lines(lines: Iterable[str]) -> None:
    """Print lines of the answer, each as `say` does."""
    fold = _folding(sys.stdout)
    for line in lines:
        sys.stdout.write(f"{fold(shown(line))}\n")


def say_done(text: str) -> None:
    """Print a line of the answer that says that a file was written: also where the line is lost, the work is done."""
    if isinstance(sys.stdout, Answer):
        sys.stdout.tells_of_work = True
    say(text)


def say_data(lines: Iterable[str]) -> None:
    """Print lines that programs read: in UTF-8, as all files that this program writes, and in a pipe as they are."""
    reconfigure(sys.stdout, encoding="utf-8")
    on_screen = sys.stdout.isatty()
    for line in lines:
        sys.stdout.write(f"{shown_data(line) if on_screen else line}\n")


def _folding(stream: TextIO) -> Callable[[str], str]:
    """Give what breaks a line into several where it is too long for a terminal."""
    if not stream.isatty():  # asked once, as an answer can have many lines
        return str
    width = shutil.get_terminal_size().columns

    def folded(line: str) -> str:
        if len(line) <= width:
            return line
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        fill = textwrap.TextWrapper(
            width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
        ).fill
        return "\n".join(map(fill, line.split("\n")))

    return folded


def notice(text: str) -> None:
    """Print a line that is not the answer itself, to standard error, so that a pipe gets the answer alone."""
    sys.stderr.write(f"{_folding(sys.stderr)(shown(text))}\n")


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
    return _BarWhenNeeded() if sys.stderr.isatty() else Silence()


class _BarWhenNeeded:
    """Shows a bar from the first step on: what draws it is slow to load, and short work needs none."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def step(self, what: str, share: float | None = None) -> None:
        if self._bar is None:
            from rich.console import Console  # noqa: PLC0415 - slow to load

            from config.progress_bar import ProgressBar  # noqa: PLC0415 - the same

            self._bar = ProgressBar(Console(stderr=True))
        self._bar.step(what, share)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.end()
