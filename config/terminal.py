"""What the commands of every folder share: settings, who asks, progress on a terminal, and how a refusal is said."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from config.errors import Invalid, Refusal
from config.settings import Settings

_MOST_DETAILS = 50


@dataclass(frozen=True)
class Installation:
    """What a command works on: given to it by `app/`, which alone opens data folders."""

    settings: Settings
    engine: Engine


def who_asks() -> str:
    """Name the account of the machine that runs the command: what it changes is recorded under this name."""
    return getpass.getuser()


def say(text: str) -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{text}\n")


def notice(text: str) -> None:
    """Print a line that is not the answer itself, to standard error, so that a pipe gets the answer alone."""
    sys.stderr.write(f"{text}\n")


def say_refusal(refusal: Refusal) -> None:
    """Print why something was refused, fault by fault, to standard error."""
    notice(str(refusal))
    details = refusal.details if isinstance(refusal, Invalid) else ()
    for detail in details[:_MOST_DETAILS]:
        notice(f"  {detail}")
    if len(details) > _MOST_DETAILS:
        notice(f"  … and {len(details) - _MOST_DETAILS:,} more.")


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that work goes on, and for how long; be quiet in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(what)
        yield
