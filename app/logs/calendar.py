"""The coverage of a source as its page shows it: a calendar of one year, and what was not seen in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from audit.logs.coverage import CoverageRequest, SourceCoverage, read_coverage
from audit.logs.judge_days import IN_WORDS, DayState, JudgedDay
from audit.logs.say_coverage import say_gap, say_late, say_low
from audit.logs.source_purge import find_purge
from config.officials.limits import Limits
from config.work import Work

_MOST_GAPS, _MOST_JUMPS = 20, 5
STATES_IN_WORDS = {
    DayState.SEEN: "seen",
    DayState.LOW: "fewer than half of the usual",
    DayState.MISSING: "missing, not judged",
    DayState.NOT_EXPECTED: "no records, none expected",
    DayState.REMOVED: "removed under a schedule, no longer there",
}


@dataclass(frozen=True)
class CalendarMonth:
    """A month: its first day, its weeks from Monday on, None where a day is of another month or was not asked about."""

    first: date
    weeks: Sequence[Sequence[JudgedDay | None]]
    events: int
    missing: int


@dataclass(frozen=True)
class Calendar:
    """What the page shows of coverage.

    Args:
        year: That is shown; `years` are all that there are.
        missing: How many days are missing of all years; `gaps` the longest of these times, in words.
        more: How many shorter ones there are.
        notes: What else is to be said: of numbers that jump, of low days, of what is late, of what is purged.
    """

    year: int
    years: Sequence[int]
    months: Sequence[CalendarMonth]
    expected: str
    missing: int
    gaps: Sequence[str]
    more: int
    notes: Sequence[str]
    words: Mapping[DayState, str] = field(default_factory=lambda: STATES_IN_WORDS)


def show_calendar(work: Work, source: str, year: int | None, limits: Limits) -> Calendar | None:
    """Give the calendar of a source; None where nothing of it was seen.

    Args:
        year: That is wanted; None = the newest.
    """
    found = read_coverage(work, CoverageRequest(source, limits=limits))
    if not found or not found[0].days:
        return None
    one = found[0]
    years = sorted({judged.day.year for judged in one.days}, reverse=True)
    shown = year if year in years else years[0]
    gaps = sorted(one.gaps, key=lambda gap: (-gap.days, gap.first))
    return Calendar(
        year=shown,
        years=years,
        months=_months([judged for judged in one.days if judged.day.year == shown]),
        expected=IN_WORDS[one.expected.cadence],
        missing=one.missing,
        gaps=[say_gap(source, gap) for gap in gaps[:_MOST_GAPS]],
        more=max(0, len(gaps) - _MOST_GAPS),
        notes=_notes(one, shown, work.zone),
    )


def _notes(one: SourceCoverage, year: int, zone: ZoneInfo) -> list[str]:
    of_year = replace(one, days=tuple(judged for judged in one.days if judged.day.year == year))
    jumps = (jump.say(zone) for jump in one.jumps[:_MOST_JUMPS])
    notes = (one.said_removed, *jumps, say_low(of_year), say_late(one), str(find_purge(one) or ""))
    return [note for note in notes if note]


def _months(days: Sequence[JudgedDay]) -> list[CalendarMonth]:
    return [
        _month(date(days[0].day.year, month, 1), list(of)) for month, of in groupby(days, lambda one: one.day.month)
    ]


def _month(first: date, days: Sequence[JudgedDay]) -> CalendarMonth:
    by_day = {one.day: one for one in days}
    monday = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    weeks = []
    while monday <= last:
        weeks.append([by_day.get(monday + timedelta(days=number)) for number in range(7)])
        monday += timedelta(days=7)
    missing = sum(one.state is DayState.MISSING for one in days)
    events = sum(one.events for one in days if one.state is not DayState.REMOVED)
    return CalendarMonth(first, weeks, events, missing)
