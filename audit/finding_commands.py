"""The command line's door to findings."""

from typing import Annotated

import typer

from audit.finding_layouts import HEADINGS, finding_table, whole_rows
from audit.read_findings import FindingsQuestion, read_findings
from audit.run_views import missing_views
from audit.said_not_seen import said_not_seen
from audit.statuses import NOT_FOUND, Status
from config.row_layouts import Layout, row_lines
from config.terminal import notice, say, say_data, say_lines, terminal_width
from config.texts import listed
from config.work import Installation

_MOST_NAMED = 10


FORMAT_HELP = (
    "How to write them. In csv, a text that begins with = + - or @ gets an apostrophe before it, so that no "
    "spreadsheet takes it for a formula."
)


def findings(
    context: typer.Context,
    layout: Annotated[Layout, typer.Option("--format", help=FORMAT_HELP)] = Layout.TABLE,
    status: Annotated[
        str | None, typer.Option("--status", help=f"One of: {', '.join(Status)}, or {NOT_FOUND}.")
    ] = None,
    month: Annotated[str | None, typer.Option("--month", help="Of this month, such as 2025-03.")] = None,
    who: Annotated[str | None, typer.Option("--who", help="Id or name of the employee, or the account.")] = None,
    what: Annotated[str | None, typer.Option("--what", help="Code or name of the series, or the resource.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="One of the reasons of the decision table.")] = None,
    department: Annotated[
        str | None, typer.Option("--department", help="In which the employee worked at the last access.")
    ] = None,
    run: Annotated[int | None, typer.Option("--run", help="Those of this run, such as a question's.")] = None,
) -> None:
    """List the findings that stand, or those of one run."""
    installation: Installation = context.obj()
    with installation.read() as work:
        question = FindingsQuestion(status, month, who, what, reason, department, run)
        zone = work.zone
        found = read_findings(work.session, question, zone, now=work.now)
        not_seen = said_not_seen(work.session, run)
        missing = [] if run is None else [one.key for one in missing_views(work.session, run)]
    if layout is not Layout.TABLE:
        if not_seen:
            notice(not_seen)
        say_data(row_lines(layout, HEADINGS, whole_rows(found), None))
        return
    say_lines(finding_table(found, zone, terminal_width()))
    if not_seen:
        say(not_seen)
    if missing:
        say(f"{len(missing):,} that stood when run {run} asked would not be there: {listed(missing, _MOST_NAMED)}.")
