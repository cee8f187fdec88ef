"""Every access with its verdict, as a workbook that people open; other programs read the CSV or Parquet file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from access.facts import Facts
from reports.about import MASKED, About
from reports.legal_basis import LEGAL_BASIS, OTHER_GROUNDS, POSSIBLE, VERDICTS_IN_WORDS, legal_basis_sheet
from reports.people import series_named
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_HOW_TO_READ = (
    "One row for each access, possible unauthorized access first, then what is unresolved; within a verdict by source, "
    "file and record, the record's place in its file counted from 1. The grant is the one by which the access was "
    "authorized, or would have been had it been recorded in time; the access matrix, the registers and explanations "
    "name grants alike. The sheet “Legal basis” says what each reason means."
)
_SHOWN = (
    Column("Time", 19, ColumnKind.INSTANT),
    Column("Account", 15, ColumnKind.WRAPPED),
    Column("Verdict", 14, ColumnKind.WRAPPED),
    Column("Reason", 15, ColumnKind.WRAPPED),
    Column("Employee", 20, ColumnKind.WRAPPED),
    Column("Series", 25, ColumnKind.WRAPPED),
    Column("Resource", 28, ColumnKind.WRAPPED),
    Column("Action", 8),
    Column("Purpose", 14, ColumnKind.WRAPPED),
    Column("Subject", 12, ColumnKind.WRAPPED),
    Column("Grant", 20),
    Column("Source", 14, ColumnKind.WRAPPED),
    Column("File", 24, ColumnKind.WRAPPED),
    Column("Record", 11, ColumnKind.INTEGER),
    Column("Event id", 38),
)


@dataclass(frozen=True)
class DecisionRecords:
    """What the report is made of.

    Args:
        rows: One for each event, in the columns of decisions and the order in which they are listed; read once.
        counts: How many events have each verdict and reason.
        facts: Everything known.
    """

    rows: Iterable[Sequence[CellValue]]
    counts: Sequence[tuple[str, str, int]]
    facts: Facts


def decisions_report(records: DecisionRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the decisions."""
    yield Cover(
        heading="Decisions",
        sections=[
            about.section(about.of_events(), paragraphs=[POSSIBLE, OTHER_GROUNDS]),
            Section(
                heading="In numbers",
                facts=[
                    ("Accesses", sum(events for _, _, events in records.counts)),
                    *(
                        (f"{_capital(VERDICTS_IN_WORDS[verdict])}: {LEGAL_BASIS[reason].in_words}", events)
                        for verdict, reason, events in records.counts
                    ),
                ],
            ),
        ],
    )
    yield Sheet(
        title="Decisions",
        notes=[_HOW_TO_READ, *([MASKED] if about.masks_subjects else [])],
        columns=_SHOWN,
        rows=_in_words(records),
        empty="No access was imported for this time.",
        frozen_columns=2,
    )
    yield legal_basis_sheet()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_words(records: DecisionRecords) -> Iterator[tuple[CellValue, ...]]:
    """Name people and series in the rows of decisions."""
    people = {key: f"{one.name} ({key})" for key, one in records.facts.employees.items()}
    named = {code: series_named(records.facts, code) for code in records.facts.series}
    reasons = {reason: basis.in_words for reason, basis in LEGAL_BASIS.items()}
    for row in records.rows:
        (
            event_id,
            source,
            file,
            record,
            time,
            account,
            who,
            resource,
            series,
            action,
            subject,
            purpose,
            verdict,
            *why,
        ) = row
        reason, grant = why
        yield (
            *(time, account, VERDICTS_IN_WORDS[str(verdict)], reasons[str(reason)], people.get(str(who), who)),
            *(named.get(str(series), series), resource, action, purpose, subject),
            *(grant, source, file, record, event_id),
        )
