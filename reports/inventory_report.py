"""The data inventory as the State's template has it, to be published, with what is to be put right in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.citations import ReadCitations, read_citations
from inventory.issues import Issue, SeriesText, inventory_issues
from inventory.models import DataSeries, Entity
from inventory.rules import Classification, ReadClasses, required_by_13_025
from reports.about import About
from reports.sheets import Column, ColumnKind, Cover, Section, Sheet

OFFICES = {
    "responsible_authority": "Responsible authority",
    "compliance_official": "Compliance official",
    "administrator": "Administrator",
    "hr_manager": "Human resources manager",
    "is_manager": "Information systems manager",
}
_NOT_ENTERED = "(not entered yet)"
_SERVES_13_025 = (
    "This inventory serves Minn. Stat. 13.025 subd. 1: it names the responsible authority, and describes each category "
    "of record, file or process relating to private or confidential data on individuals. It is public, and is to be "
    "updated each year and as needed to keep it accurate."
)
_SERVES_13_05 = (
    "It is also part of the procedures under Minn. Stat. 13.05 subd. 5, which ensure that not public data are "
    "accessible only to persons whose work assignment reasonably requires access, and are accessed only for purposes "
    "described in the procedures. For this it also lists data that are not on individuals, and says of each series "
    "whose work requires it."
)
_TEMPORARY = (
    "Employees may also be given access to not public data by a temporary duty, for as long as the work is assigned."
)
_HOW_TO_READ = (
    "The first five columns are those of the State's template, each cell as it was published. Series without a "
    "department come first: they are held by all or many departments, or no department was entered. “Required by "
    "13.025” says whether a series holds private or confidential data on individuals."
)
_ABOUT_ISSUES = (
    "What is missing, cannot be read, or does not fit the law that is cited. Published inventories hold such things: "
    "nothing was refused and nothing was guessed."
)


@dataclass(frozen=True)
class InventoryRecords:
    """What the report is made of.

    Args:
        entity: The entity, as 13.025 wants it described.
        series: Every data series, in any order.
        officers: The names of those who hold each office at the report's instant.
    """

    entity: Entity
    series: Sequence[DataSeries]
    officers: dict[str, list[str]]


def inventory_report(records: InventoryRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the inventory: a cover, the series by department, and the issues."""
    issues = [(row, issue) for row in _sorted(records.series) for issue in inventory_issues(series_text(row))]
    yield _cover(records, about, len(issues))
    yield _series_sheet(records.series)
    yield _issues_sheet(issues)


def series_text(row: DataSeries) -> SeriesText:
    """Give a recorded series as judgements about its text want it."""
    citations = read_citations(row.citations).citations
    return SeriesText(
        code=row.code,
        name=row.name,
        classification=row.classification_text,
        citation=row.citation_text,
        classes=ReadClasses(tuple(map(Classification, _split(row.classes))), _split(row.unreadable_classes)),
        citations=ReadCitations(citations, _split(row.unreadable_citations)),
        description=row.description,
        work_access=row.work_access_text,
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("; ")) if joined else ()


def _sorted(series: Sequence[DataSeries]) -> list[DataSeries]:
    return sorted(series, key=lambda row: (row.department.casefold(), row.name.casefold(), row.code))


def _cover(records: InventoryRecords, about: About, issues: int) -> Cover:
    entity = records.entity
    required = sum(required_by_13_025(series_text(row).classes.classes) for row in records.series)
    return Cover(
        heading=f"Data inventory of {entity.name}",
        sections=[
            about.section(
                ("Responsible authority", entity.responsible_authority or _NOT_ENTERED),
                ("Title", entity.responsible_authority_title or _NOT_ENTERED),
                ("Address", entity.responsible_authority_address or _NOT_ENTERED),
                ("Compliance official", entity.compliance_official or _NOT_ENTERED),
            ),
            Section(
                heading="What this is",
                paragraphs=[_SERVES_13_025, _SERVES_13_05],
            ),
            Section(
                heading="Who may reach all not public data, if necessary for specified duties",
                facts=[
                    (title, ", ".join(records.officers.get(office, [])) or "(held by nobody on record)")
                    for office, title in OFFICES.items()
                ],
                paragraphs=[_TEMPORARY],
            ),
            Section(
                heading="In numbers",
                facts=[
                    ("Data series", len(records.series)),
                    ("Required by 13.025 subd. 1", required),
                    ("Issues to look into", issues),
                ],
            ),
        ],
    )


def _series_sheet(series: Sequence[DataSeries]) -> Sheet:
    return Sheet(
        title="Data inventory",
        notes=[_HOW_TO_READ],
        columns=[
            Column("Name of Record, File, Process, Form or Data Type", 28, ColumnKind.WRAPPED),
            Column("Description (Understandable to General Public)", 42, ColumnKind.WRAPPED),
            Column("Data Classification", 17, ColumnKind.WRAPPED),
            Column("Citation for Classification", 22, ColumnKind.WRAPPED),
            Column("Employee Work Access", 30, ColumnKind.WRAPPED),
            Column("Code", 20, ColumnKind.WRAPPED),
            Column("Department", 18, ColumnKind.WRAPPED),
            Column("Systems", 14, ColumnKind.WRAPPED),
            Column("Retention", 16, ColumnKind.WRAPPED),
            Column("Purpose", 20, ColumnKind.WRAPPED),
            Column("Required by 13.025", 12),
        ],
        rows=[
            (
                *(row.name, row.description, row.classification_text, row.citation_text, row.work_access_text),
                *(row.code, row.department, row.systems, row.retention, row.purpose),
                "yes" if required_by_13_025(series_text(row).classes.classes) else "no",
            )
            for row in _sorted(series)
        ],
        empty="The inventory has no data series yet.",
        frozen_columns=1,
    )


def _issues_sheet(issues: Sequence[tuple[DataSeries, Issue]]) -> Sheet:
    return Sheet(
        title="Issues",
        heading="Inventory issues",
        notes=[_ABOUT_ISSUES],
        columns=[
            Column("Code", 22, ColumnKind.WRAPPED),
            Column("Department", 22, ColumnKind.WRAPPED),
            Column("Kind", 26, ColumnKind.WRAPPED),
            Column("What is wrong, and what to do", 80, ColumnKind.WRAPPED),
            Column("Law", 28, ColumnKind.WRAPPED),
        ],
        rows=[
            (row.code, row.department, issue.kind.replace("_", " "), issue.sentence, issue.citation)
            for row, issue in issues
        ],
        empty="No issues were found.",
        frozen_columns=1,
    )
