"""Who may reach which series, through what and how, as of an instant: a list to filter, and series by positions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from access.facts import Facts
from config.clock import microseconds
from inventory.models import DataSeries, PartResolution
from reports.about import About
from reports.access_in_force import Reach
from reports.grants_in_words import actions_in_words, classes_in_words, holder_in_words, open_or, purposes_in_words
from reports.people import People
from reports.series_by_position import series_by_position
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_NOBODY = "(nobody then)"


@dataclass(frozen=True)
class AccessRecords:
    """What the report is made of.

    Args:
        facts: Everything known.
        series: Every data series, by code.
        ways: Every way in force, in the order in which they are shown; read once.
        counted: How many ways reach somebody employed, and how many employees.
        resolutions: What officials decided about parts of work access texts.
    """

    facts: Facts
    series: Sequence[DataSeries]
    ways: Iterable[Reach]
    counted: tuple[int, int]
    resolutions: Sequence[PartResolution]


def access_matrix(records: AccessRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out who may reach which series: a cover, the matrix, every way in full, and what cannot be tested."""
    yield _cover(records, about)
    yield from series_by_position(records.facts, records.series, about.as_of)
    yield _ways_sheet(records, about.as_of)
    yield _texts_sheet(records)


def _cover(records: AccessRecords, about: About) -> Cover:
    ways, people = records.counted
    untestable = sum(len(one.untestable) for one in records.facts.series.values())
    return Cover(
        heading="Access matrix",
        sections=[
            about.section(about.of_instant()),
            Section(
                heading="What this is",
                paragraphs=[_WHAT_IT_IS, _HOW_IT_COMES_ABOUT, _WHAT_IT_IS_NOT],
            ),
            Section(
                heading="In numbers",
                facts=[
                    ("Data series", len(records.series)),
                    ("Employees who reach any", people),
                    ("Ways in which they do", ways),
                    ("Parts of texts that name no holder", untestable),
                ],
            ),
        ],
    )


_WHAT_IT_IS = (
    "For each data series, which positions and people a work assignment lets reach it at that instant, for which "
    "actions and purposes, and where that is written down: the record behind the procedures under Minn. Stat. 13.05 "
    "subd. 5, which ensure that not public data are accessible only to persons whose work assignment reasonably "
    "requires access."
)
_HOW_IT_COMES_ABOUT = (
    "Access comes from the inventory's work access text, from work access entered for positions, departments, "
    "employees or everyone, from temporary duties, and from specified duties of designated officers. The audit, "
    "explanations and this report start from the same grants."
)
_WHAT_IT_IS_NOT = (
    "It says what is assigned, not what the systems let people do. Where part of a work access text names no known "
    "holder, the series may be reached by people who are not listed: the last sheet has those parts."
)
_ABOUT_WAYS = (
    "One row for each way in which a person reaches a series. “Until” is the first instant at which it no longer "
    "holds; empty = open. “Employed” no: the grant stands, but nothing is authorized outside employment. “In time” no: "
    "it was recorded too late for an access at that instant."
)
_ABOUT_TEXTS = (
    "An access that nothing else authorizes is unresolved as long as the series' text has a part that names no known "
    "holder, such as “certain employees on an as-needed basis”. An official resolves such a part to positions, "
    "departments or employees, or dismisses it; both are recorded."
)


def _ways_sheet(records: AccessRecords, as_of: datetime) -> Sheet:
    named = {row.code: row for row in records.series}
    people, instant = People(records.facts), microseconds(as_of)
    return Sheet(
        title="Access in full",
        heading="Access in full: every way in force",
        notes=[_ABOUT_WAYS],
        columns=[
            Column("Series", 30, ColumnKind.WRAPPED),
            Column("Code", 20, ColumnKind.WRAPPED),
            Column("Classes", 14, ColumnKind.WRAPPED),
            Column("Held as", 26, ColumnKind.WRAPPED),
            Column("Person", 24, ColumnKind.WRAPPED),
            Column("Department of the person", 20, ColumnKind.WRAPPED),
            Column("Actions", 16, ColumnKind.WRAPPED),
            Column("Purposes", 18, ColumnKind.WRAPPED),
            Column("From", 19, ColumnKind.INSTANT),
            Column("Until", 19, ColumnKind.INSTANT),
            Column("Where it is written down", 32, ColumnKind.WRAPPED),
            Column("Grant", 20),
            Column("Employed", 10),
            Column("In time", 9),
        ],
        rows=(_way_row(one, named, people, instant) for one in records.ways),
        empty="Nobody reaches any series at that instant.",
        frozen_columns=1,
    )


def _way_row(one: Reach, named: Mapping[str, DataSeries], people: People, instant: int) -> tuple[CellValue, ...]:
    series = named.get(one.series)
    return (
        series.name if series else "(every series)",
        one.series,
        classes_in_words(series) if series else "",
        holder_in_words(one.kind, one.through),
        people.named(one.employee_id) if one.employee_id else _NOBODY,
        people.department_at(one.employee_id, instant) if one.employee_id else "",
        actions_in_words(one.actions),
        purposes_in_words(one.purposes),
        open_or(one.start),
        open_or(one.end),
        one.authority,
        one.grant_id,
        "yes" if one.employed else "no",
        "yes" if one.timely else "no",
    )


def _texts_sheet(records: AccessRecords) -> Sheet:
    names = {row.code: row.name for row in records.series}
    untestable = [
        (facts.name, code, part, "names no known holder: the series cannot be tested", "", None, "")
        for code, facts in records.facts.series.items()
        for part in facts.untestable
    ]
    decided = [
        (
            *(names.get(one.series, ""), one.series, one.part),
            "resolved by an official" if one.holder_type else "dismissed by an official: it adds nobody",
            _resolved_to(one, records.facts),
            one.recorded_at,
            one.recorded_by,
        )
        for one in records.resolutions
    ]
    return Sheet(
        title="Work access texts",
        heading="Parts of the inventory's work access text that name no known holder",
        notes=[_ABOUT_TEXTS],
        columns=[
            Column("Series", 32, ColumnKind.WRAPPED),
            Column("Code", 18, ColumnKind.WRAPPED),
            Column("Part of the text", 40, ColumnKind.WRAPPED),
            Column("State", 28, ColumnKind.WRAPPED),
            Column("Resolved to", 26, ColumnKind.WRAPPED),
            Column("Recorded", 19, ColumnKind.INSTANT),
            Column("By", 16, ColumnKind.WRAPPED),
        ],
        rows=[*untestable, *decided],
        empty="Every part of every text names a known holder.",
        frozen_columns=1,
    )


def _resolved_to(resolution: PartResolution, facts: Facts) -> str:
    if resolution.holder_type == "position" and resolution.holder in facts.positions:
        position = facts.positions[resolution.holder]
        return f"Position: {position.title} ({position.department})"
    if resolution.holder_type == "employee":
        return People(facts).named(resolution.holder)
    return holder_in_words(resolution.holder_type, resolution.holder) if resolution.holder_type else ""
