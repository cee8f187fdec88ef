"""The findings that stand, for those who deal with them: in short, in numbers, in full, with history and law."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from access.facts import Facts
from audit.logs.coverage import SourceCoverage
from audit.logs.models import LogImport
from audit.models import AuditRun
from reports.about import About
from reports.coverage_sheet import coverage_sheet
from reports.finding_history import Histories, history_sheet, newest, newest_note
from reports.finding_tallies import by_largest, by_month, tally_findings
from reports.finding_words import NO_EMPLOYEE, FindingWords
from reports.findings_cover import findings_cover
from reports.findings_in_short import findings_in_short
from reports.legal_basis import LEGAL_BASIS, VERDICTS_IN_WORDS, legal_basis_sheet
from reports.listed_findings import ListedFinding
from reports.not_judged import not_judged_sheet
from reports.not_seen import not_seen_rows
from reports.sheets import CellValue, Column, ColumnKind, Cover, Sheet

_ABOUT_DEPARTMENTS = (
    "The department of the employee at the time of the finding's last access; “formerly” where no position was held "
    f"any more; “{NO_EMPLOYEE}” where the account is nobody's, shared, or a service's."
)
_ABOUT_FINDINGS = (
    "Officials deal with a finding in the service, by its key; all that they noted is on the sheet “Notes and history”."
)
_NO_AUDIT = "No audit has been run yet."


@dataclass(frozen=True)
class FindingsRecords:
    """What the report is made of.

    Args:
        findings: Those that stand, or those of the run asked for, in the order in which they are listed; read more
            than once.
        facts: Everything known.
        runs: All audits, the newest first.
        imports: All imported logs, in the order of their import.
        rejects: How many unreadable records that each import was the first to bring wait for repair, by its id.
        histories: What was noted on findings, by their keys.
        coverage: What was seen of each source in the months of the report.
        asked: The run whose findings these are; None = those that stand.
    """

    findings: Iterable[ListedFinding]
    facts: Facts
    runs: Sequence[AuditRun]
    imports: Sequence[LogImport]
    rejects: Mapping[int, int]
    histories: Histories
    coverage: Sequence[SourceCoverage] = ()
    asked: AuditRun | None = None


def findings_report(records: FindingsRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the findings."""
    words = FindingWords(records.facts)
    tallies = tally_findings(records.findings, words.department)
    reasons = {LEGAL_BASIS[reason].in_words: tally for reason, tally in tallies.by("reason").items()}
    empty = _empty(records)
    yield findings_cover(tallies, records.runs, about, asked=records.asked)
    yield from findings_in_short(records.findings, records.histories, words)
    yield by_month(tallies.by("month"))
    yield by_largest("Department", tallies.by("department"), [_ABOUT_DEPARTMENTS])
    yield by_largest("Reason", reasons, ["The sheet “Legal basis” says what each reason means."])
    yield _list(records, words, empty)
    yield history_sheet(iter(records.findings if records.histories else ()), records.histories, words)
    yield legal_basis_sheet()
    unread = not_judged_sheet(tallies, records.facts, records.runs, records.imports, records.rejects, about)
    yield replace(unread, rows=[*not_seen_rows(records.coverage), *unread.rows])
    yield coverage_sheet(records.coverage)


def _empty(records: FindingsRecords) -> str:
    if records.asked is not None:
        return "This run found nothing."
    return "No findings stand." if records.runs else _NO_AUDIT


def _list(records: FindingsRecords, words: FindingWords, empty: str) -> Sheet:
    return Sheet(
        title="Findings",
        notes=[_ABOUT_FINDINGS],
        columns=[
            Column("Key", 18),
            Column("Status", 10, ColumnKind.WRAPPED),
            Column("Verdict", 13, ColumnKind.WRAPPED),
            Column("Reason", 15, ColumnKind.WRAPPED),
            Column("Month", 8),
            Column("Who", 19, ColumnKind.WRAPPED),
            Column("Department", 14, ColumnKind.WRAPPED),
            Column("What", 22, ColumnKind.WRAPPED),
            Column("Accesses", 9, ColumnKind.INTEGER),
            Column("Why: its first access explained", 44, ColumnKind.WRAPPED),
            Column("First", 19, ColumnKind.INSTANT),
            Column("Last", 19, ColumnKind.INSTANT),
            Column("Data subjects", 9, ColumnKind.INTEGER),
            Column("Actions", 12, ColumnKind.WRAPPED),
            Column("Sources", 13, ColumnKind.WRAPPED),
            Column("Reviewer", 13, ColumnKind.WRAPPED),
            Column("Reviewed", 19, ColumnKind.INSTANT),
            Column("Newest note", 46, ColumnKind.WRAPPED),
        ],
        rows=(_row(finding, records.histories, words) for finding in records.findings),
        empty=empty,
        frozen_columns=1,
    )


def _row(finding: ListedFinding, histories: Histories, words: FindingWords) -> tuple[CellValue, ...]:
    entry = newest(histories, finding.key)
    return (
        finding.key,
        finding.status.replace("_", " "),
        VERDICTS_IN_WORDS[finding.verdict],
        LEGAL_BASIS[finding.reason].in_words,
        finding.month,
        words.who(finding),
        words.department(finding),
        words.what(finding),
        finding.events,
        finding.explanation,
        finding.first,
        finding.last,
        finding.subjects,
        finding.actions,
        finding.sources,
        entry.by if entry else "",
        entry.at if entry else None,
        newest_note(histories, finding.key),
    )
