"""The command line's door to findings."""

import shutil
import sys
from enum import StrEnum
from typing import Annotated

import typer

from audit.finding_layouts import csv_lines, finding_table, json_lines
from audit.finding_views import finding_views
from audit.move_finding import Move, move_findings
from audit.statuses import DismissalReason, Status
from config.clock import read_end
from config.errors import Invalid
from config.terminal import read_option, say, say_data
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
    keys: Annotated[list[str], typer.Argument(help="The finding's key, or its beginning. May be several.")],
    status: Annotated[str | None, typer.Option("--status", help=f"One of: {', '.join(Status)}.")] = None,
    text: Annotated[str, typer.Option("--note", help="What was learnt; needed to close a finding.")] = "",
    reason: Annotated[
        str, typer.Option("--reason", help=f"Why it is dismissed, one of: {', '.join(DismissalReason)}.")
    ] = "",
    owner: Annotated[str, typer.Option("--owner", help="Who answers for the exception (accepted).")] = "",
    until: Annotated[str | None, typer.Option("--until", help="Last day of the exception (accepted).")] = None,
    case: Annotated[str, typer.Option("--case", help="The case that it is referred to (referred).")] = "",
) -> None:
    """Note on findings what was learnt, or move them to another status."""
    installation: Installation = context.obj()
    with installation.change() as work:
        ends = read_option(until, "--until", read_end, work.zone)
        move = Move(status, text, reason, owner, ends, case)
        answers = move_findings(work.session, keys, move, now=work.now, by=work.by)
        if len(answers) == 1 and answers[0].refusal:
            raise answers[0].refusal
    for answer in answers:
        if not answer.refusal:
            say(f"Finding {answer.key} is {answer.status}; recorded.")
    refused = [f"{answer.key}: {answer.refusal}" for answer in answers if answer.refusal]
    if refused:
        raise Invalid(f"{len(refused):,} of {len(answers):,} findings were refused; the others are recorded.", refused)
