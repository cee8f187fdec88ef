"""The data inventory as the State's template has it, to be published: a cover, and one table for each department."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar
from zoneinfo import ZoneInfo

from access.facts import Facts
from config.clock import microseconds
from config.texts import compare_form
from inventory.models import DataSeries, Entity
from reports.about import About
from reports.access_by_record import ANYBODY, NOBODY, AccessByRecord
from reports.people import People
from reports.queries import OfficeHolder
from reports.series_texts import name_of, required
from reports.sheets import CellValue, Column, ColumnKind, Cover, Group, Section, Sheet

_Row = TypeVar("_Row")
OFFICES = {
    "responsible_authority": "Responsible authority",
    "compliance_official": "Compliance official",
    "administrator": "Administrator",
    "hr_manager": "Human resources manager",
    "is_manager": "Information systems manager",
}
# the columns of the State's template, with their widths in letters
TEMPLATE = {
    "Name of Record, File, Process, Form or Data Type": 27,
    "Description (Understandable to General Public)": 40,
    "Data Classification": 17,
    "Citation for Classification": 22,
    "Employee Work Access": 40,
}
_NOT_ENTERED = "(not entered yet)"
_NO_DESIGNEES = "(none on record: write in the name, title and address of each, and the files that each answers for)"
_NO_DEPARTMENT = "Data held by all or many departments, or by none in particular"
SERVES_13_025 = (
    "This inventory serves Minn. Stat. 13.025 subd. 1: it names the responsible authority, and describes each category "
    "of record, file or process relating to private or confidential data on individuals. It is public, and is to be "
    "updated each year and as needed to keep it accurate."
)
SERVES_13_05 = (
    "It is also part of the procedures under Minn. Stat. 13.05 subd. 5, which ensure that not public data are "
    "accessible only to persons whose work assignment reasonably requires access, and are accessed only for purposes "
    "described in the procedures. For this it also lists data that are not on individuals, and says of each series "
    "whose work requires it."
)
TEMPORARY = (
    "Employees may also be given access to not public data by a temporary duty, for as long as the work is assigned."
)
HOW_TO_READ = (
    "The columns are those of the State's template. Name, description, classification and citation stand as they were "
    "entered. “Employee Work Access” says who has standing work access by the record: by the text of the inventory "
    f"and by what was entered for positions, departments and employees. “{ANYBODY}”: no work assignment is needed. "
    f"“{NOBODY}”: no one has standing access; a temporary duty or an officer's specified duty may still give it."
)
_ABOUT_UNKNOWN = (
    "“Unknown”: a class is missing, was lost or cannot be read, so nobody can tell. "
    "The report “inventory-issues” lists what is to be put right."
)


@dataclass(frozen=True)
class InventoryRecords:
    """What the report is made of.

    Args:
        entity: The entity, as 13.025 wants it described.
        series: Every data series, in any order.
        officers: Those who hold each office at the report's instant.
        facts: Everything known.
    """

    entity: Entity
    series: Sequence[DataSeries]
    officers: Mapping[str, Sequence[OfficeHolder]]
    facts: Facts


def inventory_report(records: InventoryRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the inventory: a cover, and the series by department."""
    yield _cover(records, about)
    access = AccessByRecord(records.facts, microseconds(about.as_of))
    yield inventory_sheet(
        f"Data inventory of {records.entity.name}, {_month(about)}",
        [(row.department, _row(row, access, about.zone)) for row in sorted_series(records.series)],
    )


def inventory_sheet(heading: str, rows: Sequence[tuple[str, Sequence[CellValue]]]) -> Sheet:
    """Lay out the table of the State's template, one part for each department.

    Args:
        rows: Each series' department and its five cells, in the order in which they are shown.
    """
    return Sheet(
        title="Data inventory",
        heading=heading,
        columns=[Column(text, width, ColumnKind.WRAPPED) for text, width in TEMPLATE.items()],
        groups=[
            Group(named, [cells for _, cells in found]) for named, found in by_department(rows, lambda row: row[0])
        ],
        empty="The inventory has no data series yet.",
        frozen_columns=1,
    )


def sorted_series(series: Sequence[DataSeries]) -> list[DataSeries]:
    """Put series in the order of department and name; those without a department come first."""
    return sorted(series, key=lambda row: (compare_form(row.department), compare_form(row.name), row.code))


def by_department(rows: Iterable[_Row], department: Callable[[_Row], str]) -> Iterator[tuple[str, list[_Row]]]:
    """Put sorted rows together by department, each under the heading that the inventory gives it."""
    for _, found in groupby(rows, key=lambda row: compare_form(department(row))):
        together = list(found)
        yield department(together[0]) or _NO_DEPARTMENT, together


def _row(row: DataSeries, access: AccessByRecord, zone: ZoneInfo) -> tuple[CellValue, ...]:
    return name_of(row, zone), row.description, row.classification_text, row.citation_text, access.in_words(row)


def _month(about: About) -> str:
    return f"{about.as_of.astimezone(about.zone):%B %Y}"


def _cover(records: InventoryRecords, about: About) -> Cover:
    entity, contacts = records.entity, _Contacts(records, about)
    return Cover(
        heading=f"Data inventory of {entity.name}",
        sections=[
            about.section(
                ("Month and year", _month(about)),
                ("Responsible authority", contacts.of("responsible_authority", entity.responsible_authority)),
                ("Title", entity.responsible_authority_title or _NOT_ENTERED),
                ("Address", entity.responsible_authority_address or _NOT_ENTERED),
                ("Compliance official", contacts.of("compliance_official", entity.compliance_official)),
                ("Designees", _NO_DESIGNEES),
            ),
            Section(heading="What this is", paragraphs=[SERVES_13_025, SERVES_13_05, HOW_TO_READ]),
            Section(
                heading="Who may reach all not public data, if necessary for specified duties",
                facts=[(title, contacts.holders(office)) for office, title in OFFICES.items()],
                paragraphs=[TEMPORARY],
            ),
            _numbers(records.series),
        ],
    )


def _numbers(series: Sequence[DataSeries]) -> Section:
    answers = Counter(map(required, series))
    return Section(
        heading="In numbers",
        facts=[
            ("Data series", len(series)),
            ("Required by 13.025 subd. 1", answers["yes"]),
            ("Not required by it", answers["no"]),
            ("Unknown", answers["unknown"]),
        ],
        paragraphs=[_ABOUT_UNKNOWN] if answers["unknown"] else [],
    )


class _Contacts:
    """Says who an official is and how to reach them."""

    def __init__(self, records: InventoryRecords, about: About) -> None:
        self._officers, self._people = records.officers, People(records.facts)
        self._instant = microseconds(about.as_of)

    def of(self, office: str, entered: str) -> str:
        """Say who the entity's description names, with what the record of offices knows; or that both differ."""
        holders = self._officers.get(office, [])
        same = [one for one in holders if not entered or compare_form(one.name) == compare_form(entered)]
        if same or not entered:
            return "; ".join(map(self._in_words, same)) or _NOT_ENTERED
        others = "; ".join(map(self._in_words, holders))
        return f"{entered} (but on that day the office is held by: {others})" if others else entered

    def holders(self, office: str) -> str:
        """Say who holds an office by the record."""
        return "; ".join(map(self._in_words, self._officers.get(office, []))) or "(held by nobody on record)"

    def _in_words(self, holder: OfficeHolder) -> str:
        titles = self._people.titles_at(holder.employee_id, self._instant)
        return ", ".join(filter(None, [holder.name, titles, holder.email]))
