"""The command line's door to findings."""

import shutil
import sys
from enum import StrEnum
from typing import Annotated

import typer

from audit.finding_layouts import csv_lines, finding_table, json_lines
from audit.note_finding import STATUSES, note_finding
from audit.queries import finding_views
from config.terminal import say, say_data
from config.work import Installation


class Layout(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def findings(
    context: typer.Context,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List the findings that stand."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found, zone = finding_views(work.session), work.zone
    if layout is Layout.TABLE:
        for line in finding_table(found, zone, shutil.get_terminal_size().columns if sys.stdout.isatty() else None):
            say(line)
    else:
        say_data(json_lines(found) if layout is Layout.JSON else csv_lines(found))


def note(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The finding's key, as thirteen findings shows it.")],
    status: Annotated[str | None, typer.Option("--status", help=f"One of: {', '.join(STATUSES)}.")] = None,
    text: Annotated[str, typer.Option("--note", help="What was learnt.")] = "",
) -> None:
    """Note on a finding what was learnt, or how far its review has come."""
    installation: Installation = context.obj()
    with installation.change() as work:
        finding = note_finding(work.session, key, status=status, note=text, now=work.now, by=work.by)
        noted = f"Finding {finding.key} is {finding.status}; recorded."
    say(noted)
