"""The command line's door to sources, logs, audits and findings."""

import csv
import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console, JustifyMethod
from rich.table import Table

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.explain_access import explain
from audit.logs.export_rejects import export_rejects
from audit.logs.formats.log_file import check_file
from audit.logs.import_log import import_log
from audit.logs.profiles.reading import find_profile, read_profile, shipped_profiles
from audit.logs.sources import SourceRequest, add_source, find_source
from audit.note_finding import STATUSES, note_finding
from audit.queries import StandingFinding, standing_findings
from audit.run_audit import AuditRequest, receipt_lines, run_audit
from config.bulk import open_bulk
from config.clock import read_end, read_start, utc_text
from config.terminal import notice, read_option, say, shown, working
from config.work import Installation
from inventory.queries import SeriesNames, all_series, the_entity

commands = typer.Typer()
source_commands = typer.Typer(no_args_is_help=True, help="Systems whose access logs are imported.")

From = Annotated[str | None, typer.Option("--from", help="First day, or an instant.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, or an instant that is not included.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]


@source_commands.command("add")
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
        say(f"Source {source.name}: {source.format} logs of {source.system}, times without an offset in {told}.")


@source_commands.command("profiles")
def profiles() -> None:
    """List the profiles that ship with the product."""
    for name in shipped_profiles():
        say(name)


def import_log_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Log files, plain or gzip.", readable=False)],
    source: Annotated[str, typer.Option("--source", help="The source whose logs they are.")],
) -> None:
    """Import access logs; a record that is known already adds nothing."""
    installation: Installation = context.obj()
    with installation.read() as work:
        the_entity(work.session, work.now)  # refuses where there is none yet
    for file in files:
        check_file(file)
    for file in files:
        with working(f"Importing {file.name}"), installation.change() as work:
            found = find_source(work.session, source)
            receipt = import_log(work.session, file, found, work.settings, now=work.now, by=work.by)
            line = str(receipt)
        for text in receipt.notices:
            notice(text)
        say(line)


@commands.command("audit")
def audit(
    context: typer.Context,
    start: From = None,
    end: To = None,
    known_at: KnownAt = None,
    logs_known_at: Annotated[
        str | None, typer.Option("--logs-known-at", help="With the logs that had been imported by then (default: all).")
    ] = None,
) -> None:
    """Decide the accesses, cross-examine the decisions, write findings."""
    installation: Installation = context.obj()
    with working("Auditing"), installation.change() as work:
        request = AuditRequest(
            read_option(start, "--from", read_start, work.zone),
            read_option(end, "--to", read_end, work.zone),
            read_option(known_at, "--known-at", read_start, work.zone) or work.now,
            read_option(logs_known_at, "--logs-known-at", read_start, work.zone),
        )
        receipt = run_audit(work.session, request, work.settings, now=work.now, by=work.by)
        lines = receipt_lines(receipt)
    for text in receipt.notices:
        notice(text)
    for line in lines:
        say(line)


class Layout(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@commands.command("findings")
def findings(
    context: typer.Context,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List the findings that stand."""
    installation: Installation = context.obj()
    with installation.read() as work:
        _WRITERS[layout](work.zone, [_as_row(one) for one in standing_findings(work.session)])


def _as_row(one: StandingFinding) -> dict[str, object]:
    return {
        "key": one.finding.key,
        "who": one.finding.who,
        "what": one.finding.what,
        "reason": one.finding.reason,
        "verdict": one.finding.verdict,
        "month": one.finding.month,
        "events": one.figures.events,
        "first": utc_text(one.figures.first),
        "last": utc_text(one.figures.last),
        "subjects": one.figures.subjects,
        "status": one.finding.status,
        "explanation": one.figures.explanation,
    }


def _write_json(zone: ZoneInfo, rows: list[dict[str, object]]) -> None:  # noqa: ARG001 - as the other writers
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
    say("")


def _write_csv(zone: ZoneInfo, rows: list[dict[str, object]]) -> None:  # noqa: ARG001 - as the other writers
    names = [
        "key",
        "who",
        "what",
        "reason",
        "verdict",
        "month",
        "events",
        "first",
        "last",
        "subjects",
        "status",
        "explanation",
    ]
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _write_table(zone: ZoneInfo, rows: list[dict[str, object]]) -> None:
    table = Table(box=None, pad_edge=False)
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, emoji=False, highlight=False, width=_WIDE)
    headings = ["month", "who", "what", "reason", "events", f"last\n({zone.key})", "status", "key"]
    narrow = console.width < _ALL_COLUMNS
    if narrow:
        del headings[5:7]
    for heading in headings:
        justify: JustifyMethod = "right" if heading == "events" else "left"
        table.add_column(heading, overflow="fold", justify=justify, no_wrap=heading not in {"who", "what"})
    for row in rows:
        last = datetime.fromisoformat(str(row["last"])).astimezone(zone)
        about = [] if narrow else [f"{last:%Y-%m-%d %H:%M}", str(row["status"])]
        cells = [row["month"], row["who"], row["what"], row["reason"], f"{row['events']:,}", *about, row["key"]]
        table.add_row(*(shown(str(cell)) for cell in cells))
    console.print(table)
    if narrow:
        say(f"A terminal of {_ALL_COLUMNS} columns shows the last access and the status too.")
    say(f"{len(rows):,} findings. What is found is possible unauthorized access; people decide what it was.")


# What a pipe or a file gets, where there is no terminal to fit into; and what all columns need.
_WIDE, _ALL_COLUMNS = 200, 120
_WRITERS = {Layout.TABLE: _write_table, Layout.JSON: _write_json, Layout.CSV: _write_csv}


@commands.command("note")
def note(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The finding's key, as thirteen findings shows it.")],
    status: Annotated[str | None, typer.Option("--status", help=f"One of: {', '.join(STATUSES)}.")] = None,
    text: Annotated[str, typer.Option("--note", help="What was learnt.")] = "",
) -> None:
    """Note on a finding what was learnt, or how far its review has come."""
    installation: Installation = context.obj()
    with installation.change() as work:
        finding = note_finding(work.session, key, status=status, note=text, now=work.now, by=work.by)
        say(f"Finding {finding.key} is {finding.status}; recorded.")


@commands.command("explain")
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
        known = read_option(known_at, "--known-at", read_start, work.zone) or work.now
        time = read_option(instant, "--at", read_start, work.zone) or work.now
        code = SeriesNames(all_series(work.session, known)).find(series).code
        facts = load_facts(work.session, at=known, graces=work.settings.graces())
    policy = Policy(facts, open_bulk(installation.settings))
    decision = explain(
        policy,
        CaseBuilder(policy),
        employee_id=employee,
        series=code,
        time=time,
        action=action.strip().casefold(),
        purpose=purpose,
    )
    say(f"{decision.verdict}: {decision.reason}")
    say(decision.explanation)
    if decision.grant is not None:
        say(f"Grant {decision.grant.grant_id}.")


@commands.command("rejects")
def rejects(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", help="The source whose unreadable records are wanted.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write them.")],
) -> None:
    """Write a source's unreadable records to a file, to be repaired and imported again."""
    installation: Installation = context.obj()
    with installation.read() as work:
        exported = export_rejects(work.session, source, out, work.settings)
    if exported.files:
        say(f"{exported.records:,} unreadable records written to {', '.join(map(str, exported.files))}.")
    else:
        say(f"All records of {source} could be read; nothing was written.")
