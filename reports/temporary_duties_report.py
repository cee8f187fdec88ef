"""The register of temporary duties: who was given what, for how long, by whom and why, and whether it was used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from access.facts import Facts
from access.load_facts import Timing
from access.models import TemporaryDuty
from access.rules import action_mask
from config.clock import from_microseconds, microseconds
from reports.about import About
from reports.days import first_day, last_day
from reports.grant_uses import DutyUse
from reports.grants_in_words import actions_in_words, purposes_in_words
from reports.people import People, series_named
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_WHAT_IT_IS = (
    "A temporary duty lets one employee reach a data series for as long as the work is assigned. It is part of the "
    "procedures under Minn. Stat. 13.05 subd. 5. It ends at its end, or when it is revoked."
)
_WHAT_COUNTS = "“Accesses”: authorized by this duty; “too early”: it would cover them, had it been recorded in time."
_WHAT_USED_MEANS = (
    "A duty is used where it authorized an access: where a position or work access of the employee covers an access "
    "too, it is counted there, as the duty was not needed. Accesses that the duty would cover, had it been recorded in "
    "time, are “too early”; those are unresolved."
)
_HOW_TO_READ = (
    "In force comes first, what ends soon on top. “State” is that of the day on the cover. “Last day” is the last on "
    "which the duty was to hold, or the time at which it was to end; a revocation ends it sooner."
)
_ABOUT_RECORDED = (
    "“Recorded” is empty for what was loaded before going live without a time of its own: it counts as timely. "
    f"{_WHAT_COUNTS}"
)
_UNUSED = DutyUse(0, None, 0)


@dataclass(frozen=True)
class DutyRecords:
    """What the report is made of.

    Args:
        duties: Every temporary duty known.
        facts: Everything known.
        uses: By grant id, what was done under the duties.
        timing: Says since when a duty counts as recorded.
    """

    duties: Sequence[TemporaryDuty]
    facts: Facts
    uses: Mapping[str, DutyUse]
    timing: Timing


def temporary_duties_report(records: DutyRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out the register."""
    rows = [_row(duty, records, about) for duty in sorted(records.duties, key=partial(_in_order, instant=about.as_of))]
    states = [state_at(duty, about.as_of) for duty in records.duties]
    used = sum(_use(duty, records).authorized > 0 for duty in records.duties)
    yield Cover(
        heading="Register of temporary duties",
        sections=[
            about.section(about.of_instant(), about.of_events(), paragraphs=[_WHAT_IT_IS, _WHAT_USED_MEANS]),
            Section(
                heading="In numbers",
                facts=[
                    ("Temporary duties", len(rows)),
                    *((state.capitalize(), states.count(state)) for state in _STATES),
                    ("Used", used),
                    ("Not used", len(rows) - used),
                ],
            ),
        ],
    )
    yield _register(rows)


_STATES = ("in force", "not begun", "ended", "revoked")


def state_at(duty: TemporaryDuty, instant: datetime) -> str:
    """Say what a duty is at an instant."""
    if duty.revoked_at is not None and duty.revoked_at <= instant and duty.revoked_at < duty.end:
        return "revoked"
    if instant < duty.start:
        return "not begun"
    return "in force" if instant < duty.end else "ended"


def _use(duty: TemporaryDuty, records: DutyRecords) -> DutyUse:
    return records.uses.get(_grant_id(duty), _UNUSED)


def _in_order(duty: TemporaryDuty, instant: datetime) -> tuple[int, int, int]:
    """Put what is in force first, ending soon first; then what begins next; then the past, the newest first."""
    state = state_at(duty, instant)
    if state == "in force":
        edge = microseconds(_ending(duty))
    else:
        edge = microseconds(duty.start) if state == "not begun" else -microseconds(_ending(duty))
    return _STATES.index(state), edge, duty.id


def _ending(duty: TemporaryDuty) -> datetime:
    return min(duty.end, duty.revoked_at or duty.end)


def _row(duty: TemporaryDuty, records: DutyRecords, about: About) -> tuple[CellValue, ...]:
    people, use, zone = People(records.facts), _use(duty, records), about.zone
    return (
        state_at(duty, about.as_of),
        people.named(duty.employee_id),
        series_named(records.facts, duty.series),
        first_day(duty.start, zone),
        last_day(duty.end, zone),
        actions_in_words(action_mask(duty.actions)),
        purposes_in_words(duty.purposes),
        people.named(duty.granted_by),
        duty.reason,
        _revoked(duty, records, zone),
        first_day(_recorded(duty, records.timing), zone),
        use.authorized,
        None if use.last is None else from_microseconds(use.last),
        use.too_early,
        _grant_id(duty),
    )


def _grant_id(duty: TemporaryDuty) -> str:
    return f"temporary-duty:{duty.restores or duty.id}"  # a duty that was brought back keeps its name


def _revoked(duty: TemporaryDuty, records: DutyRecords, zone: ZoneInfo) -> str:
    if duty.revoked_at is None:
        return ""
    revocation = records.facts.revocations.get(_grant_id(duty))  # none where it came after the duty's end
    by = revocation.by if revocation else duty.recorded_by
    return f"{first_day(duty.revoked_at, zone)}, recorded by {by}"


def _recorded(duty: TemporaryDuty, timing: Timing) -> datetime | None:
    stated = None if duty.stated_recorded_at is None else microseconds(duty.stated_recorded_at)
    recorded = timing.recorded(stated, microseconds(duty.recorded_at))
    return None if recorded is None else from_microseconds(recorded)


def _register(rows: Sequence[Sequence[CellValue]]) -> Sheet:
    return Sheet(
        title="Temporary duties",
        heading="Register of temporary duties",
        notes=[_HOW_TO_READ, _ABOUT_RECORDED],
        columns=[
            Column("State", 9),
            Column("Employee", 17, ColumnKind.WRAPPED),
            Column("Series", 19, ColumnKind.WRAPPED),
            Column("First day", 11, ColumnKind.DATE),
            Column("Last day", 11, ColumnKind.DATE),
            Column("Actions", 9, ColumnKind.WRAPPED),
            Column("Purposes", 11, ColumnKind.WRAPPED),
            Column("Granted by", 12, ColumnKind.WRAPPED),
            Column("Reason", 14, ColumnKind.WRAPPED),
            Column("Revoked", 12, ColumnKind.WRAPPED),
            Column("Recorded", 11, ColumnKind.DATE),
            Column("Accesses", 8, ColumnKind.INTEGER),
            Column("Last use", 11, ColumnKind.DATE),
            Column("Too early", 6, ColumnKind.INTEGER),
            Column("Grant", 11, ColumnKind.WRAPPED),
        ],
        rows=rows,
        empty="No temporary duty has been recorded.",
        frozen_columns=2,
    )
