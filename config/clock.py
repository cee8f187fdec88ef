"""Instants: the only reader of the clock, and how text becomes an instant and is shown again.

From the door inwards every instant is aware and UTC, every period is [start, end).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from config.written_dates import DayOrder, Moment
from config.written_dates import read_moment as read_written

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)  # the least by which an instant can lie before another
# Where a period has no start or no end: beyond any instant that a log can hold, in microseconds since EPOCH.
ALWAYS = -(2**62)
FOREVER = 2**62

_EARLIEST, _LATEST = 1900, 9998

EXPECTED_DATE = "a date such as 2025-03-01"


def now() -> datetime:
    """Read the clock, in UTC."""
    return datetime.now(UTC)


def microseconds(instant: datetime) -> int:
    """Count the microseconds since 1970 in UTC, exactly."""
    return (instant - EPOCH) // MOMENT


def from_microseconds(count: int) -> datetime:
    """Give the aware instant of a count of microseconds since 1970 in UTC."""
    return EPOCH + timedelta(microseconds=count)


def read_date(text: str) -> date:
    """Read a date as people and spreadsheets write it; of numbers alone in US order.

    Raises:
        ValueError: It is none, or no day of the calendar between 1900 and 9998.
    """
    moment = _sane(read_moment(text))
    if isinstance(moment, datetime):
        raise ValueError(EXPECTED_DATE)  # noqa: TRY004 - the text is at fault, whatever it was read as
    return moment


def checked_day(day: date) -> date:
    """Give a day.

    Raises:
        ValueError: Its year is beyond those of people.
    """
    _sane(day)
    return day


def read_moment(text: str, order: DayOrder = DayOrder.MONTH_FIRST) -> Moment:
    """Read a date or a clock time, of whatever year; a naive clock time of midnight is that date.

    Raises:
        ValueError: The text is neither.
    """
    return read_written(text, now().year, order)


def read_start(text: str, zone: ZoneInfo) -> datetime:
    """Read the start of a period: a date begins at its local midnight, an instant is itself.

    Raises:
        ValueError: The text is neither.
    """
    return start_of(read_moment(text), zone)


def read_end(text: str, zone: ZoneInfo) -> datetime:
    """Read the end of a period: a date ends with its last moment, so at the next local midnight; an instant is itself.

    Raises:
        ValueError: The text is neither.
    """
    return end_of(read_moment(text), zone)


def start_of(moment: Moment, zone: ZoneInfo) -> datetime:
    """Give the instant at which a period begins that starts so.

    Raises:
        ValueError: The year is beyond those of people.
    """
    return _instant_of(_sane(moment), zone)


def end_of(moment: Moment, zone: ZoneInfo) -> datetime:
    """Give the instant at which a period ends that ends so: of a date, the next local midnight.

    Raises:
        ValueError: The year is beyond those of people.
    """
    moment = _sane(moment)
    return _instant_of(moment if isinstance(moment, datetime) else moment + timedelta(days=1), zone)


def month_start(year: int, month: int, zone: ZoneInfo) -> datetime:
    """Give the instant at which a month begins in a zone."""
    return _instant_of(date(year, month, 1), zone)


def month_span(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the instants at which a month, as YYYY-MM, begins in a zone, and the one after it."""
    ((_, start, end),) = islice(_months_from(int(month[:4]), int(month[5:]), zone), 1)
    return start, end


def months_between(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[tuple[str, datetime, datetime]]:
    """Give the months of a zone from one instant to another: each as YYYY-MM, its beginning, and that of the next."""
    local = first.astimezone(zone)
    return takewhile(lambda month: month[1] <= last, _months_from(local.year, local.month, zone))


def _months_from(year: int, month: int, zone: ZoneInfo) -> Iterator[tuple[str, datetime, datetime]]:
    while True:
        following = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year
        yield f"{year:04d}-{month:02d}", month_start(year, month, zone), month_start(*following, zone)
        year, month = following


def local_text(instant: datetime, zone: ZoneInfo) -> str:
    """Say an instant to a person, in a zone, to the minute; finer where it has seconds."""
    local = instant.astimezone(zone)
    clock = "%H:%M" if not (local.second or local.microsecond) else "%H:%M:%S"
    fraction = f".{local.microsecond:06d}" if local.microsecond else ""
    return f"{local.day} {local:%B %Y, {clock}}{fraction}"


def length_text(length: timedelta) -> str:
    """Say a length of time to a person, in its two largest units."""
    seconds = int(length.total_seconds())
    parts = [f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in _in_units(seconds) if count]
    return " ".join(parts[:2]) or "less than a second"


def _in_units(seconds: int) -> Iterator[tuple[str, int]]:
    for name, unit in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, unit)
        yield name, count


def start_text(start: datetime, zone: ZoneInfo) -> str:
    """Say to a person from when on a period holds: its first day, or the instant."""
    day = first_day(start, zone)
    return local_text(start, zone) if day is None else day_text(day)


def end_text(end: datetime, zone: ZoneInfo) -> str:
    """Say to a person how long a period [start, end) holds: through its last day, or until the instant."""
    last = last_day(end, zone)
    return f"until {local_text(end, zone)}" if last is None else f"through {day_text(last)}"


def first_day(start: datetime, zone: ZoneInfo) -> date | None:
    """Give the day that begins at an instant; None where it lies within one. Not every day begins at 00:00."""
    day = start.astimezone(zone).date()
    return day if _just_before(start, zone) < day else None


def period_text(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> str:
    """Say to a person when something holds: a period [start, end), None = open."""
    if start is not None and end is not None and end <= start:
        return "never in force"
    parts = [f"from {start_text(start, zone)}"] if start else []
    parts += [end_text(end, zone)] if end else ["on, open-ended"] if start else ["always"]
    return " ".join(parts)


def last_day(end: datetime, zone: ZoneInfo) -> date | None:
    """Give the last day of a period [start, end) that ends with a day; None where it ends within one."""
    return _just_before(end, zone) if first_day(end, zone) else None


def edge_text(instant: datetime, zone: ZoneInfo, *, is_end: bool) -> str:
    """Write an end or a start as files do: the day, where it lies between two; else the instant with its offset."""
    day = last_day(instant, zone) if is_end else first_day(instant, zone)
    return str(day or instant.astimezone(zone).isoformat())


def utc_text(instant: datetime) -> str:
    """Write an instant as ISO 8601 in UTC with `Z`, microseconds always six digits where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _just_before(instant: datetime, zone: ZoneInfo) -> date:
    return (instant - MOMENT).astimezone(zone).date()


def day_text(day: date) -> str:
    """Say a day to a person."""
    return f"{day.day} {day:%B %Y}"


def _instant_of(moment: Moment, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        # fold=0: of a local time that occurs twice the earlier; one that does not exist moves forward by the gap
        moment = moment.replace(tzinfo=zone, fold=0)
    return moment.astimezone(UTC)


def _sane(moment: Moment) -> Moment:
    if not _EARLIEST <= moment.year <= _LATEST:
        raise ValueError(f"{EXPECTED_DATE}, between the years {_EARLIEST} and {_LATEST}")
    return moment
