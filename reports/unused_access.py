"""Work access and duties that nobody needed for some time, so that someone can ask whether they are still required."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from access.facts import Facts
from config.clock import from_microseconds, microseconds
from reports.about import About
from reports.grant_uses import StatedAccess
from reports.grants_in_words import actions_in_words, holder_in_words, open_or, purposes_in_words
from reports.people import People
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

NEVER, NOT_LATELY, NEW = "never used", "not used lately", "never used, but new"
CANNOT_TELL = "cannot tell: no logs"
_STATES = (NEVER, NOT_LATELY, NEW, CANNOT_TELL)
_DAY = 86_400_000_000  # microseconds
_WHAT_IT_IS = (
    "The procedures under Minn. Stat. 13.05 subd. 5 must ensure that not public data are accessible only to persons "
    "whose work assignment reasonably requires access. Access that nobody needs for long may no longer be required: "
    "ask the department before ending it, as some work comes round once a year."
)
_WHAT_UNUSED_MEANS = (
    "An access rests on one grant: where several cover it, on the first in this order: position, employee, temporary "
    "duty, department, everyone, officer's duty. Without any one grant of this list, every access of that time that "
    "was authorized would still have been. Grants of public data are left out, as nobody needs them."
)


@dataclass(frozen=True)
class UnusedRecords:
    """What the report is made of.

    Args:
        stated: The work access and duties in force, with their last use up to the report's instant.
        facts: Everything known.
        logs_until: By the code of a series, the last time (microseconds since 1970 in UTC) in the logs of the systems
            that hold it; a series that is missing has no logs.
        days: For how many days nothing must have rested on a grant for it to be listed.
    """

    stated: Sequence[StatedAccess]
    facts: Facts
    logs_until: Mapping[str, int]
    days: int


def unused_access_report(records: UnusedRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the grants that no access needed in the days before the report's instant."""
    as_of = microseconds(about.as_of)
    since = as_of - records.days * _DAY
    unused = [(_state(one, records.logs_until, since), one) for one in records.stated]
    unused = [(state, one) for state, one in unused if state]
    unused.sort(key=lambda item: (_STATES.index(item[0]), item[1].last_use or 0, item[1].series))
    yield _cover(records, about, [state for state, _ in unused])
    yield _sheet(records, unused, as_of)


def _state(one: StatedAccess, logs_until: Mapping[str, int], since: int) -> str:
    """Say in which way a grant is unused since an instant; empty where it is not."""
    if one.last_use is not None and one.last_use >= since:
        return ""
    logged = logs_until.values() if one.series == "*" else [logs_until.get(one.series, since - 1)]
    if max(logged, default=since - 1) < since:
        return CANNOT_TELL
    if one.last_use is not None:
        return NOT_LATELY
    return NEW if one.start > since else NEVER


def _cover(records: UnusedRecords, about: About, states: Sequence[str]) -> Cover:
    since = about.as_of - timedelta(days=records.days)
    return Cover(
        heading="Unused access",
        sections=[
            about.section(
                about.of_instant(),
                ("Unused for", f"{records.days:,} days, since {about.say(since)}"),
                paragraphs=[_WHAT_IT_IS, _WHAT_UNUSED_MEANS],
            ),
            Section(
                heading="In numbers",
                facts=[
                    ("Grants in force", len(records.stated)),
                    ("Listed, as nobody is known to have used them", len(states)),
                    *((state.capitalize(), states.count(state)) for state in _STATES),
                ],
            ),
        ],
    )


def _sheet(records: UnusedRecords, unused: Sequence[tuple[str, StatedAccess]], as_of: int) -> Sheet:
    people = People(records.facts)
    return Sheet(
        title="Unused access",
        heading=f"Work access and duties unused for {records.days:,} days",
        notes=[_about_states(records.days)],
        columns=[
            Column("State", 18, ColumnKind.WRAPPED),
            Column("Series", 32, ColumnKind.WRAPPED),
            Column("Code", 20, ColumnKind.WRAPPED),
            Column("Held as", 28, ColumnKind.WRAPPED),
            Column("Person", 22, ColumnKind.WRAPPED),
            Column("People it reaches now", 11, ColumnKind.INTEGER),
            Column("Last use by anybody", 19, ColumnKind.INSTANT),
            Column("Days since", 9, ColumnKind.INTEGER),
            Column("In force since", 19, ColumnKind.INSTANT),
            Column("Logs until", 19, ColumnKind.INSTANT),
            Column("Actions", 14, ColumnKind.WRAPPED),
            Column("Purposes", 16, ColumnKind.WRAPPED),
            Column("Where it is written down", 32, ColumnKind.WRAPPED),
            Column("Grant", 20),
        ],
        rows=[_row(state, one, records, people, as_of) for state, one in unused],
        empty="Every grant in force was used in this time.",
        frozen_columns=2,
    )


def _about_states(days: int) -> str:
    return (
        f"“{NEW}”: in force for fewer than {days:,} days. “{CANNOT_TELL}”: no log of a system that holds the series "
        "reaches into these days."
    )


def _row(state: str, one: StatedAccess, records: UnusedRecords, people: People, as_of: int) -> tuple[CellValue, ...]:
    series, logs_until = records.facts.series.get(one.series), records.logs_until.get(one.series)
    return (
        state,
        series.name if series else "(every series)",
        one.series,
        holder_in_words(one.kind, one.through),
        people.named(one.employee_id) if one.employee_id else "",
        one.people,
        None if one.last_use is None else from_microseconds(one.last_use),
        None if one.last_use is None else (as_of - one.last_use) // _DAY,
        open_or(one.start),
        None if logs_until is None else from_microseconds(logs_until),
        actions_in_words(one.actions),
        purposes_in_words(one.purposes),
        one.authority,
        one.grant_id,
    )
