"""Dates as people, spreadsheets and HR systems write them: from a cell's text to a day, or to a moment of a day."""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias, TypeGuard

from config.visible import visible

Moment: TypeAlias = date | datetime  # a day, or an instant that may lack its zone

EXPECTED_INSTANT = "a date such as 2025-03-01, or an instant such as 2025-03-01T17:00:00-06:00"

_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_SERIAL = re.compile(r"\d{5}")  # from 1927 on; four digits are rather a year, which is no date
_ANY_YEAR = 2000
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of spreadsheets' 1900 system, as they count 29 February 1900
_LAST_SERIAL = "2958465"  # 9999-12-31
_ISO_CLOCK = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]+\d{1,2}:\d{2}")
_CLOCK = r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.0+)?)?\s*(?:(?P<half>[ap])\.?m\.?)?)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})(?:/(\d{{1,2}})/(\d{{4}}|\d\d)|-(\d{{1,2}})-(\d{{4}})){_CLOCK}", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?"
_NAMED = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ./-]*(?P<month>[a-z]{{3,9}})|"
    rf"(?P<month_before>[a-z]{{3,9}})[ .-]*(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?(?=[ ,-]))"
    rf"[ .,/-]*(?P<year>\d{{4}}|\d\d){_CLOCK}",
    re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_MONTH_NUMBERS = {
    **{month: number for number, month in enumerate(_MONTHS, 1)},
    **{month[:3]: number for number, month in enumerate(_MONTHS, 1)},
    "sept": 9,
}


class DayOrder(StrEnum):
    """Which stands first in a date of numbers alone that does not begin with the year."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


def read_moment(text: str, this_year: int, order: DayOrder = DayOrder.MONTH_FIRST) -> Moment:
    """Read a date or a clock time; a clock time of exactly midnight that has no offset is that date (DOMAIN section 2).

    Args:
        text: As somebody wrote it.
        this_year: Years of two digits, up to the one that follows it, are of this century.
        order: Of day and month, where only numbers stand.

    Raises:
        ValueError: It is neither, or no day of the calendar.
    """
    try:
        moment = _parsed(_plain(text), this_year, order)
    except (ValueError, OverflowError) as error:
        # Python says it in its own words
        said = "an offset is less than a day" if "timedelta" in str(error) else str(error)
        raise ValueError(said if said == EXPECTED_INSTANT else f"{EXPECTED_INSTANT} ({said})") from error
    return moment.date() if _is_midnight(moment) else moment


def says_midnight(text: str) -> bool:
    """Say whether a text that can be read as a date gives the clock time 0:00 with it, and no offset."""
    return ":" in text and any(_is_midnight(_tried(_plain(text), order)) for order in DayOrder)


def is_date(text: str) -> bool:
    """Say whether a text is a date, with or without a clock time, in any order."""
    return any(_tried(_plain(text), order) is not None for order in DayOrder)


def possible_orders(text: str) -> frozenset[DayOrder]:
    """Say in which orders a date of numbers alone can be read; none where the order is not in question."""
    found = _NUMBERS.fullmatch(_plain(text))
    if not found or found[1] == (found[2] or found[4]):
        return frozenset()
    first, second = int(found[1]), int(found[2] or found[4])
    months = range(1, 13)
    possible = {DayOrder.MONTH_FIRST: first in months, DayOrder.DAY_FIRST: second in months}
    return frozenset(order for order, fits in possible.items() if fits) if first != second else frozenset()


def _tried(plain: str, order: DayOrder) -> Moment | None:
    try:
        return _parsed(plain, _ANY_YEAR, order)
    except (ValueError, OverflowError):
        return None


def _is_midnight(moment: Moment | None) -> TypeGuard[datetime]:
    return isinstance(moment, datetime) and moment.tzinfo is None and moment.time() == time()


def _plain(text: str) -> str:
    return " ".join(visible(text).split())


def _parsed(text: str, this_year: int, order: DayOrder) -> Moment:
    if match := _DATE.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if _SERIAL.fullmatch(text) or text == _LAST_SERIAL:
        return _SERIAL_ORIGIN + timedelta(days=int(text))
    if _ISO_CLOCK.match(text):
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]|Z$)", "", text))
    if match := _NUMBERS.fullmatch(text):
        numbers = int(match[1]), int(match[2] or match[4])
        month, day = numbers if order is DayOrder.MONTH_FIRST else reversed(numbers)
        return _at_clock(date(_year(match[3] or match[5], this_year), month, day), match)
    if match := _NAMED.fullmatch(text):
        named = _MONTH_NUMBERS.get((match["month"] or match["month_before"]).casefold())
        if named:
            day = int(match["day"] or match["day_behind"])
            return _at_clock(date(_year(match["year"], this_year), named, day), match)
    raise ValueError(EXPECTED_INSTANT)


def _year(digits: str, this_year: int) -> int:
    if len(digits) > 2:  # noqa: PLR2004 - years of two digits
        return int(digits)
    year = this_year // 100 * 100 + int(digits)
    return year if year <= this_year + 1 else year - 100


def _at_clock(day: date, match: re.Match[str]) -> Moment:
    if match["hour"] is None:
        return day
    hour, half = int(match["hour"]), match["half"]
    if half is not None:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of a clock with two halves
            raise ValueError(EXPECTED_INSTANT)
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    return datetime.combine(day, time(hour, int(match["minute"]), int(match["second"] or 0)))
