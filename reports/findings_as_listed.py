"""The findings of a list, exactly those and in its order, on one sheet behind a cover that says what narrowed it."""

from collections.abc import Iterable, Mapping, Sequence

from audit.named_findings import NamedFinding
from reports.about import About
from reports.legal_basis import LEGAL_BASIS, VERDICTS_IN_WORDS
from reports.sheets import CellValue, Column, ColumnKind, Cover, Sheet

_HEADING = "Findings, as listed"
_PARAGRAPHS = (
    "Exactly the findings of the list, in its order, as they stood when this was produced.",
    "What is found is possible unauthorized access; people decide what it was.",
)


def findings_as_listed(
    findings: Sequence[NamedFinding], narrowed: Mapping[str, str], about: About
) -> Iterable[Cover | Sheet]:
    """Lay out a list of findings.

    Args:
        findings: In the order of the list.
        narrowed: What narrowed or sorted the list, by the names of its fields.
        about: The circumstances.
    """
    by = [(name.replace("_", " ").capitalize(), text) for name, text in narrowed.items()]
    section = about.section(("Findings", len(findings)), *by, paragraphs=_PARAGRAPHS)
    yield Cover(heading=_HEADING, sections=[section])
    yield Sheet(
        title="Findings",
        heading=_HEADING,
        columns=[
            Column("Key", 18),
            Column("Month", 8),
            Column("Who", 22, ColumnKind.WRAPPED),
            Column("What", 30, ColumnKind.WRAPPED),
            Column("Verdict", 14, ColumnKind.WRAPPED),
            Column("Reason", 20, ColumnKind.WRAPPED),
            Column("Accesses", 9, ColumnKind.INTEGER),
            Column("First", 19, ColumnKind.INSTANT),
            Column("Last", 19, ColumnKind.INSTANT),
            Column("Status", 12, ColumnKind.WRAPPED),
            Column("Assignee", 12, ColumnKind.WRAPPED),
            Column("Why: its first access explained", 44, ColumnKind.WRAPPED),
            Column("Newest note", 30, ColumnKind.WRAPPED),
        ],
        rows=(_row(one) for one in findings),
        empty="No finding fits.",
        frozen_columns=1,
    )


def _row(named: NamedFinding) -> tuple[CellValue, ...]:
    finding = named.finding
    return (
        finding.key,
        finding.month,
        _with_name(named.who_name, finding.who),
        _with_name(named.what_name, finding.what),
        VERDICTS_IN_WORDS[finding.verdict],
        LEGAL_BASIS[finding.reason].in_words,
        finding.events,
        finding.first,
        finding.last,
        finding.status.replace("_", " "),
        finding.assignee,
        finding.explanation,
        finding.last_note,
    )


def _with_name(name: str, written: str) -> str:
    return f"{name} ({written})" if name else written or "(none given)"
