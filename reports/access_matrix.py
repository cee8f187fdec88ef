"""Who may reach which series, through what and how, as of an instant: a list to filter, and series by positions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from access.facts import Facts
from config.clock import microseconds
from inventory.models import DataSeries, PartResolution
from reports.about import About
from reports.access_in_force import Counted, Reach
from reports.days import first_day, last_day
from reports.grants_in_words import actions_in_words, holder_in_words, open_or, purposes_in_words
from reports.people import People
from reports.series_by_position import series_by_position
from reports.series_texts import name_of
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_NOBODY = "(nobody then)"


@dataclass(frozen=True)
class AccessRecords:
    """What the report is made of.

    Args:
        facts: Everything known.
        series: Every data series, by code.
        ways: Every way in force, in the order in which they are shown; read once.
        counted: How many ways there are, and how many employees they reach.
        resolutions: What officials decided about parts of work access texts.
    """

    facts: Facts
    series: Sequence[DataSeries]
    ways: Iterable[Reach]
    counted: Counted
    resolutions: Sequence[PartResolution]


def access_matrix(records: AccessRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out who may reach which series: a cover, the matrix, every way in full, and what cannot be tested."""
    yield _cover(records, about)
    yield from series_by_position(records.facts, records.series, about.as_of)
    yield _ways_sheet(records, about)
    yield _texts_sheet(records)


def _cover(records: AccessRecords, about: About) -> Cover:
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
                    ("Employees who reach any", records.counted.people),
                    ("Rows of “Access in full”", records.counted.ways),
                    ("Of which reach nobody who is employed", records.counted.reaching_nobody),
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
    "One row for each way in which a person reaches a series; what every employee may do is one row. “Last day”: the "
    "last on which it holds, or the time at which it ends; empty = open. “Not employed”: the grant stands, but nothing "
    "is authorized outside employment. “Recorded too late”: too late for an access at that instant."
)
_ABOUT_TEXTS = (
    "An access that nothing else authorizes is unresolved as long as the series' text has a part that names no known "
    "holder, such as “certain employees on an as-needed basis”. An official resolves such a part to positions, "
    "departments or employees, or dismisses it; both are recorded."
)


def _ways_sheet(records: AccessRecords, about: About) -> Sheet:
    named = {row.code: row for row in records.series}
    people = People(records.facts)
    return Sheet(
        title="Access in full",
        heading="Access in full: every way in force",
        notes=[_ABOUT_WAYS],
        columns=[
            Column("Series", 26, ColumnKind.WRAPPED),
            Column("Held as", 19, ColumnKind.WRAPPED),
            Column("Person", 21, ColumnKind.WRAPPED),
            Column("Department of the person", 15, ColumnKind.WRAPPED),
            Column("Actions", 12, ColumnKind.WRAPPED),
            Column("Purposes", 14, ColumnKind.WRAPPED),
            Column("First day", 11, ColumnKind.DATE),
            Column("Last day", 11, ColumnKind.DATE),
            Column("Where it is written down", 20, ColumnKind.WRAPPED),
            Column("Grant", 13, ColumnKind.WRAPPED),
            Column("Note", 10, ColumnKind.WRAPPED),
        ],
        rows=(_way_row(one, named, people, about) for one in records.ways),
        empty="Nobody reaches any series at that instant.",
        frozen_columns=1,
    )


def _way_row(one: Reach, named: Mapping[str, DataSeries], people: People, about: About) -> tuple[CellValue, ...]:
    series = named.get(one.series)
    return (
        f"{name_of(series, about.zone)} ({series.code})" if series else "(every series)",
        holder_in_words(one.kind, one.through),
        _whom(one, people),
        people.department_at(one.employee_id, microseconds(about.as_of)) if one.employee_id else "",
        actions_in_words(one.actions),
        purposes_in_words(one.purposes),
        first_day(open_or(one.start), about.zone),
        last_day(open_or(one.end), about.zone),
        one.authority,
        one.grant_id,
        "; ".join(filter(None, ["" if one.employed else "not employed", "" if one.timely else "recorded too late"]))
        if one.people
        else "",
    )


def _whom(one: Reach, people: People) -> str:
    if one.employee_id:
        return people.named(one.employee_id)
    return f"(all {one.people:,} employees)" if one.people else _NOBODY


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
            Column("Series", 28, ColumnKind.WRAPPED),
            Column("Code", 14, ColumnKind.WRAPPED),
            Column("Part of the text", 38, ColumnKind.WRAPPED),
            Column("State", 24, ColumnKind.WRAPPED),
            Column("Resolved to", 24, ColumnKind.WRAPPED),
            Column("Recorded", 19, ColumnKind.INSTANT),
            Column("By", 14, ColumnKind.WRAPPED),
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
