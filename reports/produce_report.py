"""Produce a report: ask the record, lay out what it says, write the workbook."""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.facts import Facts
from access.load_facts import Timing, load_facts
from access.resolve_grants import Policy
from audit.masked_subjects import mask_subjects
from audit.read_finding import read_finding
from audit.reason_quality import judging_reasons
from audit.run_views import the_run
from config.bulk import open_bulk, plain_faults
from config.clock import month_span
from config.errors import Invalid, NotFound
from config.known_then import check_has_come
from config.settings import Settings
from config.work import Work
from inventory.entity_time import entity_time, entity_zone
from inventory.queries import all_series, the_entity
from reports.about import About
from reports.access_in_force import count_reached, find_access_in_force, ways_in_force
from reports.access_matrix import AccessRecords, access_matrix
from reports.check_options import OPTIONS, check_options
from reports.decisions import check_range, count_by_reason, deciding, decision_rows
from reports.decisions_report import DecisionRecords, decisions_report
from reports.dossier import Dossier
from reports.finding_history import finding_histories
from reports.finding_report import MOST_ACCESSES, finding_report
from reports.findings_report import FindingsRecords, findings_report
from reports.grant_uses import stated_access, uses_of_duties
from reports.inventory_issues_report import inventory_issues_report
from reports.inventory_report import InventoryRecords, inventory_report
from reports.listed_findings import ListedFindings
from reports.not_seen import coverage_in, coverage_of, say_not_seen
from reports.queries import (
    audit_runs,
    log_imports,
    logs_until,
    officers_at,
    part_resolutions,
    rejects_waiting,
    temporary_duties,
)
from reports.reason_counts import counts_by_person, counts_by_source, poor_reasons
from reports.reason_quality_report import ReasonRecords, reason_quality_report
from reports.report_request import ReportRequest
from reports.review_sheets import review_sheets
from reports.sheets import Cover, Sheet
from reports.temporary_duties_report import DutyRecords, temporary_duties_report
from reports.unused_access import UnusedRecords, unused_access_report
from reports.workbook import WrittenWorkbook, write_workbook


def produce_report(
    session: Session, request: ReportRequest, settings: Settings, *, now: datetime, clock: datetime | None = None
) -> WrittenWorkbook:
    """Write a report to a workbook that can be handed on as it is; nothing is recorded.

    Args:
        now: By which all is known that is recorded.
        clock: The present instant where that is another, as in a record that is ahead of the clock.

    Raises:
        NotFound: There is no such report, or no entity yet.
        Invalid: The range ends before it begins, the report knows nothing of an option, or the file cannot be written
            there.
        Conflict: The file that stands there may not be replaced, or the disk is full.
    """
    if request.name not in REPORTS:
        raise NotFound(f'There is no report "{request.name}"; the reports are {", ".join(REPORTS)}.')
    check_range(request.start, request.end)
    if request.unused_days is not None and request.unused_days < 1:
        raise Invalid("Access is unused for one day or more; give a number of days from 1 on.")
    report = REPORTS[request.name]
    check_options(request.name, {option: getattr(request, option) for option in OPTIONS}, report.options)
    check_has_come(request.known_at, now)
    known_at = request.known_at or now
    entity = the_entity(session, known_at)
    about = About(
        entity=entity.name,
        zone=ZoneInfo(entity.time_zone),
        produced_at=now,
        known_at=known_at,
        as_of=request.as_of or clock or now,
        start=request.start,
        end=request.end,
        masks_subjects=request.masks_subjects,
    )
    # asked and laid out only as the workbook is written: rows may be millions
    with closing(report.make(_Asking(session, request, settings, about))) as sheets:
        return write_workbook(
            request.out, sheets, title=report.title, entity=entity.name, zone=about.zone, produced_at=now
        )


@dataclass(frozen=True)
class _Asking:
    """What makers ask with, and what they were asked."""

    session: Session
    request: ReportRequest
    settings: Settings
    about: About

    def facts(self) -> Facts:
        return load_facts(self.session, at=self.about.known_at, graces=self.settings.graces())

    def about_logs(self, about: About) -> About:
        """Add to the circumstances what the logs of that time did not hold."""
        return replace(self.about, not_seen=say_not_seen(coverage_of(self.session, self.settings, about)))


_Sheets = Generator[Cover | Sheet | Dossier, None, None]
_UNUSED_DAYS = 90


def _inventory(asking: _Asking) -> _Sheets:
    yield from inventory_report(_inventory_records(asking), asking.about)


def _inventory_issues(asking: _Asking) -> _Sheets:
    yield from inventory_issues_report(_inventory_records(asking), asking.about)


def _inventory_records(asking: _Asking) -> InventoryRecords:
    session, known_at = asking.session, asking.about.known_at
    return InventoryRecords(
        the_entity(session, known_at),
        all_series(session, known_at),
        officers_at(session, asking.about.as_of, at=known_at),
        asking.facts(),
    )


def _access_matrix(asking: _Asking) -> _Sheets:
    session, known_at = asking.session, asking.about.known_at
    with closing(open_bulk(asking.settings)) as connection, plain_faults():
        policy = Policy(asking.facts(), connection)
        find_access_in_force(policy, asking.about.as_of)
        records = AccessRecords(
            facts=policy.facts,
            series=sorted(all_series(session, known_at), key=lambda row: row.code),
            ways=ways_in_force(policy),
            counted=count_reached(policy),
            resolutions=part_resolutions(session, at=known_at),
        )
        yield from access_matrix(records, asking.about)


def _findings(asking: _Asking) -> _Sheets:
    if asking.request.finding is not None:
        yield from _one_finding(asking, asking.request.finding)
        return
    session, run = asking.session, asking.request.run
    asked = None if run is None else the_run(session, run)
    if asked is not None:
        asking = replace(asking, about=replace(asking.about, known_at=asked.known_at))
    coverage = coverage_of(
        session,
        asking.settings,
        asking.about,
        at=asked.logs_known_at if asked else None,
        whole_months=True,
    )
    asking = replace(asking, about=replace(asking.about, not_seen=say_not_seen(coverage)))
    records = FindingsRecords(
        findings=ListedFindings(session, *asking.about.months(), run, asking.about.zone),
        facts=asking.facts(),
        runs=audit_runs(session),
        imports=log_imports(session),
        rejects=rejects_waiting(session, asking.settings.data_dir),
        histories=finding_histories(session, asking.about.zone),
        coverage=coverage,
        asked=asked,
    )
    yield from findings_report(records, asking.about)


def _one_finding(asking: _Asking, key: str) -> _Sheets:
    about = asking.about
    work = Work(asking.session, about.known_at, about.as_of, "", asking.settings, entity_zone)
    details = read_finding(work, None, key, accesses=MOST_ACCESSES)
    details = mask_subjects(details) if asking.request.masks_subjects else details
    start, end = month_span(details.finding.month, about.zone)
    sources = details.finding.sources.split("; ")
    seen = [one for one in coverage_in(work, start, end) if one.source in sources]
    yield from finding_report(details, replace(about, not_seen=say_not_seen(seen)))


def _temporary_duties(asking: _Asking) -> _Sheets:
    session, request = asking.session, asking.request
    with deciding(
        session, asking.settings, known_at=asking.about.known_at, start=request.start, end=request.end
    ) as decided:
        timing = Timing(entity_time(session, asking.about.known_at), asking.settings.graces())
        duties = temporary_duties(session, at=asking.about.known_at)
        records = DutyRecords(duties, decided.policy.facts, uses_of_duties(decided), timing)
    yield from temporary_duties_report(records, asking.about_logs(asking.about))


def _unused_access(asking: _Asking) -> _Sheets:
    session, request = asking.session, asking.request
    with deciding(session, asking.settings, known_at=asking.about.known_at, end=asking.about.as_of) as decided:
        find_access_in_force(decided.policy, asking.about.as_of)
        records = UnusedRecords(
            stated=stated_access(decided),
            facts=decided.policy.facts,
            logs_until=logs_until(decided.policy.facts, log_imports(session)),
            days=request.unused_days or _UNUSED_DAYS,
        )
    days = timedelta(days=records.days)
    of_days = replace(asking.about, start=asking.about.as_of - days, end=asking.about.as_of)
    yield from unused_access_report(records, asking.about_logs(of_days))


def _decisions(asking: _Asking) -> _Sheets:
    request = asking.request
    with deciding(
        asking.session, asking.settings, known_at=asking.about.known_at, start=request.start, end=request.end
    ) as decided:
        rows = decision_rows(decided, masks_subjects=request.masks_subjects)
        records = DecisionRecords(rows, count_by_reason(decided), decided.policy.facts)
        yield from decisions_report(records, asking.about_logs(asking.about))


def _reason_quality(asking: _Asking) -> _Sheets:
    session, about = asking.session, asking.about_logs(asking.about)
    with judging_reasons(
        session, asking.settings, known=about.known_at, start=asking.request.start, end=asking.request.end
    ) as judged:
        records = ReasonRecords(
            counts_by_person(judged),
            counts_by_source(judged),
            poor_reasons(judged),
            judged.facts,
            judged.has_cases,
            judged.with_pattern,
        )
        yield from reason_quality_report(records, about)


def _access_review(asking: _Asking) -> _Sheets:
    yield from review_sheets(asking.session, asking.request.review, asking.about)


@dataclass(frozen=True)
class _Report:
    """A report's title, who asks for its records and lays them out, and the options that change what it says."""

    title: str
    make: Callable[[_Asking], _Sheets]
    options: tuple[str, ...]


REPORTS: Mapping[str, _Report] = {
    "inventory": _Report("Data inventory", _inventory, ("as_of", "known_at")),
    "inventory-issues": _Report("Issues of the data inventory", _inventory_issues, ("as_of", "known_at")),
    "access-matrix": _Report("Access matrix", _access_matrix, ("as_of", "known_at")),
    "findings": _Report("Findings of the access audit", _findings, ("start", "end", "run", "finding")),
    "temporary-duties": _Report(
        "Register of temporary duties", _temporary_duties, ("as_of", "start", "end", "known_at")
    ),
    "unused-access": _Report("Unused access", _unused_access, ("as_of", "known_at", "unused_days")),
    "reason-quality": _Report("Quality of reasons", _reason_quality, ("start", "end", "known_at")),
    "access-review": _Report("Access review", _access_review, ("review",)),
    "decisions": _Report("Decisions", _decisions, ("start", "end", "known_at")),
}
