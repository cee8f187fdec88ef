"""What the commands of every folder share: settings, who asks, progress on a terminal, and how a refusal is said."""

import getpass
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from config.bulk import share_done
from config.errors import Invalid, Refusal

_MOST_DETAILS = 50
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SECONDS_BETWEEN_LOOKS = 0.2


def who_asks() -> str:
    """Name the account of the machine that runs the command: what it changes is recorded under this name."""
    return getpass.getuser()


def say(text: str) -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{shown(text)}\n")


def shown(text: str) -> str:
    """Show letters that would steer a terminal instead of being seen; a log's texts are anybody's."""
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def notice(text: str) -> None:
    """Print a line that is not the answer itself, to standard error, so that a pipe gets the answer alone."""
    sys.stderr.write(f"{shown(text)}\n")


def say_refusal(refusal: Refusal) -> None:
    """Print why something was refused, fault by fault, to standard error."""
    notice(str(refusal))
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


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal how far work has come, and for how long it goes on; be quiet in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    ended = Event()
    with Progress(*columns, console=console, transient=True) as progress:
        watcher = Thread(target=_watch, args=(progress, progress.add_task(what, total=None), ended), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


def _watch(progress: Progress, task: TaskID, ended: Event) -> None:
    while not ended.wait(_SECONDS_BETWEEN_LOOKS):
        done = share_done()
        progress.update(task, completed=done or 0, total=None if done is None else 1)
