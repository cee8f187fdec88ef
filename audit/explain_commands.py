"""The command line's door to explanations."""

from typing import Annotated

import typer

from audit.explain_access import AccessQuestion
from audit.explain_access import explain_access as explain
from config.clock import read_start
from config.terminal import read_option, say
from config.work import Installation

KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]


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
