"""The command line's door to logs, audits and explanations."""

from pathlib import Path
from typing import Annotated

import typer

from audit.explain_access import AccessQuestion
from audit.explain_access import explain_access as explain
from audit.logs.import_log import import_logs
from audit.run_audit import AuditRequest, receipt_lines, run_audit
from config.clock import read_end, read_start
from config.terminal import notice, read_option, say
from config.work import Installation
from inventory.queries import the_entity

From = Annotated[str | None, typer.Option("--from", help="First day, or an instant.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, or an instant that is not included.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]


def import_log_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Log files, plain or gzip.", readable=False)],
    source: Annotated[str, typer.Option("--source", help="The source whose logs they are.")],
) -> None:
    """Import access logs; a record that is known already adds nothing."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)  # refuses where there is none yet
    for receipt in import_logs(installation, files, source):
        for text in receipt.notices:
            notice(text)
        say(str(receipt))


def audit(
    context: typer.Context,
    start: From = None,
    end: To = None,
    known_at: KnownAt = None,
    logs_known_at: Annotated[
        str | None, typer.Option("--logs-known-at", help="With the logs that had been imported by then (default: all).")
    ] = None,
) -> None:
    """Decide the accesses, cross-examine the decisions, write findings."""
    installation: Installation = context.obj()
    with installation.read() as work:
        request = AuditRequest(
            read_option(start, "--from", read_start, work.zone),
            read_option(end, "--to", read_end, work.zone),
            read_option(known_at, "--known-at", read_start, work.zone),
            read_option(logs_known_at, "--logs-known-at", read_start, work.zone),
        )
    receipt = run_audit(installation, request)
    for text in receipt.notices:
        notice(text)
    for line in receipt_lines(receipt):
        say(line)


def explain_access(
    context: typer.Context,
    employee: Annotated[str, typer.Option("--employee", help="The employee's id.")],
    series: Annotated[str, typer.Option("--series", help="Code or exact name of the data series.")],
    instant: Annotated[str, typer.Option("--at", help="When, such as 2025-03-03T17:41:00-06:00.")],
    action: Annotated[str, typer.Option("--action", help="What was done.")] = "view",
    purpose: Annotated[str, typer.Option("--purpose", help="What for.")] = "",
    known_at: KnownAt = None,
) -> None:
    """Did this person have a work assignment for this data, then, and why?"""
    installation: Installation = context.obj()
    with installation.read() as work:
        time = read_option(instant, "--at", read_start, work.zone) or work.now
        known = read_option(known_at, "--known-at", read_start, work.zone)
        decision = explain(work, AccessQuestion(employee, series, time, action, purpose, known))
    say(f"{decision.verdict}: {decision.reason}")
    say(decision.explanation)
    if decision.grant is not None:
        say(f"Grant {decision.grant.grant_id}.")
