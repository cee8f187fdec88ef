"""The command line's door to sources."""

from collections.abc import Iterator
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

import typer

from audit.logs.expected_logs import CADENCES, NOT_STATED, Expected, expect_logs
from audit.logs.judge_days import IN_WORDS
from audit.logs.list_sources import ListedSource, describe_source, list_sources
from audit.logs.models import Source
from audit.logs.profiles.language import Format
from audit.logs.profiles.reading import find_profile, shipped_profiles
from audit.logs.sources import SourceChange, SourceRequest, add_source, profile_of, set_source
from config.clock import local_text
from config.terminal import notice, say, say_lines
from config.texts import counted, listed
from config.work import Installation, Work
from inventory.queries import the_entity

_FORMATS = f"One of {', '.join(get_args(Format))}."
Cadence = Annotated[
    str | None,
    typer.Option("--cadence", help=f"On which days it has accesses: {', '.join(CADENCES)}, or {NOT_STATED}."),
]
KeepsDays = Annotated[
    int | None,
    typer.Option("--keeps", help="For how many days the source keeps its own trail; 0 = not stated.", min=0),
]
_NO_PROFILE = "none"
_MOST_NUMBERS = 20


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The source's name.")],
    log_format: Annotated[str, typer.Option("--format", help=_FORMATS)],
    profile: Annotated[str | None, typer.Option("--profile", help="A profile file, or one that ships.")] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", help="Zone of times without an offset.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="The system's name in accounts and resources.")] = None,
    cadence: Cadence = None,
    keeps_days: KeepsDays = None,
) -> None:
    """Set up a source of access logs."""
    installation: Installation = context.obj()
    with installation.change() as work:
        zone = time_zone or work.zone.key
        text = find_profile(profile) if profile else ""
        request = SourceRequest(name, log_format, text, zone, system or name)
        source = add_source(work.session, request, now=work.now, by=work.by)
        added = _told(source, _expect(work, source, cadence, keeps_days))
    say(added)


def change(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The source's name.")],
    log_format: Annotated[str | None, typer.Option("--format", help=_FORMATS)] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="A profile file, or one that ships; none for the plain format.")
    ] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", help="Zone of times without an offset.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="The system's name in accounts and resources.")] = None,
    cadence: Cadence = None,
    keeps_days: KeepsDays = None,
) -> None:
    """Correct a source in what is given, and say which imported logs were read otherwise."""
    installation: Installation = context.obj()
    with installation.change() as work:
        the_entity(work.session, work.now)
        text = None if profile is None else "" if profile == _NO_PROFILE else find_profile(profile)
        asked = SourceChange(log_format, text, time_zone, system)
        source = set_source(work.session, name, asked, now=work.now, by=work.by)
        told = _told(source, _expect(work, source, cadence, keeps_days))
        otherwise = describe_source(work.session, source, work.settings.data_dir).read_otherwise
        lines = [
            f"  import {log.number}, {log.file_name}: {counted(log.added, 'access', 'accesses')}" for log in otherwise
        ]
    say(told)
    if lines:
        notice(
            f"{counted(len(lines), 'log was', 'logs were')} read before this change, and stay so until the same files "
            "are imported again."
        )
        for line in lines:
            notice(line)


def sources(context: typer.Context) -> None:
    """List the sources: how each is set up, and what was imported of it."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)
        lines = [line for one in list_sources(work.session, work.settings.data_dir) for line in _lines(one, work.zone)]
    say_lines(lines or ["There is no source yet."])


def _expect(work: Work, source: Source, cadence: str | None, keeps_days: int | None) -> Expected:
    return expect_logs(work.session, source.name, cadence=cadence, keeps_days=keeps_days, now=work.now, by=work.by)


def _told(source: Source, expected: Expected) -> str:
    of_profile = profile_of(source).times.zone
    zone = f"{of_profile}, as the profile says" if of_profile else source.time_zone
    of = f"Source {source.name}: {source.format} logs of {source.system}, times without an offset in {zone}."
    cadence = f" Accesses: {IN_WORDS[expected.cadence]}." if expected.cadence else ""
    keeps = f" It keeps its own trail for {counted(expected.keeps_days, 'day')}." if expected.keeps_days else ""
    return f"{of}{cadence}{keeps}"


def _lines(one: ListedSource, zone: ZoneInfo) -> Iterator[str]:
    yield _told(one.source, one.expected)
    about = profile_of(one.source).about.strip().partition("\n")[0] if one.source.profile else "none; plain headings"
    yield f"  profile: {about or 'one of its own'}"
    yield f"  {one.records_what}"
    for field in one.fields:
        yield f"  {field}"
    span = "no access yet"
    if one.first and one.last:
        span = f"{local_text(one.first, zone)} to {local_text(one.last, zone)}"
    yield f"  logs: {one.logs:,}, accesses: {one.accesses:,}, unreadable records: {one.unreadable:,}; {span}"
    if one.read_otherwise:
        numbers = listed([log.number for log in one.read_otherwise], _MOST_NUMBERS)
        yield f"  read before its last change: imports {numbers}; import the same files again to read them anew"


def profiles() -> None:
    """List the profiles that ship with the product."""
    for name in shipped_profiles():
        say(name)
