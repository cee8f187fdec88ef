"""The legal holidays of Minn. Stat. 645.44 subd. 5 on which every public office is closed.

The October holiday and the Friday after Thanksgiving are left out, as each local government chooses whether it keeps
them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_JUNETEENTH_SINCE = 2023


def is_holiday(day: date) -> bool:
    """Say whether a day is a legal holiday."""
    return day in _holidays(day.year)


@lru_cache(maxsize=300)
def _holidays(year: int) -> frozenset[date]:
    # a New Year's Day on a Saturday is kept on the last day of the year before
    moved = [_moved(day) for day in (*_of_a_date(year), date(min(year + 1, date.max.year), 1, 1))]
    return frozenset(day for day in (*moved, *_of_a_weekday(year)) if day.year == year)


def _of_a_date(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    if year >= _JUNETEENTH_SINCE:
        yield date(year, 6, 19)
    yield from (date(year, 7, 4), date(year, 11, 11), date(year, 12, 25))


def _moved(day: date) -> date:
    """Move a holiday of a fixed date off the weekend."""
    if day.weekday() == _SATURDAY:
        return day - _DAY
    return day + _DAY if day.weekday() == _SUNDAY else day


def _of_a_weekday(year: int) -> Iterator[date]:
    yield _nth(year, 1, _MONDAY, 3)
    yield _nth(year, 2, _MONDAY, 3)
    yield _nth(year, 6, _MONDAY, 1) - 7 * _DAY  # the last Monday of May
    yield _nth(year, 9, _MONDAY, 1)
    yield _nth(year, 11, _THURSDAY, 4)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * _DAY
