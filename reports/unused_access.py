"""Work access and duties that nobody needed for some time, so that someone can ask whether they are still required."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from access.facts import Facts
from config.clock import from_microseconds, microseconds
from reports.about import About
from reports.days import first_day
from reports.grant_uses import StatedAccess
from reports.grants_in_words import actions_in_words, holder_in_words, open_or, purposes_in_words
from reports.people import People, series_named
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

NEVER, NOT_LATELY, NEW = "never used", "not used lately", "never used, but new"
CANNOT_TELL, USED = "cannot tell: no logs", "used lately"
_STATES = (NEVER, NOT_LATELY, NEW, CANNOT_TELL, USED)
_DAY = 86_400_000_000  # microseconds
_WHAT_IT_IS = (
    "The procedures under Minn. Stat. 13.05 subd. 5 must ensure that not public data are accessible only to persons "
    "whose work assignment reasonably requires access. Access that nobody needs for long may no longer be required: "
    "ask the department before ending it, as some work comes round once a year."
)
_NOBODY_HOLDS = (
    "Work access of positions and departments in which nobody works now, and grants of people who are not employed: "
    "nobody can use them today, but whoever takes the position can. They are listed apart, used lately or not."
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
    """Lay out the grants that no access needed in the days before the report's instant, and those that nobody holds."""
    as_of = microseconds(about.as_of)
    since = as_of - records.days * _DAY
    stated = [(_state(one, records.logs_until, since) or USED, one) for one in records.stated]
    stated.sort(key=lambda item: (_STATES.index(item[0]), item[1].last_use or 0, item[1].series))
    unused = [(state, one) for state, one in stated if one.people and state != USED]
    unheld = [(state, one) for state, one in stated if not one.people]
    yield _cover(records, about, [state for state, _ in unused], len(unheld))
    yield _sheet(
        f"Work access and duties unused for {records.days:,} days",
        [_about_states(records.days)],
        [_row(state, one, records, about) for state, one in unused],
    )
    yield replace(
        _sheet(
            "Work access and duties that nobody holds",
            [_NOBODY_HOLDS],
            [_row(state, one, records, about) for state, one in unheld],
        ),
        title="Nobody holds it",
        empty="Every grant in force reaches somebody who is employed.",
    )


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


def _cover(records: UnusedRecords, about: About, states: Sequence[str], unheld: int) -> Cover:
    since = about.as_of - timedelta(days=records.days)
    return Cover(
        heading="Unused access",
        sections=[
            about.section(
                about.of_instant(),
                ("Unused for", f"{records.days:,} days, since {about.say(since)}"),
                paragraphs=[_WHAT_IT_IS, _WHAT_UNUSED_MEANS, _NOBODY_HOLDS],
            ),
            Section(
                heading="In numbers",
                facts=[
                    ("Grants in force", len(records.stated)),
                    ("Nobody holds it", unheld),
                    ("Used in these days", len(records.stated) - unheld - len(states)),
                    *((state.capitalize(), states.count(state)) for state in _STATES if state != USED),
                ],
            ),
        ],
    )


def _sheet(heading: str, notes: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> Sheet:
    return Sheet(
        title="Unused access",
        heading=heading,
        notes=notes,
        columns=[
            Column("State", 13, ColumnKind.WRAPPED),
            Column("Series", 24, ColumnKind.WRAPPED),
            Column("Held as", 19, ColumnKind.WRAPPED),
            Column("Person", 16, ColumnKind.WRAPPED),
            Column("People it reaches now", 8, ColumnKind.INTEGER),
            Column("Last use by anybody", 11, ColumnKind.DATE),
            Column("Days since", 7, ColumnKind.INTEGER),
            Column("In force since", 11, ColumnKind.DATE),
            Column("Logs until", 11, ColumnKind.DATE),
            Column("Actions", 10, ColumnKind.WRAPPED),
            Column("Purposes", 12, ColumnKind.WRAPPED),
            Column("Where it is written down", 17, ColumnKind.WRAPPED),
            Column("Grant", 12, ColumnKind.WRAPPED),
        ],
        rows=rows,
        empty="Every grant in force was used in this time.",
        frozen_columns=2,
    )


def _about_states(days: int) -> str:
    return (
        f"“{NEW}”: in force for fewer than {days:,} days. “{CANNOT_TELL}”: no log of a system that holds the series "
        "reaches into these days."
    )


def _row(state: str, one: StatedAccess, records: UnusedRecords, about: About) -> tuple[CellValue, ...]:
    logs_until = records.logs_until.get(one.series)
    return (
        state,
        "(every series)" if one.series == "*" else series_named(records.facts, one.series),
        holder_in_words(one.kind, one.through),
        People(records.facts).named(one.employee_id) if one.employee_id else "",
        one.people,
        None if one.last_use is None else from_microseconds(one.last_use),
        None if one.last_use is None else (microseconds(about.as_of) - one.last_use) // _DAY,
        first_day(open_or(one.start), about.zone),
        None if logs_until is None else from_microseconds(logs_until),
        actions_in_words(one.actions),
        purposes_in_words(one.purposes),
        one.authority,
        one.grant_id,
    )
