"""Which days of a source are missing against its cadence, and which fall below its own usual volume.

A day is *missing* where a record was expected and there is none: with the cadence `daily`, any day; `workdays`,
Monday to Friday but for legal holidays; `weekly`, all days of a week (Monday to Sunday) without any; `monthly`, and
where no cadence is stated, all days of a month without any. A day is *low* where it holds fewer than half of what is
usual: the median of the same weekday in the eight weeks before and after, of the days that hold records, where these
are at least half of those weeks and the median is at least 30; with `workdays`, this is told of workdays alone. Of
the first and the last day of a source this is not told, as its logs may begin or end within them. What a
day held may be *removed* since, under a schedule (`coverage.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

from audit.logs.legal_holidays import is_holiday

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_WEEKS_AROUND = 8
_FEWEST_WEEKS = 4
_FEWEST_USUAL = 30
_SATURDAY = 5


class Cadence(StrEnum):
    """On which days a source has accesses; none is stated where it is empty."""

    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NOT_STATED = ""


IN_WORDS = {
    Cadence.DAILY: "every day",
    Cadence.WORKDAYS: "Monday to Friday, but for legal holidays",
    Cadence.WEEKLY: "at least once a week",
    Cadence.MONTHLY: "at least once a month",
    Cadence.NOT_STATED: "not stated",
}


class DayState(StrEnum):
    """What a day of a source is."""

    SEEN = "seen"
    LOW = "low"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"
    REMOVED = "removed"


@dataclass(frozen=True)
class JudgedDay:
    """A day of a source.

    Args:
        events: How many records it holds; of one that is removed, how many it held.
        usual: How many it usually has on such a day; None where that cannot be told.
    """

    day: date
    events: int
    state: DayState
    usual: int | None = None


def judge_days(
    counts: Mapping[date, int], cadence: Cadence, first: date, last: date, *, today: date, usual: bool = True
) -> tuple[JudgedDay, ...]:
    """Judge each day from the first to the last.

    Args:
        counts: How many records each day holds, of all days of the source that hold any.
        today: From this day on nothing is missing yet.
        usual: Whether days are held to the usual volume.
    """
    span = (min(counts), max(counts)) if counts and usual else None
    ends_before = min(last + _DAY, today)
    return tuple(_judged(day, counts, cadence, span, ends_before) for day in _days(first, last))


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + number * _DAY for number in range((last - first).days + 1))


def _judged(
    day: date, counts: Mapping[date, int], cadence: Cadence, span: tuple[date, date] | None, ends_before: date
) -> JudgedDay:
    events = counts.get(day, 0)
    if not events:
        is_missing = _EXPECTED[cadence](day, counts, ends_before)
        return JudgedDay(day, 0, DayState.MISSING if is_missing else DayState.NOT_EXPECTED)
    is_odd = span is None or day in span or (cadence is Cadence.WORKDAYS and not is_workday(day))
    usual = None if is_odd or span is None else _usual_volume(counts, day, span)
    is_low = usual is not None and 2 * events < usual
    return JudgedDay(day, events, DayState.LOW if is_low else DayState.SEEN, usual)


def _usual_volume(counts: Mapping[date, int], day: date, span: tuple[date, date]) -> int | None:
    """Give how many records a source usually has on such a day; None where too few days tell."""
    before = min(_WEEKS_AROUND, (day - span[0]) // _WEEK)
    after = min(_WEEKS_AROUND, (span[1] - day) // _WEEK)
    around = (counts.get(day + number * _WEEK, 0) for number in range(-before, after + 1) if number)
    there = [events for events in around if events]
    if len(there) < max(_FEWEST_WEEKS, (before + after) / 2):
        return None
    usual = median_low(there)
    return usual if usual >= _FEWEST_USUAL else None


def is_workday(day: date) -> bool:
    """Say whether public offices are open by law: Monday to Friday, and no legal holiday."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def _on_every_day(day: date, _counts: Mapping[date, int], ends_before: date) -> bool:
    return day < ends_before


def _on_workdays(day: date, _counts: Mapping[date, int], ends_before: date) -> bool:
    return day < ends_before and is_workday(day)


def _in_every_week(day: date, counts: Mapping[date, int], ends_before: date) -> bool:
    monday = day - day.weekday() * _DAY
    return _all_without(monday, monday + _WEEK, counts, ends_before)


def _in_every_month(day: date, counts: Mapping[date, int], ends_before: date) -> bool:
    first = day.replace(day=1)
    return _all_without(first, (first + 31 * _DAY).replace(day=1), counts, ends_before)


def _all_without(first: date, after: date, counts: Mapping[date, int], ends_before: date) -> bool:
    """Say whether a week or month that is over holds no record; where it is not, records may still come."""
    return after <= ends_before and not any(counts.get(day) for day in _days(first, after - _DAY))


_EXPECTED: Mapping[Cadence, Callable[[date, Mapping[date, int], date], bool]] = {
    Cadence.DAILY: _on_every_day,
    Cadence.WORKDAYS: _on_workdays,
    Cadence.WEEKLY: _in_every_week,
    Cadence.MONTHLY: _in_every_month,
    Cadence.NOT_STATED: _in_every_month,
}


@dataclass(frozen=True)
class Gap:
    """Days without records, from the first to the last missing one; `days` of them are missing."""

    first: date
    last: date
    days: int


def gaps_of(days: Sequence[JudgedDay]) -> tuple[Gap, ...]:
    """Gather missing days that only days on which nothing was expected, and nothing came, part from one another.

    Args:
        days: In their order; some may be left out.
    """
    gaps, run, before = list[Gap](), list[date](), None
    for one in days:
        is_apart = before is not None and one.day - before > _DAY
        if run and (one.events or is_apart):
            gaps.append(Gap(run[0], run[-1], len(run)))
            run = []
        if one.state is DayState.MISSING:
            run.append(one.day)
        before = one.day
    if run:
        gaps.append(Gap(run[0], run[-1], len(run)))
    return tuple(gaps)
