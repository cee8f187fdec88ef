"""The command line's door to listings of the record."""

from typing import Annotated

import typer

from access.list_record import ListRequest, list_record
from access.listings import LISTINGS
from config.clock import read_end, read_start
from config.row_layouts import Layout, row_lines
from config.terminal import read_option, say, say_data, say_lines, terminal_width
from config.texts import counted
from config.work import Installation

_KINDS = "; ".join(f"{kind}: {listing.about}" for kind, listing in LISTINGS.items())


def list_rows(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=f"One of: {_KINDS}.", metavar="KIND")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="In force on this day, or at this instant (default: today).")
    ] = None,
    match: Annotated[str, typer.Option("--match", help="Only rows in which this text occurs.")] = "",
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")
    ] = None,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List what is on the record, in force on a day."""
    installation: Installation = context.obj()
    with installation.read() as work:
        day = as_of or f"{work.clock.astimezone(work.zone):%Y-%m-%d}"
        start = read_option(day, "--as-of", read_start, work.zone) or work.now
        end = read_option(day, "--as-of", read_end, work.zone) or work.now
        known = read_option(known_at, "--known-at", read_start, work.zone)
        listed = list_record(work, ListRequest(kind, start, end, match, known))
    lines = row_lines(layout, listed.headings, listed.rows, terminal_width())
    if layout is not Layout.TABLE:
        say_data(lines)
        return
    say_lines(lines)
    say(f"{counted(len(listed.rows), 'row')}, in force on {day}.")
