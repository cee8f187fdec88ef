"""`thirteen demo`: the whole main job on a sample city whose planted cases are known."""

import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml

from access.import_kinds import IMPORT_KINDS
from access.import_roster import RosterImporter
from app.compare_with_truth import compare_with_truth
from app.data_folder import open_data_folder
from app.demo_corrections import Corrections
from app.demo_detection import show_detection
from app.demo_not_seen import show_not_seen
from app.demo_published import show_published
from app.demo_purposes import show_purposes
from app.demo_request import show_request
from app.demo_reviews import show_review, show_review_of_inventory
from app.newest_time import newest_time
from app.sample_city.later_roster import ROSTER_DAY
from app.sample_city.logs import SampleLog
from app.sample_city.sign_ins import PASSWORD, SIGN_INS, add_sign_ins
from app.sample_city.write_sample_city import SampleCity, write_sample_city
from audit.audit_receipt import AuditReceipt, receipt_lines
from audit.logs.expected_logs import expect_logs
from audit.logs.import_log import import_logs
from audit.logs.sources import SourceRequest, add_source
from audit.run_audit import AuditRequest, run_audit
from config.clock import day_text
from config.errors import Conflict
from config.settings import Settings
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from config.tables.say_receipt import say_receipt
from config.terminal import say, say_done, say_lines, show_progress, who_asks
from config.work import Installation
from inventory.entity_time import entity_zone
from inventory.set_up_entity import EntityRequest, set_up_entity
from reports.produce_report import REPORTS, produce_report
from reports.report_request import ReportRequest

_MARK = ".written-by-thirteen-demo"
_UNFAMILIAR = "ledger"
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
    _begin("1. What the city knows: its data, its people, and what their work requires")
    _set_up(installation, city)
    _import_tables(installation, city)
    if city.roster:
        _begin(f"2. A later roster says who left, moved or came back by {day_text(ROSTER_DAY)}")
        _import_roster(installation, city.roster)
    _begin("3. The access logs of its systems, one of which nobody knew how to read")
    show_detection(next(log for log in city.logs if log.system == _UNFAMILIAR), folder)
    _import_logs(installation, city)
    _begin("4. The audit decides every access; two things were entered wrong, as we shall see")
    audited = _audit(installation)
    if city.slips:
        _put_right(Corrections(installation, city, city.slips, audited))
    _begin("8. What was planted in the logs, and what was found")
    agreed = compare_with_truth(installation, city, folder / "decisions.parquet")
    show_purposes(installation, city.logs[0].system)
    _begin("9. What was not seen: an export that nobody made")
    agreed = show_not_seen(installation, city) and agreed
    _show_service(installation, folder)
    _begin("12. Workbooks to hand on")
    _write_workbooks(installation, folder)
    _say_where_to_look(settings)
    if not agreed:
        raise Conflict("What was found is not what was planted; this is a fault of the program.")


def _show_service(installation: Installation, folder: Path) -> None:
    _begin("10. The inventory is published, corrected, and published again")
    show_published(installation, folder)
    add_sign_ins(installation)
    _begin("11. An access review: is each grant still needed? Half of the answers are in; and a request")
    show_review(installation)
    show_review_of_inventory(installation)
    show_request(installation, "employee")


def _say_where_to_look(settings: Settings) -> None:
    program = "thirteen" if shutil.which("thirteen") else sys.argv[0]
    say_done(f"Look around with: {program} --data-dir {settings.data_dir} findings")
    say("Or in a browser: make serve, then http://localhost:8013, as one of these:")
    for one in SIGN_INS:
        say(f"  {one.login:<14}what {one.shown_to} see")
    say(f"  each with the password: {PASSWORD}")


def _begin(what: str) -> None:
    """Say what the next step shows."""
    say("")
    say(what)


def _put_right(corrections: Corrections) -> None:
    slips = corrections.slips
    not_so = f"the clock of {slips.source} is not {slips.time_zone}"
    _begin(f"5. A corrected source: {not_so}, so its log is read anew, from a watched folder")
    corrections.correct_source()
    _begin("6. An undo: a file in which one column was sorted without the others is taken back")
    corrections.take_back_resources()
    _begin(f"7. A correction: {slips.series} had been entered with any action; the right file replaces it")
    corrections.correct_work_access()


def _write_city(folder: Path, seed: int, events: int, employees: int) -> SampleCity:
    progress = show_progress()
    progress.step("Writing the sample city")
    try:
        return write_sample_city(
            folder, seed=seed, events=events, employees=employees, later_roster=True, slips=True, loses_week=True
        )
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
            source = _source(log)
            if city.slips and log.system == city.slips.source:
                source = replace(source, time_zone=city.slips.time_zone)
            add_source(work.session, source, now=work.now, by=work.by)
            expect_logs(work.session, log.system, cadence=log.cadence, keeps_days=None, now=work.now, by=work.by)


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
    files = {**city.files, "work-access": city.slips.work_access} if city.slips else city.files
    for kind, path in files.items():
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


def _audit(installation: Installation) -> AuditReceipt:
    receipt = run_audit(installation, AuditRequest())
    say_lines(receipt_lines(receipt))
    return receipt


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
