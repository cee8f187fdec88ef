"""The command line's door to one finding."""

from typing import Annotated

import typer

from audit.finding_page import NEWEST_OTHERS, finding_page
from audit.read_finding import read_finding
from config.terminal import say, say_lines, terminal_width
from config.work import Installation


def finding(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The finding's key, or its beginning.")],
    accesses: Annotated[int, typer.Option("--accesses", min=1, help="How many of its accesses to list.")] = 5,
) -> None:
    """Show one finding: why, its accesses, its history, and others like it."""
    installation: Installation = context.obj()
    with installation.read() as work:
        details, zone = read_finding(work, None, key, accesses=accesses, others=NEWEST_OTHERS), work.zone
    say_lines(finding_page(details, zone, terminal_width()))
    if len(details.accesses.first) < details.accesses.count:
        say(f"To list all its accesses: --accesses {details.accesses.count}")
