"""The command line's door to the release of audit trails."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from audit.logs.find_source import find_source
from audit.logs.release_models import Release
from audit.logs.releasing.say_trail import list_exports, say_export, say_trail
from audit.logs.releasing.state_release import Decision, release_of_columns, state_release
from audit.logs.releasing.suggested_releases import SUGGESTED
from audit.logs.releasing.trail_layout import read_layout
from config.clock import read_date, read_end, read_start
from config.errors import Invalid
from config.terminal import notice, read_option, say, say_done
from config.work import Installation

Source = Annotated[str, typer.Argument(help="The source's name.")]


def state(
    context: typer.Context,
    source: Source,
    column: Annotated[str, typer.Option("--column", help="The column, as the log or the profile calls it.")],
    release: Annotated[Release, typer.Option("--as", help="What is done with it.")],
    citation: Annotated[str, typer.Option("--citation", help="The law that this rests on.")],
    decided_by: Annotated[str, typer.Option("--decided-by", help="Who decided (default: you).")] = "",
    decided_on: Annotated[str, typer.Option("--decided-on", help="When (default: today).")] = "",
) -> None:
    """Enter what was decided of a column of a source's audit trail; what is not decided is withheld."""
    installation: Installation = context.obj()
    asked = Decision(release, citation, decided_by, _day(decided_on))
    with installation.change() as work:
        stated = state_release(work, source, column, asked)
    say(f"{source}, {column}: {stated.release.value}. {stated.words}.")


def list_columns(context: typer.Context, source: Source) -> None:
    """List a source's columns with what is decided of each, and what was handed out."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found = find_source(work.session, source)
        layout, decided = read_layout(work.session, found), release_of_columns(work.session, found.name)
        exports = [say_export(one, work.zone) for one in list_exports(work.session, found.name)]
    for column in layout.columns:
        one = decided.get(column)
        kept = " Not kept, so it cannot be given." if column in layout.not_kept else ""
        say(f"{column}: {f'{one.release.value}. {one.words}.' if one else 'withheld; nothing is decided.'}{kept}")
    for line in exports:
        say(f"Written {line}")
    if not decided:
        for line in SUGGESTED:
            notice(f"To be weighed, not entered: {line}")


def export(
    context: typer.Context,
    source: Source,
    out: Annotated[Path, typer.Option("--out", help="The .csv file.")],
    start: Annotated[str | None, typer.Option("--from", help="First day of the accesses, or an instant.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day, or an instant that is not included.")] = None,
) -> None:
    """Write a source's accesses to be handed out: released and masked columns alone, and nothing that was found."""
    from audit.logs.releasing.export_trail import TrailRequest, export_trail  # noqa: PLC0415 - takes long to load

    installation: Installation = context.obj()
    with installation.read() as work:
        first, last = read_option(start, "--from", read_start, work.zone), read_option(end, "--to", read_end, work.zone)
    with installation.writing_to(out):
        written = export_trail(installation, TrailRequest(source, out, first, last), by=installation.by)
    head, *rest = say_trail(written)
    say_done(f"{out}: {head}")
    for line in rest:
        notice(line)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return read_date(text)
    except ValueError as error:
        raise Invalid(f'--decided-on "{text}" cannot be read; expected {error}.') from error
