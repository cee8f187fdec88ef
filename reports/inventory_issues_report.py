"""What is to be put right in the inventory, for those who keep it; and each series with all that is recorded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from config.clock import microseconds
from inventory.issues import Issue
from inventory.models import DataSeries
from reports.about import About
from reports.access_by_record import AccessByRecord
from reports.inventory_report import InventoryRecords, sorted_series
from reports.series_texts import issues_of, name_of, required
from reports.sheets import Column, ColumnKind, Cover, Section, Sheet

_ABOUT_ISSUES = (
    "What is missing, cannot be read, or does not fit the law that is cited. Published inventories hold such things: "
    "nothing was refused and nothing was guessed. Work access is missing where neither the inventory's text nor what "
    "was entered gives it."
)
_ABOUT_SERIES = (
    "“As written” is the text that was imported; “by the record” is what the inventory prints. “Required by 13.025”: "
    "whether the series holds private or confidential data on individuals; unknown where a class is missing, was lost "
    "or cannot be read."
)
_Issues = Sequence[tuple[DataSeries, Issue]]


def inventory_issues_report(records: InventoryRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the issues, and every series in full."""
    access = AccessByRecord(records.facts, microseconds(about.as_of))
    rows = sorted_series(records.series)
    issues = [(row, issue) for row in rows for issue in issues_of(row, access)]
    yield _cover(rows, issues, about)
    yield _issues_sheet(issues)
    yield _series_sheet(rows, access, about.zone)


def _cover(series: Sequence[DataSeries], issues: _Issues, about: About) -> Cover:
    kinds = Counter(_in_words(issue) for _, issue in issues)
    return Cover(
        heading="Issues of the data inventory",
        sections=[
            about.section(about.of_instant(), paragraphs=[_ABOUT_ISSUES]),
            Section(
                heading="In numbers",
                facts=[
                    ("Data series", len(series)),
                    ("Of which with issues", len({row.code for row, _ in issues})),
                    ("Issues", len(issues)),
                    *sorted((kind.capitalize(), count) for kind, count in kinds.items()),
                ],
            ),
        ],
    )


def _in_words(issue: Issue) -> str:
    return issue.kind.replace("_", " ")


def _issues_sheet(issues: _Issues) -> Sheet:
    return Sheet(
        title="Issues",
        heading="Inventory issues",
        columns=[
            Column("Department", 22, ColumnKind.WRAPPED),
            Column("Code", 18, ColumnKind.WRAPPED),
            Column("Kind", 24, ColumnKind.WRAPPED),
            Column("What is wrong, and what to do", 74, ColumnKind.WRAPPED),
            Column("Law", 22, ColumnKind.WRAPPED),
        ],
        rows=[(row.department, row.code, _in_words(issue), issue.sentence, issue.citation) for row, issue in issues],
        empty="No issues were found.",
        frozen_columns=2,
    )


def _series_sheet(series: Sequence[DataSeries], access: AccessByRecord, zone: ZoneInfo) -> Sheet:
    return Sheet(
        title="Series in full",
        heading="Every data series, with all that is recorded of it",
        notes=[_ABOUT_SERIES],
        columns=[
            Column("Series", 24, ColumnKind.WRAPPED),
            Column("Code", 12, ColumnKind.WRAPPED),
            Column("Department", 16, ColumnKind.WRAPPED),
            Column("Classes", 14, ColumnKind.WRAPPED),
            Column("Required by 13.025", 11),
            Column("Work access as written", 24, ColumnKind.WRAPPED),
            Column("Work access by the record", 28, ColumnKind.WRAPPED),
            Column("Systems", 11, ColumnKind.WRAPPED),
            Column("Retention", 13, ColumnKind.WRAPPED),
            Column("Purpose", 16, ColumnKind.WRAPPED),
        ],
        rows=[
            (
                *(name_of(row, zone), row.code, row.department, row.classes or row.classification_text, required(row)),
                *(row.work_access_text, access.in_words(row), row.systems, row.retention, row.purpose),
            )
            for row in series
        ],
        empty="The inventory has no data series yet.",
        frozen_columns=2,
    )
