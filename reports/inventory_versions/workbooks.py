"""The workbooks of a version, in the form of the State's template, and of what differs between two."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.inventory_report import inventory_sheet
from reports.inventory_versions.difference import ChangedField, InventoryDifference
from reports.inventory_versions.inventory_copy import CopiedSeries
from reports.inventory_versions.versions import Edition, PublishedVersion
from reports.sheets import Column, ColumnKind, Cover, Section, Sheet

NOT_ENTERED = "(not entered)"
ROLES = "Who may reach all not public data, if necessary for specified duties"


def shown_name(series: CopiedSeries) -> str:
    """Give a series' name, and from when on it is retired where it is."""
    return f"{series.name} (retired from {series.retired} on)" if series.retired else series.name


def version_workbook(version: PublishedVersion) -> Iterator[Cover | Sheet]:
    """Lay out a version, of its copy alone: a cover, and the series by department."""
    copy, head = version.copy, version.head
    yield Cover(
        heading=f"Data inventory of {copy.entity}",
        sections=[
            Section(
                facts=[
                    ("Entity", copy.entity),
                    ("Version", head.number),
                    ("Published", version.published_on),
                    *([("About this version", head.note)] if head.note else []),
                    *((fact.label, fact.text or NOT_ENTERED) for fact in copy.contacts),
                    ("Data series", len(copy.series)),
                    ("Digest of this version", head.sha256),
                ]
            ),
            Section(heading="What this is", paragraphs=copy.paragraphs),
            Section(heading=ROLES, facts=copy.roles),
        ],
    )
    yield inventory_sheet(
        f"Data inventory of {copy.entity}, version {head.number}, {_month(head.published_at, version.zone)}",
        [
            (one.department, (shown_name(one), one.description, one.classification, one.citation, one.work_access))
            for one in copy.series
        ],
    )


def difference_workbook(before: Edition, after: Edition, found: InventoryDifference) -> Iterator[Cover | Sheet]:
    """Lay out what differs between two: a cover with the counts, what is said besides the series, and the series."""
    yield Cover(
        heading=f"What differs in the data inventory of {after.copy.entity}",
        sections=[
            Section(
                facts=[
                    ("Before", before.name),
                    ("After", after.name),
                    ("Data series before", len(before.copy.series)),
                    ("Data series after", len(after.copy.series)),
                    *((f"Series {kind}", count) for kind, count in found.counts.items()),
                    ("Changes besides the series", len(found.about)),
                ]
            )
        ],
    )
    yield _series_sheet(before, after, found)
    yield _sheet_besides(before, after, found)


def _series_sheet(before: Edition, after: Edition, found: InventoryDifference) -> Sheet:
    return Sheet(
        title="Series",
        heading=f"From {before.name} to {after.name}: series",
        columns=[
            Column("What became of it", 12),
            Column("Code", 14),
            Column("Name", 30, ColumnKind.WRAPPED),
            Column("Department", 20, ColumnKind.WRAPPED),
            Column("Field", 14),
            Column("Before", 40, ColumnKind.WRAPPED),
            Column("After", 40, ColumnKind.WRAPPED),
        ],
        rows=[
            (one.kind.value, one.code, one.name, one.department, field.replace("_", " "), older, later)
            for one in found.series
            for field, older, later in one.fields or [ChangedField("", "", "")]
        ],
        empty="No series differs.",
        frozen_columns=3,
    )


def _sheet_besides(before: Edition, after: Edition, found: InventoryDifference) -> Sheet:
    return Sheet(
        title="Besides the series",
        heading=f"From {before.name} to {after.name}: besides the series",
        columns=[
            Column("What", 24, ColumnKind.WRAPPED),
            Column("Before", 60, ColumnKind.WRAPPED),
            Column("After", 60, ColumnKind.WRAPPED),
        ],
        rows=found.about,
        empty="Nothing differs besides the series.",
    )


def _month(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%B %Y}"
