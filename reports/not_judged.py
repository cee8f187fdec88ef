"""What an audit did not judge, or could not, and why: nothing is passed off as fine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from access.facts import Facts
from access.machine_accounts import machine_evidence
from audit.logs.models import LogImport
from audit.models import AuditRun
from config.clock import ALWAYS, FOREVER, MOMENT, microseconds
from reports.about import About
from reports.finding_tallies import FindingTallies
from reports.folders import folder_of
from reports.legal_basis import LEGAL_BASIS
from reports.sheets import CellValue, Column, ColumnKind, Sheet

_MOST_LISTED = 200
_UNKNOWN_ACCOUNT = "unknown_account"
_NOTE = (
    "These accesses and records are neither authorized nor unauthorized: they were left out, could not be read, or the "
    f"record does not suffice to tell. Of resources and accounts the {_MOST_LISTED} with most accesses are listed."
)
_Row = tuple[CellValue, ...]  # kind, what, where, number, why and what to do


def not_judged_sheet(
    tallies: FindingTallies,
    facts: Facts,
    runs: Sequence[AuditRun],
    imports: Sequence[LogImport],
    rejects: Mapping[int, int],
    about: About,
) -> Sheet:
    """Lay out what was not judged.

    Args:
        tallies: Of the findings that stand.
        facts: Everything known.
        runs: All audits, the newest first.
        imports: All imported logs, in the order of their import.
        rejects: How many unreadable records that each import was the first to bring wait for repair, by its id.
        about: The report's circumstances.
    """
    return Sheet(
        title="Not judged",
        heading="What was not judged, and why",
        notes=[_NOTE],
        columns=[
            Column("Kind", 24, ColumnKind.WRAPPED),
            Column("What", 40, ColumnKind.WRAPPED),
            Column("Where", 30, ColumnKind.WRAPPED),
            Column("Number", 11, ColumnKind.INTEGER),
            Column("Why, and what to do", 56, ColumnKind.WRAPPED),
        ],
        rows=[
            *_left_out(runs, about),
            *_not_audited(imports, runs),
            *_unread(imports, rejects),
            *_unresolved(tallies),
            *_untestable(facts),
            *_most_frequent(tallies, "uninventoried_resource", "Resource without a series"),
            *_most_frequent(tallies, _UNKNOWN_ACCOUNT, "Account of nobody known"),
        ],
        empty="Everything that was imported was judged.",
    )


def newest_runs(runs: Iterable[AuditRun]) -> Iterator[AuditRun]:
    """Leave out the audits whose whole range was audited again by newer ones; the newest come first."""
    newer: list[tuple[int, int]] = []
    for run in runs:
        if not _covered(*_range(run), newer):
            yield run
        newer.append(_range(run))


def _range(run: AuditRun) -> tuple[int, int]:
    return _edge(run.range_start, ALWAYS), _edge(run.range_end, FOREVER)


def _edge(instant: datetime | None, where_open: int) -> int:
    return where_open if instant is None else microseconds(instant)


def _covered(start: int, end: int, ranges: Iterable[tuple[int, int]]) -> bool:
    """Say whether ranges together hold all of [start, end)."""
    for first, after in sorted(ranges):
        if first > start:
            return False
        start = max(start, after)
        if start >= end:
            return True
    return False


def _left_out(runs: Sequence[AuditRun], about: About) -> Iterator[_Row]:
    for run in newest_runs(runs):
        if run.out_of_scope:
            yield (
                "Out of scope",
                "accesses to resources that are mapped to “ignore”",
                f"audit of {about.say(run.run_at)}, {about.of_range(run.range_start, run.range_end)}",
                run.out_of_scope,
                LEGAL_BASIS["ignored"].what_to_do,
            )


def _not_audited(imports: Iterable[LogImport], runs: Sequence[AuditRun]) -> Iterator[_Row]:
    for log in imports:
        if log.first_time is None or log.last_time is None or not log.added:
            continue
        since = [_range(run) for run in runs if run.logs_known_at >= log.imported_at]
        after_last = microseconds(log.last_time + MOMENT)
        if not _covered(microseconds(log.first_time), after_last, since):
            yield (
                *("Not audited yet", "accesses of a log, some or all of them", f"{log.file_name} ({log.source})"),
                log.added,
                "No audit has covered all of its times since it was imported. Audit that range.",
            )


def _unread(imports: Iterable[LogImport], rejects: Mapping[int, int]) -> Iterator[_Row]:
    for log in imports:
        where = f"{log.file_name} ({log.source})"
        if unreadable := rejects.get(log.id, 0):
            yield (
                *("Unreadable records", "records that could not be read; they are kept", where, unreadable),
                "Export them, repair what can be repaired, and import them again.",
            )
        if log.passed_over:
            yield (
                *("Passed over", "records that the source's profile takes for no accesses", where, log.passed_over),
                "Look through the profile's conditions now and then: what is too wide hides accesses.",
            )


def _unresolved(tallies: FindingTallies) -> Iterator[_Row]:
    unresolved = {reason: tally.unresolved_events for reason, tally in tallies.by("reason").items() if tally.unresolved}
    for reason, events in sorted(unresolved.items(), key=lambda item: (-item[1], item[0])):
        yield "Unresolved", LEGAL_BASIS[reason].in_words, "findings", events, LEGAL_BASIS[reason].what_to_do


def _untestable(facts: Facts) -> Iterator[_Row]:
    for series in facts.series.values():
        if series.untestable and not series.public:
            parts = "; ".join(f"“{part}”" for part in series.untestable)
            yield (
                *("Series that cannot be tested", f"{series.name} ({series.code})", f"work access text: {parts}"),
                len(series.untestable),
                LEGAL_BASIS["untestable_access"].what_to_do,
            )


def _most_frequent(tallies: FindingTallies, reason: str, kind: str) -> Iterator[_Row]:
    """List what the findings of a reason are about, most accesses first; say how many more there are."""
    ordered = sorted(_gathered(tallies.unmapped[reason], reason), key=lambda item: (-item[1], item[0]))
    for (what, sources), events in ordered[:_MOST_LISTED]:
        evidence = machine_evidence(what) if reason == _UNKNOWN_ACCOUNT else ""
        whose = f"{kind}, by its form a machine's or the system's" if evidence else kind
        yield whose, what or "(none given)", sources, events, LEGAL_BASIS[reason].what_to_do
    rest = ordered[_MOST_LISTED:]
    if rest:
        accesses = sum(events for _, events in rest)
        yield kind, f"and {len(rest):,} more", "", accesses, "The sheet “Findings” has them all."


def _gathered(unmapped: Mapping[tuple[str, str], int], reason: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Put together the resources of one folder; accounts, and what lies in none, stay alone."""
    folders: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (what, sources), events in unmapped.items():
        folder = folder_of(what) if reason == "uninventoried_resource" else ""
        folders[folder, sources][what] = events
    for (folder, sources), inside in folders.items():
        if folder and len(inside) > 1:
            yield (f"{len(inside):,} resources in {folder}", sources), sum(inside.values())
        else:
            yield from (((what, sources), events) for what, events in inside.items())
