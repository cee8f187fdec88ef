"""The findings in short, to be printed and talked through: possible unauthorized access on its own.

Findings of one who, reason and month whose resources lie in one folder, and that have one status, share a line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from audit.case import Verdict
from reports.finding_history import Histories, newest, newest_note
from reports.finding_words import FindingWords
from reports.folders import folder_of
from reports.legal_basis import LEGAL_BASIS
from reports.listed_findings import ListedFinding
from reports.sheets import CellValue, Column, ColumnKind, Sheet

_ABOUT = (
    "One line for each finding; but findings of one employee or account, reason, month and status whose resources lie "
    "in one folder or table share a line. “Findings” counts them, and the sheet “Findings” has each with its key, its "
    "explanation and its newest note."
)
_SHEETS = (
    (Verdict.UNAUTHORIZED, "Possible unauthorized", "Possible unauthorized access, in short"),
    (Verdict.UNRESOLVED, "Unresolved", "Unresolved, in short"),
)


def findings_in_short(findings: Iterable[ListedFinding], histories: Histories, words: FindingWords) -> Iterator[Sheet]:
    """Lay out the short form, a sheet for each verdict.

    Args:
        findings: In the order in which they are listed; read twice.
        histories: What was noted on them.
        words: Names what they are about.
    """
    for verdict, title, heading in _SHEETS:
        of_verdict = (finding for finding in findings if finding.verdict == verdict)
        lines = _lines(of_verdict, histories)
        yield Sheet(
            title=title,
            heading=heading,
            notes=[_ABOUT],
            columns=[
                Column("Month", 8),
                Column("Who", 24, ColumnKind.WRAPPED),
                Column("Department", 18, ColumnKind.WRAPPED),
                Column("What", 36, ColumnKind.WRAPPED),
                Column("Reason", 20, ColumnKind.WRAPPED),
                Column("Findings", 9, ColumnKind.INTEGER),
                Column("Accesses", 9, ColumnKind.INTEGER),
                Column("Status", 10, ColumnKind.WRAPPED),
                Column("Reviewer", 11, ColumnKind.WRAPPED),
                Column("Newest note", 25, ColumnKind.WRAPPED),
            ],
            rows=(_row(line, words) for line in lines),
            empty="No findings of this kind stand.",
        )


@dataclass
class _Line:
    """One line: a finding, or several whose resources lie in one folder."""

    first: ListedFinding
    findings: int = 0
    accesses: int = 0
    reviewers: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, finding: ListedFinding, histories: Histories) -> None:
        self.findings += 1
        self.accesses += finding.events
        if entry := newest(histories, finding.key):
            self.reviewers.setdefault(entry.by)
        if note := newest_note(histories, finding.key):
            self.notes.setdefault(note)


def _lines(findings: Iterable[ListedFinding], histories: Histories) -> Iterator[_Line]:
    for _, alike in groupby(findings, key=lambda one: (one.month, one.reason, one.who, one.who_is_employee)):
        yield from _gathered(alike, histories)


def _gathered(findings: Iterable[ListedFinding], histories: Histories) -> Iterator[_Line]:
    """Put together findings whose resources lie in one folder; the others stay alone."""
    lines: dict[tuple[str, str], _Line] = {}
    for finding in findings:
        folder = "" if finding.what_is_series else folder_of(finding.what)
        place = folder or f"\0{finding.key}", finding.status
        lines.setdefault(place, _Line(finding)).add(finding, histories)
    yield from lines.values()


def _row(line: _Line, words: FindingWords) -> tuple[CellValue, ...]:
    first = line.first
    return (
        first.month,
        words.who(first),
        words.department(first),
        words.what(first) if line.findings == 1 else f"{line.findings:,} resources in {folder_of(first.what)}",
        LEGAL_BASIS[first.reason].in_words,
        line.findings,
        line.accesses,
        first.status.replace("_", " "),
        ", ".join(line.reviewers),
        "; ".join(line.notes),
    )
