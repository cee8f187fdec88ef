"""The command line's door to finding out what log files are."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from audit.logs.detect_log import Detected, DetectedField, detect_logs
from audit.logs.detecting.best_profile import PLAIN
from audit.logs.detecting.propose_profile import Proposal
from audit.logs.detecting.try_profile import Reading
from config.errors import Conflict, Invalid
from config.output_file import check_target, folder_beside, put_new_in_place
from config.terminal import say, say_done, say_lines
from config.texts import counted, listed, shortened

_MOST_FIELDS, _LONGEST_NAME, _MOST_OTHERS = 60, 34, 3


def detect(
    files: Annotated[list[Path], typer.Argument(help="Log files, plain or packed, or folders.", readable=False)],
    out: Annotated[
        Path | None, typer.Option("--out", help="A new file for the profile that is proposed, where none ships.")
    ] = None,
) -> None:
    """Find out what log files are, and which profile reads them; nothing is kept."""
    refused, proposed = list[Invalid](), 0
    for place, one in enumerate(detect_logs(files)):
        if place:
            say("")
        if isinstance(one, Invalid):
            say(str(one))
            refused.append(one)
            continue
        say_lines(lines_of(one, out))
        if one.proposal and out:
            proposed += 1
            if proposed > 1:
                raise Conflict(f"{out} has the profile of another file already; name one file at a time with --out.")
            _write(one.proposal.text, out)
    if refused and len(refused) == place + 1:
        raise typer.Exit(1)


def _write(text: str, out: Path) -> None:
    check_target(out, "The profile", (".yaml", ".yml"))
    with folder_beside(out) as folder:
        unfinished = folder / out.name
        unfinished.write_text(text, encoding="utf-8")
        put_new_in_place(out, unfinished)
    say_done(f"The profile was written to {out}.")


def lines_of(one: Detected, out: Path | None) -> Iterator[str]:
    """Say what was found out about a file, line by line.

    Args:
        out: The file to which a proposed profile goes; None = it is said here.
    """
    yield f"{one.name}: {one.kind.in_words}"
    if one.kind.encoding:
        yield f"  encoding: {one.kind.encoding}"
    whole = "all there are" if one.is_whole else "its first"
    yield f"  records looked at: {one.looked_at:,}, {whole}"
    if one.reading and one.zone:
        yield from _times(one.reading, one.zone.said)
    yield from _profile(one)
    yield from _fields(one.fields)
    if one.proposal:
        yield from _proposal(one.proposal, one.reading, out)
    yield from _to_go_on(one, out)


def _times(reading: Reading, zone: str) -> Iterator[str]:
    if span := reading.span():
        first, last = (f"{time:%Y-%m-%d %H:%M:%S}" for time in span)
        yield f"  times: {first} to {last}, as UTC where no zone is said"
    yield f"  zone in the times: {zone}"


def _profile(one: Detected) -> Iterator[str]:
    if one.fit is None:
        yield "  profile: none that ships reads it; one to start from is proposed below"
        for near in one.others[:1]:
            yield f"    the nearest is {near.name}: {_said(near.reading)}"
        return
    if one.fit.name == PLAIN:
        yield "  profile: none is needed, the fields have the names that are read by themselves"
    else:
        yield f"  profile: {one.fit.name}, which ships"
    yield f"    {_said(one.fit.reading)}"
    filled = one.fit.reading.filled
    if told := [name for name, count in filled.items() if count]:
        yield f"    fields it fills: {', '.join(['time', *told])}"
    if empty := [name for name, count in filled.items() if not count]:
        yield f"    empty in what was looked at: {', '.join(empty)}"
    if one.others:
        yield f"    these read much of it, too: {listed([other.name or 'none' for other in one.others], _MOST_OTHERS)}"


def _said(reading: Reading) -> str:
    accesses = counted(reading.accesses, "access", "accesses")
    return f"{accesses}, {reading.filtered:,} filtered, {reading.unreadable:,} unreadable"


def _fields(fields: tuple[DetectedField, ...]) -> Iterator[str]:
    if not fields:
        return
    yield "  fields, as the file names them:"
    for field in fields[:_MOST_FIELDS]:
        read_as = f" -> {', '.join(field.read_as)}" if field.read_as else ""
        yield f"    {shortened(field.name, _LONGEST_NAME)}{read_as}: {field.texts}"
    if len(fields) > _MOST_FIELDS:
        yield f"    and {len(fields) - _MOST_FIELDS:,} more"


def _proposal(proposal: Proposal, reading: Reading | None, out: Path | None) -> Iterator[str]:
    if proposal.missing:
        yield f"  It cannot be used yet: nothing was found for {', '.join(proposal.missing)}. Say it first."
    elif reading:
        yield f"  as the proposed profile reads it: {_said(reading)}"
    if out is None:
        yield "  the proposed profile (--out FILE.yaml writes it to a file):"
        yield from (f"    {line}" for line in proposal.text.splitlines())


def _to_go_on(one: Detected, out: Path | None) -> Iterator[str]:
    name = one.fit.name if one.fit else str(out or "FILE.yaml")
    profile = "" if name == PLAIN else f" --profile {shlex.quote(name)}"
    zone = " --time-zone ZONE" if one.zone and one.zone.is_missing else ""
    yield "To go on:"
    yield f"  thirteen source add NAME --format {one.log_format}{profile}{zone}"
    yield f"  thirteen import log {shlex.quote(str(one.path))} --source NAME --preview 5"
