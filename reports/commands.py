"""The command line's door to workbooks and decisions."""

from pathlib import Path
from typing import Annotated

import typer

from config.clock import read_end, read_start
from config.known_then import check_has_come
from config.settings import DecidingEngine
from config.terminal import notice, read_option, say_done
from config.texts import counted
from config.work import Installation
from reports.not_seen import coverage_in, say_not_seen
from reports.produce_report import REPORTS, produce_report
from reports.report_request import ReportRequest
from reports.write_decisions import DecisionsRequest, write_decisions

From = Annotated[str | None, typer.Option("--from", help="First day of the accesses, or an instant.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, or an instant that is not included.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(REPORTS)}.")],
    out: Annotated[Path, typer.Option("--out", help="The workbook to write, FILE.xlsx.")],
    start: From = None,
    end: To = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The instant that matters (default: now).")] = None,
    known_at: KnownAt = None,
    unused_days: Annotated[
        int | None,
        typer.Option("--days", min=1, max=36_500, help="Unused for so many days (unused-access; default: 90)."),
    ] = None,
    run: Annotated[int | None, typer.Option("--run", help="The findings of this run, such as a question's.")] = None,
    finding: Annotated[
        str | None,
        typer.Option("--finding", help="One finding by its key: a sheet with the drawing that shows why (findings)."),
    ] = None,
    review: Annotated[
        int | None, typer.Option("--review", help="The access review of this number (access-review; default: newest).")
    ] = None,
) -> None:
    """Write a workbook that can be handed on as it is."""
    installation: Installation = context.obj()
    installation.progress.step(f"Writing {out.name}")
    with installation.writing_to(out), installation.read() as work:
        request = ReportRequest(
            name=name,
            out=out,
            as_of=read_option(as_of, "--as-of", read_start, work.zone),
            start=read_option(start, "--from", read_start, work.zone),
            end=read_option(end, "--to", read_end, work.zone),
            known_at=read_option(known_at, "--known-at", read_start, work.zone),
            unused_days=unused_days,
            run=run,
            finding=finding,
            review=review,
        )
        written = produce_report(work.session, request, work.settings, now=work.now, clock=work.clock)
    rows = ", ".join(f"{sheet.name} ({counted(sheet.rows, 'row')})" for sheet in written.sheets)
    say_done(f"{written.path}: {rows}.")


def decisions(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            help="FILE.csv, FILE.json or FILE.parquet, for other programs: in a spreadsheet, a cell that begins with = "
            "may calculate; the report decisions is for people.",
        ),
    ],
    start: From = None,
    end: To = None,
    known_at: KnownAt = None,
    engine: Annotated[
        DecidingEngine | None, typer.Option("--engine", help="What decides, duckdb or spark (default: duckdb).")
    ] = None,
) -> None:
    """Write every access with its verdict, its reason and the grant it rests on."""
    base: Installation = context.obj()
    installation = base.deciding_on(engine)
    installation.progress.step(f"Writing {out.name}")
    with installation.writing_to(out), installation.read() as work:
        known = read_option(known_at, "--known-at", read_start, work.zone)
        check_has_come(known, work.now)
        request = DecisionsRequest(
            out=out,
            start=read_option(start, "--from", read_start, work.zone),
            end=read_option(end, "--to", read_end, work.zone),
            known_at=known or work.now,
        )
        count = write_decisions(work.session, request, work.settings)
        not_seen = say_not_seen(coverage_in(work, request.start, request.end))
    if not_seen:
        notice(not_seen)
    say_done(f"{out}: {count:,} decisions.")
