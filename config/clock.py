"""Instants: the only reader of the clock, and how text becomes an instant and is shown again.

From the door inwards every instant is aware and UTC, every period is [start, end).
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

_Moment = TypeVar("_Moment", date, datetime)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Where a period has no start or no end: beyond any instant that a log can hold, in microseconds since EPOCH.
ALWAYS = -(2**62)
FOREVER = 2**62

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?")
_SERIAL = re.compile(r"\d{5}")  # from 1927 on; four digits are rather a year, which is no date
_CLOCK = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]+\d{1,2}:\d{2}")
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of spreadsheets' 1900 system, as they count 29 February 1900
_EARLIEST, _LATEST = 1900, 9998

EXPECTED_DATE = "a date such as 2025-03-01"
EXPECTED_INSTANT = "a date such as 2025-03-01, or an instant such as 2025-03-01T17:00:00-06:00"


def now() -> datetime:
    """Read the clock, in UTC."""
    return datetime.now(UTC)


def microseconds(instant: datetime) -> int:
    """Count the microseconds since 1970 in UTC, exactly."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_microseconds(count: int) -> datetime:
    """Give the aware instant of a count of microseconds since 1970 in UTC."""
    return EPOCH + timedelta(microseconds=count)


def read_date(text: str) -> date:
    """Read a date as people and spreadsheets write it: ISO, US order, or a spreadsheet's serial number.

    Raises:
        ValueError: It is none of these, or no day of the calendar between 1900 and 9998.
    """
    moment = _read_moment(text)
    if isinstance(moment, datetime):
        if moment.time() != time():
            raise ValueError(EXPECTED_DATE)
        return moment.date()
    return moment


def read_start(text: str, zone: ZoneInfo) -> datetime:
    """Read the start of a period: a date begins at its local midnight, an instant is itself.

    Raises:
        ValueError: The text is neither.
    """
    return _instant_of(_read_moment(text), zone)


def read_end(text: str, zone: ZoneInfo) -> datetime:
    """Read the end of a period: a date ends with its last moment, so at the next local midnight; an instant is itself.

    Raises:
        ValueError: The text is neither.
    """
    moment = _read_moment(text)
    if isinstance(moment, datetime):
        return _instant_of(moment, zone)
    return _instant_of(moment + timedelta(days=1), zone)


def month_start(year: int, month: int, zone: ZoneInfo) -> datetime:
    """Give the instant at which a month begins in a zone."""
    return _instant_of(date(year, month, 1), zone)


def local_text(instant: datetime, zone: ZoneInfo) -> str:
    """Say an instant to a person, in a zone, to the minute; finer where it has seconds."""
    local = instant.astimezone(zone)
    clock = "%H:%M" if not (local.second or local.microsecond) else "%H:%M:%S"
    fraction = f".{local.microsecond:06d}" if local.microsecond else ""
    return f"{local.day} {local:%B %Y, {clock}}{fraction}"


def start_text(start: datetime, zone: ZoneInfo) -> str:
    """Say to a person from when on a period holds: its first day, or the instant."""
    local = start.astimezone(zone)
    return _day_text(local.date()) if local.time() == time() else local_text(start, zone)


def end_text(end: datetime, zone: ZoneInfo) -> str:
    """Say to a person how long a period [start, end) holds: through its last day, or until the instant."""
    last = last_day(end, zone)
    return f"until {local_text(end, zone)}" if last is None else f"through {_day_text(last)}"


def last_day(end: datetime, zone: ZoneInfo) -> date | None:
    """Give the last day of a period [start, end) that ends with a day; None where it ends within one."""
    local = end.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() == time() else None


def utc_text(instant: datetime) -> str:
    """Write an instant as ISO 8601 in UTC with `Z`, microseconds always six digits where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _instant_of(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        # fold=0: of a local time that occurs twice the earlier; one that does not exist moves forward by the gap
        moment = moment.replace(tzinfo=zone, fold=0)
    return moment.astimezone(UTC)


def _read_moment(text: str) -> date | datetime:
    try:
        return _parsed(text.strip())
    except (ValueError, OverflowError) as error:
        said = str(error)
        raise ValueError(said if said.startswith(EXPECTED_DATE) else f"{EXPECTED_INSTANT} ({said})") from error


def _parsed(text: str) -> date | datetime:
    if match := _DATE.fullmatch(text):
        return _sane(date(*map(int, match.groups())))
    if match := _US_DATE.fullmatch(text):
        return _sane(_us_moment(match))
    if _SERIAL.fullmatch(text):
        return _sane(_SERIAL_ORIGIN + timedelta(days=int(text)))
    if _CLOCK.match(text):
        return _sane(datetime.fromisoformat(re.sub(r"\s+(?=[+-]|Z$)", "", text)))
    raise ValueError(EXPECTED_INSTANT)


def _us_moment(match: re.Match[str]) -> date | datetime:
    month, day, year, hour, minute, second, half = match.groups()
    day_of_year = date(int(year), int(month), int(day))
    if hour is None:
        return day_of_year
    if half is not None and not 1 <= int(hour) <= 12:  # noqa: PLR2004 - the hours of a clock with two halves
        raise ValueError(EXPECTED_INSTANT)
    hours = int(hour) if half is None else int(hour) % 12 + (12 if half.lower() == "pm" else 0)
    moment = datetime.combine(day_of_year, time(hours, int(minute), int(second or 0)))
    # exports write a date as "10/24/1979 12:00:00 AM"
    return day_of_year if moment.time() == time() else moment


def _sane(moment: _Moment) -> _Moment:
    if not _EARLIEST <= moment.year <= _LATEST:
        raise ValueError(f"{EXPECTED_DATE}, between the years {_EARLIEST} and {_LATEST}")
    return moment
