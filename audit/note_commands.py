"""The command line's door to what officials make of findings."""

from typing import Annotated

import typer

from audit.move_finding import Move, move_findings
from audit.own_findings import MovedBy
from audit.statuses import DismissalReason, Status
from config.clock import read_end
from config.errors import Invalid
from config.terminal import read_option, say
from config.work import Installation


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
    assignee: Annotated[
        str, typer.Option("--assignee", help="Login of the official who is to review it (under_review).")
    ] = "",
    ask: Annotated[
        str, typer.Option("--ask", help="Id or name of the employee who is to explain it (under_review).")
    ] = "",
    due: Annotated[str | None, typer.Option("--due", help="Last day for the explanation (with --ask).")] = None,
) -> None:
    """Note on findings what was learnt, or move them to another status."""
    installation: Installation = context.obj()
    with installation.change() as work:
        ends = read_option(until, "--until", read_end, work.zone)
        asked_until = read_option(due, "--due", read_end, work.zone)
        move = Move(status, text, reason, owner, ends, case, assignee, ask, asked_until)
        answers = move_findings(work.session, keys, move, now=work.now, by=MovedBy(work.by))
        if len(answers) == 1 and answers[0].refusal:
            raise answers[0].refusal
    for answer in answers:
        if not answer.refusal:
            say(f"Finding {answer.key} is {answer.status}; recorded.")
    refused = [f"{answer.key}: {answer.refusal}" for answer in answers if answer.refusal]
    if refused:
        raise Invalid(f"{len(refused):,} of {len(answers):,} findings were refused; the others are recorded.", refused)
