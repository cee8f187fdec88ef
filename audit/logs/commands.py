"""The command line's door to sources and to the records of logs that cannot be read."""

from pathlib import Path
from typing import Annotated

import typer

from audit.logs.export_rejects import export_rejects
from audit.logs.profiles.reading import find_profile, read_profile, shipped_profiles
from audit.logs.sources import SourceRequest, add_source
from audit.logs.verify_store import verify_store
from config.terminal import say
from config.work import Installation
from inventory.queries import the_entity


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The source's name.")],
    log_format: Annotated[str, typer.Option("--format", help="csv or jsonl.")],
    profile: Annotated[str | None, typer.Option("--profile", help="A profile file, or one that ships.")] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", help="Zone of times without an offset.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="The system's name in accounts and resources.")] = None,
) -> None:
    """Set up a source of access logs, or change it."""
    installation: Installation = context.obj()
    with installation.change() as work:
        zone = time_zone or work.zone.key
        text = find_profile(profile) if profile else ""
        request = SourceRequest(name, log_format, text, zone, system or name)
        source = add_source(work.session, request, now=work.now, by=work.by)
        of_profile = read_profile(text, name).times.zone if text else ""
        told = f"{of_profile}, as the profile says" if of_profile else source.time_zone
        added = f"Source {source.name}: {source.format} logs of {source.system}, times without an offset in {told}."
    say(added)


def profiles() -> None:
    """List the profiles that ship with the product."""
    for name in shipped_profiles():
        say(name)


def rejects(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", help="The source whose unreadable records are wanted.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write them.")],
) -> None:
    """Write a source's unreadable records to a file, to be repaired and imported again."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)
        exported = export_rejects(work.session, source, out, work.settings)
    if exported.files:
        say(f"{exported.records:,} unreadable records written to {', '.join(map(str, exported.files))}.")
    else:
        say(f"All records of {source} could be read; nothing was written.")


def verify(context: typer.Context) -> None:
    """Digest every file of the imported logs, and hold it to the receipt of its import."""
    say(verify_store(context.obj()))
