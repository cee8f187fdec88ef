"""The register of temporary duties: who was given what, for how long, by whom and why, and whether it was used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from access.facts import Facts
from access.load_facts import Timing
from access.models import TemporaryDuty
from access.rules import action_mask
from config.clock import from_microseconds, microseconds
from reports.about import About
from reports.grant_uses import DutyUse
from reports.grants_in_words import actions_in_words, purposes_in_words
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_WHAT_IT_IS = (
    "A temporary duty lets one employee reach a data series for as long as the work is assigned. It is part of the "
    "procedures under Minn. Stat. 13.05 subd. 5. It ends at its end, or when it is revoked."
)
_WHAT_USED_MEANS = (
    "“Used” counts the accesses that were authorized by this duty: where a position or work access of the employee "
    "covers an access too, it is counted there, as the duty was not needed. “Before it was recorded” counts accesses "
    "that the duty would cover, had it been recorded in time; those are unresolved."
)
_UNUSED = DutyUse(0, None, 0)


@dataclass(frozen=True)
class DutyRecords:
    """What the report is made of.

    Args:
        duties: Every temporary duty known, in the order in which they are listed.
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
    rows = [_row(duty, records, about.as_of) for duty in records.duties]
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


def _row(duty: TemporaryDuty, records: DutyRecords, as_of: datetime) -> tuple[CellValue, ...]:
    people, series = records.facts.employees, records.facts.series.get(duty.series)
    employee, grantor = people.get(duty.employee_id), people.get(duty.granted_by)
    use = _use(duty, records)
    return (
        employee.name if employee else "",
        duty.employee_id,
        f"{series.name} ({series.code})" if series else duty.series,
        actions_in_words(action_mask(duty.actions)),
        purposes_in_words(duty.purposes),
        duty.start,
        duty.end,
        duty.revoked_at,
        state_at(duty, as_of),
        f"{grantor.name} ({duty.granted_by})" if grantor else duty.granted_by,
        duty.reason,
        _recorded(duty, records.timing),
        "used" if use.authorized else "not used",
        use.authorized,
        None if use.last is None else from_microseconds(use.last),
        use.too_early,
        _grant_id(duty),
    )


def _grant_id(duty: TemporaryDuty) -> str:
    return f"temporary-duty:{duty.restores or duty.id}"  # a duty that was brought back keeps its name


def _recorded(duty: TemporaryDuty, timing: Timing) -> datetime | None:
    stated = None if duty.stated_recorded_at is None else microseconds(duty.stated_recorded_at)
    recorded = timing.recorded(stated, microseconds(duty.recorded_at))
    return None if recorded is None else from_microseconds(recorded)


def _register(rows: Sequence[Sequence[CellValue]]) -> Sheet:
    return Sheet(
        title="Temporary duties",
        heading="Register of temporary duties",
        notes=[
            "“End” is the first instant at which a duty no longer holds. “State” is that of the day on the cover.",
            "“Recorded” is empty for what was loaded before going live without a time of its own: it counts as timely.",
        ],
        columns=[
            Column("Employee", 18, ColumnKind.WRAPPED),
            Column("Id", 9),
            Column("Series", 24, ColumnKind.WRAPPED),
            Column("Actions", 12, ColumnKind.WRAPPED),
            Column("Purposes", 14, ColumnKind.WRAPPED),
            Column("Start", 19, ColumnKind.INSTANT),
            Column("End", 19, ColumnKind.INSTANT),
            Column("Revoked", 19, ColumnKind.INSTANT),
            Column("State", 10),
            Column("Granted by", 16, ColumnKind.WRAPPED),
            Column("Reason", 24, ColumnKind.WRAPPED),
            Column("Recorded", 19, ColumnKind.INSTANT),
            Column("Used", 9),
            Column("Accesses", 11, ColumnKind.INTEGER),
            Column("Last use", 19, ColumnKind.INSTANT),
            Column("Before it was recorded", 12, ColumnKind.INTEGER),
            Column("Grant", 20),
        ],
        rows=rows,
        empty="No temporary duty has been recorded.",
        frozen_columns=1,
    )
