"""The command line's door to retention and legal holds."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from audit.logs.keeping.find_due import SourceDue, find_due
from audit.logs.keeping.legal_holds import HoldRequest, legal_holds, lift_hold, place_hold, say_hold
from audit.logs.keeping.removed import removals, say_removal
from audit.logs.keeping.retention import Retention, end_retention, retention_of_sources, state_retention
from audit.logs.keeping.suggested_periods import NO_CODE, SUGGESTED
from audit.logs.retention_models import HeldWhat, PeriodUnit
from config.clock import local_text, read_date
from config.errors import Invalid
from config.remedies import Advice, Remedy
from config.terminal import notice, say, say_data
from config.work import Installation, Work

_PERIOD = re.compile(r"(\d+)\s*(day|month|year)s?", re.IGNORECASE)
Source = Annotated[str, typer.Option("--source", help="Of this source alone (default: of each).")]


def state(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The source's name.")],
    keep: Annotated[str, typer.Option("--keep", help="For how long each access is kept, such as '6 years'.")],
    code: Annotated[str, typer.Option("--code", help="The code of your schedule.")],
    citation: Annotated[str, typer.Option("--citation", help="What the schedule rests on.")],
    by_itself: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--by-itself", help="The service's schedule removes what is due, without asking.")
    ] = False,
) -> None:
    """Enter how long the accesses of a source are kept; nothing is removed by that."""
    installation: Installation = context.obj()
    asked = Retention(*_read_period(keep), code, citation, by_itself)
    with installation.change() as work:
        stated = state_retention(work, source, asked)
    say(_told(source, stated))


def end(context: typer.Context, source: Annotated[str, typer.Argument(help="The source's name.")]) -> None:
    """Let a source have no retention period any more, so that nothing of it is due."""
    installation: Installation = context.obj()
    with installation.change() as work:
        end_retention(work, source)
    say(f"No retention period is entered for {source} any more; nothing of it is due.")


def due(context: typer.Context, source: Source = "") -> None:
    """Show how long each source is kept, what is due to be removed, and what is held; nothing is removed."""
    installation: Installation = context.obj()
    with installation.read() as work:
        lines = list(_due_lines(work, find_due(work, source)))
    for line in lines:
        say(line)


def apply(
    context: typer.Context,
    source: Source = "",
    yes: Annotated[bool, typer.Option("--yes", help="Remove it; nothing brings it back.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Remove what is due, wholly; what was removed, and under which schedule, stays on the record."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found, lines = find_due(work, source), []
        lines = list(_due_lines(work, found))
    wanted = [one for one in found if not one.is_nothing]
    if wanted and not yes:
        for line in lines:
            notice(line)
        raise Invalid("Nothing was removed.", remedy=Remedy(Advice.REMOVE_DUE))
    from app.retention.apply_retention import apply_retention  # noqa: PLC0415 - takes long to load

    # also where nothing is due: what a killed removal left is cleared away then
    said = [sentence for one in found for sentence in apply_retention(installation, one.source, stamp=one.stamp)]
    for sentence in said or ["Nothing is due."]:
        say(sentence)


def list_removals(
    context: typer.Context,
    source: Source = "",
    log_format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """List what was removed: of which source and time, how many, under which schedule, by whom, and when."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found = removals(work.session, source)
        lines = [say_removal(one, work.zone) for one in found]
        if log_format == "json":
            from app.retention.views import removal_view  # noqa: PLC0415 - takes long to load

            say_data([json.dumps([removal_view(one).model_dump(mode="json") for one in found], indent=2)])
            return
    for line in lines or ["Nothing was removed yet."]:
        say(line)


def hold(
    context: typer.Context,
    reason: Annotated[str, typer.Option("--reason", help="Why, such as the case that asks for it.")],
    source: Annotated[str, typer.Option("--source", help="Of this source alone (default: of all).")] = "",
    account: Annotated[str, typer.Option("--account", help="What this account did.")] = "",
    employee: Annotated[str, typer.Option("--employee", help="What this employee's accounts did, by id.")] = "",
    text: Annotated[str, typer.Option("--text", help="What says this anywhere, such as a case number.")] = "",
    start: Annotated[str, typer.Option("--from", help="First day (default: now).")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day (default: until it is lifted).")] = "",
) -> None:
    """Hold accesses, whatever a schedule says: all of a source, or what an account, a person or a text names."""
    installation: Installation = context.obj()
    named = {HeldWhat.ACCOUNT: account, HeldWhat.EMPLOYEE: employee, HeldWhat.TEXT: text}
    given = [(what, about) for what, about in named.items() if about]
    if len(given) > 1:
        raise Invalid("A hold is about one account, one employee or one text; enter several holds.")
    what, about = given[0] if given else (HeldWhat.EVERYTHING, "")
    request = HoldRequest(source, what, about, reason, _day(start, "--from"), _day(last, "--to"))
    with installation.change() as work:
        said = say_hold(place_hold(work, request))
    say(said)


def lift(context: typer.Context, number: Annotated[int, typer.Argument(help="Of the hold.")]) -> None:
    """Let a legal hold end now; that it was there stays on the record."""
    installation: Installation = context.obj()
    with installation.change() as work:
        lift_hold(work, number)
    say(f"Legal hold {number} is lifted; what is due is removed by the next removal.")


def _due_lines(work: Work, found: list[SourceDue]) -> Iterator[str]:
    for one in found:
        yield _told(one.source, one.retention)
        if one.is_nothing:
            yield "  Nothing is due."
        else:
            before = local_text(one.before, work.zone)
            span = f", the first of {local_text(one.first, work.zone)}" if one.first else ""
            yield f"  Due: {one.amount} before {before}{span}."
        if one.held:
            yield f"  Held, and not removed: {one.held:,}."
    for hold_ in legal_holds(work.session):
        yield say_hold(hold_)
    if not retention_of_sources(work.session):
        yield f"No retention period is entered, so nothing is due. {NO_CODE}"
        for suggested in SUGGESTED:
            yield f"  Perhaps: {suggested.period} for {suggested.of} ({suggested.citation})."


def _told(source: str, stated: Retention) -> str:
    by_itself = " The service's schedule removes what is due." if stated.by_itself else ""
    return f"{source}: each access is kept for {stated.period}, under {stated.schedule}.{by_itself}"


def _read_period(text: str) -> tuple[int, PeriodUnit]:
    matched = _PERIOD.fullmatch(text.strip())
    if matched is None:
        raise Invalid(f'--keep "{text}" is no period; expected one such as 6 years, 18 months or 90 days.')
    return int(matched[1]), PeriodUnit(f"{matched[2].lower()}s")


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return read_date(text)
    except ValueError as error:
        raise Invalid(f'{option} "{text}" cannot be read; expected {error}.') from error
