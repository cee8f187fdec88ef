"""The command line's door to logs, audits and explanations."""

from pathlib import Path
from typing import Annotated

import typer

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.explain_access import explain
from audit.logs.formats.log_file import check_file
from audit.logs.import_log import import_log
from audit.logs.sources import find_source
from audit.run_audit import AuditRequest, receipt_lines, run_audit
from config.bulk import open_bulk
from config.clock import read_end, read_start
from config.terminal import notice, read_option, say
from config.work import Installation
from inventory.queries import SeriesNames, all_series, the_entity

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
    for file in files:
        check_file(file)
    for file in files:
        installation.progress.step(f"Importing {file.name}")
        with installation.change() as work:
            found = find_source(work.session, source)
            receipt = import_log(work.session, file, found, work.settings, now=work.now, by=work.by)
            line = str(receipt)
        for text in receipt.notices:
            notice(text)
        say(line)


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
    installation.progress.step("Auditing")
    with installation.change() as work:
        request = AuditRequest(
            read_option(start, "--from", read_start, work.zone),
            read_option(end, "--to", read_end, work.zone),
            read_option(known_at, "--known-at", read_start, work.zone) or work.now,
            read_option(logs_known_at, "--logs-known-at", read_start, work.zone),
        )
        receipt = run_audit(work.session, request, work.settings, now=work.now, by=work.by)
        lines = receipt_lines(receipt)
    for text in receipt.notices:
        notice(text)
    for line in lines:
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
        known = read_option(known_at, "--known-at", read_start, work.zone) or work.now
        time = read_option(instant, "--at", read_start, work.zone) or work.now
        code = SeriesNames(all_series(work.session, known)).find(series).code
        facts = load_facts(work.session, at=known, graces=work.settings.graces())
    policy = Policy(facts, open_bulk(installation.settings))
    decision = explain(
        policy,
        CaseBuilder(policy),
        employee_id=employee,
        series=code,
        time=time,
        action=action.strip().casefold(),
        purpose=purpose,
    )
    say(f"{decision.verdict}: {decision.reason}")
    say(decision.explanation)
    if decision.grant is not None:
        say(f"Grant {decision.grant.grant_id}.")
