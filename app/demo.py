"""`thirteen demo`: the whole main job on a sample city whose planted cases are known."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
import yaml

from access.import_kinds import IMPORT_KINDS
from access.import_roster import RosterImporter
from app.data_folder import open_data_folder
from app.newest_time import newest_time
from app.sample_city.later_roster import ROSTER_DAY
from app.sample_city.logs import SampleLog
from app.sample_city.sign_ins import PASSWORD, SIGN_INS, add_sign_ins
from app.sample_city.write_sample_city import SampleCity, write_sample_city
from audit.audit_receipt import receipt_lines
from audit.logs.import_log import import_logs
from audit.logs.sources import SourceRequest, add_source
from audit.run_audit import AuditRequest, run_audit
from config.errors import Conflict
from config.settings import Settings
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from config.tables.say_receipt import say_receipt
from config.terminal import say, say_done, show_progress, who_asks
from config.text_table import TextColumn, table_lines
from config.work import Installation
from inventory.queries import entity_zone
from inventory.set_up_entity import EntityRequest, set_up_entity
from reports.produce_report import REPORTS, ReportRequest, produce_report
from reports.write_decisions import DecisionsRequest, write_decisions

_MARK = ".written-by-thirteen-demo"
_END_OF_YEAR = datetime(2025, 12, 31, 18, tzinfo=UTC)


def demo(
    folder: Annotated[
        Path, typer.Option("--folder", help="Where to put the city, its data folder and workbooks.")
    ] = Path("sample-city"),
    events: Annotated[int, typer.Option("--events", min=1000, help="How many accesses its logs hold.")] = 200_000,
    employees: Annotated[int, typer.Option("--employees", min=60, help="How many people work for it.")] = 400,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same city.")] = 13,
) -> None:
    """Make a sample city, run the whole main job on it, and compare what was planted with what was found."""
    _clear(folder)
    city = _write_city(folder / "city", seed, events, employees)
    say(f"{city.entity}: {events:,} accesses, {sum(city.planted.values()):,} of them planted, in {city.folder}")
    settings = Settings(data_dir=folder / "thirteen-data", database_url=None)
    engine = open_data_folder(settings, create=True)
    installation = Installation(settings, engine, who_asks(), entity_zone, newest_time, progress=show_progress())
    _set_up(installation, city)
    _import_tables(installation, city)
    if city.roster:
        _import_roster(installation, city.roster)
    _import_logs(installation, city)
    _audit(installation)
    agreed = _compare(installation, city, folder)
    _write_workbooks(installation, folder)
    program = "thirteen" if shutil.which("thirteen") else sys.argv[0]
    add_sign_ins(installation)
    say_done(f"Look around with: {program} --data-dir {settings.data_dir} findings")
    say("Or in a browser: make serve, then http://localhost:8013, as one of these:")
    for one in SIGN_INS:
        say(f"  {one.login:<14}what {one.shown_to} see")
    say(f"  each with the password: {PASSWORD}")
    if not agreed:
        raise Conflict("What was found is not what was planted; this is a fault of the program.")


def _write_city(folder: Path, seed: int, events: int, employees: int) -> SampleCity:
    progress = show_progress()
    progress.step("Writing the sample city")
    try:
        return write_sample_city(folder, seed=seed, events=events, employees=employees, later_roster=True)
    finally:
        progress.end()


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise Conflict(f"{folder} holds files that no demo wrote. Choose another folder with --folder.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()


def _set_up(installation: Installation, city: SampleCity) -> None:
    request = EntityRequest(
        name=city.entity,
        time_zone=city.time_zone,
        responsible_authority=city.officers["responsible_authority"],
        responsible_authority_title="City Clerk",
        responsible_authority_address="100 Main Street, Otter Prairie, Minnesota",
        compliance_official=city.officers["compliance_official"],
    )
    with installation.change() as work:
        set_up_entity(work.session, request, now=work.now, by=work.by)
        for log in city.logs:
            add_source(work.session, _source(log), now=work.now, by=work.by)


def _source(log: SampleLog) -> SourceRequest:
    """Make the source of a log, with a profile where its fields are not the canonical ones."""
    plain = log.format == "csv" and all(name == field for name, field in log.fields.items())
    profile = {
        "about": f"Access log of {log.system} in the sample city.",
        "format": log.format,
        "fields": dict(log.fields),
        "times": {"formats": ["iso" if log.time_format == "iso8601" else log.time_format]},
        "actions": {
            action: [word for word, meant in log.actions.items() if meant == action]
            for action in dict.fromkeys(log.actions.values())
            if action != "other"
        },
    }
    text = "" if plain else yaml.safe_dump(profile, sort_keys=False)
    return SourceRequest(log.system, log.format, text, log.time_zone, log.system)


def _import_tables(installation: Installation, city: SampleCity) -> None:
    for kind, path in city.files.items():
        installation.progress.step(f"Importing {kind}")
        with installation.change() as work:
            importer = IMPORT_KINDS[kind](work.session, work.zone)
            receipt, _ = import_table(work.session, importer, ImportRequest(kind, path, {}), now=work.now, by=work.by)
        say(str(receipt))


def _import_roster(installation: Installation, path: Path) -> None:
    """Import the roster of autumn, by which some people left, moved or came back."""
    installation.progress.step(f"Importing {path.name}")
    options = ImportOptions(as_of=ROSTER_DAY)
    with installation.change() as work:
        importer = RosterImporter(work.session, work.zone, options)
        request = ImportRequest("roster", path, {}, options=options)
        receipt, rejects = import_table(work.session, importer, request, now=work.now, by=work.by)
    say_receipt(receipt, rejects, dry_run=False)


def _import_logs(installation: Installation, city: SampleCity) -> None:
    for log in city.logs:
        for receipt in import_logs(installation, [log.path], log.system):
            say(str(receipt))


def _audit(installation: Installation) -> None:
    for line in receipt_lines(run_audit(installation, AuditRequest())):
        say(line)


def _compare(installation: Installation, city: SampleCity, folder: Path) -> bool:
    """Show by reason what was planted, found, missed and wrong; say whether nothing was missed or wrong."""
    out = folder / "decisions.parquet"
    installation.progress.step("Comparing with what was planted")
    with installation.read() as work:
        request = DecisionsRequest(out, None, None, work.now)
        write_decisions(work.session, request, work.settings)
        compared = duckdb.execute(_COMPARED, [str(city.truth), str(out), str(out)]).fetchall()
    totals = [sum(row[place] for row in compared) for place in range(1, 5)]
    columns = [
        TextColumn("reason"),
        *(TextColumn(name, right=True) for name in ("planted", "found", "missed", "wrong")),
    ]
    rows = [[reason, *(f"{figure:,}" for figure in figures)] for reason, *figures in [*compared, ("in all", *totals)]]
    say("Planted and found")
    for line in table_lines(columns, rows):
        say(line)
    return totals[2:] == [0, 0]


# Missed: planted, but decided otherwise. Wrong: not planted so, but flagged with this reason.
_COMPARED = """
    WITH truth AS (
        SELECT log, record::BIGINT AS record, reason FROM read_csv(?, header = true, all_varchar = true)
    ),
    flagged AS (
        SELECT file AS log, record, reason FROM read_parquet(?) WHERE verdict IN ('unauthorized', 'unresolved')
    ),
    decided AS (SELECT file AS log, record, reason FROM read_parquet(?)),
    planted AS (
        SELECT t.reason, count(*) AS planted, count(*) FILTER (d.reason = t.reason) AS found
        FROM truth t LEFT JOIN decided d USING (log, record) GROUP BY t.reason
    ),
    wrong AS (
        SELECT f.reason, count(*) AS wrong FROM flagged f LEFT JOIN truth t USING (log, record)
        WHERE t.reason IS DISTINCT FROM f.reason GROUP BY f.reason
    )
    SELECT reason, coalesce(planted, 0), coalesce(found, 0), coalesce(planted - found, 0), coalesce(wrong, 0)
    FROM planted FULL JOIN wrong USING (reason) ORDER BY reason
"""


def _write_workbooks(installation: Installation, folder: Path) -> None:
    for name, report in REPORTS.items():
        out = folder / f"{name}.xlsx"
        # the sample city lives in 2025, so that is when its matrix and its unused access are looked at
        as_of = _END_OF_YEAR if "as_of" in report.options else None
        installation.progress.step(f"Writing {out.name}")
        with installation.read() as work:
            request = ReportRequest(name, out, as_of=as_of, start=None, end=None, known_at=None)
            produce_report(work.session, request, work.settings, now=work.now)
        say(f"Workbook {out}")
