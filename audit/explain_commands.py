"""The command line's door to explanations."""

from typing import Annotated

import typer

from audit.case import Verdict
from audit.explain_access import AccessQuestion
from audit.explain_access import explain_access as explain
from config.clock import local_text, read_start
from config.terminal import read_option, say
from config.work import Installation

# what was not authorized is *possible* unauthorized access: people decide what it was
_IN_WORDS = {Verdict.UNAUTHORIZED: "possible unauthorized access"}
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]


def explain_access(
    context: typer.Context,
    employee: Annotated[str, typer.Option("--employee", help="Id or name of the employee.")],
    series: Annotated[str, typer.Option("--series", help="Code or exact name of the data series.")],
    instant: Annotated[str, typer.Option("--at", help="When, such as 2025-03-03T17:41:00-06:00.")],
    action: Annotated[str, typer.Option("--action", help="What was done.")] = "view",
    purpose: Annotated[str, typer.Option("--purpose", help="What for.")] = "",
    source: Annotated[
        str, typer.Option("--source", help="The source in whose logs it would stand: the purpose is read as theirs.")
    ] = "",
    known_at: KnownAt = None,
) -> None:
    """Did this person have a work assignment for this data, then, and why?"""
    installation: Installation = context.obj()
    with installation.read() as work:
        time = read_option(instant, "--at", read_start, work.zone) or work.now
        known = read_option(known_at, "--known-at", read_start, work.zone)
        question = AccessQuestion(employee, series, time, action, purpose, known, source)
        explained, zone = explain(work, question), work.zone
    decision = explained.decision
    say(f"{_IN_WORDS.get(decision.verdict, decision.verdict)}: {decision.reason}")
    say(
        f"{explained.employee_name} ({explained.employee_id}), {explained.series_name} ({explained.code}), "
        f"{explained.action}, {local_text(time, zone)} ({zone.key})"
    )
    if explained.purpose != purpose:
        say(f'"{purpose}" means {explained.purpose}, by the purpose map.')
    say(decision.explanation)
    if decision.grant is not None:
        say(f"Grant {decision.grant.grant_id}.")
