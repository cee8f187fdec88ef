"""How people read the edges of a period: by its first and last day where it begins and ends at midnight."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.clock import local_text

MOMENT = timedelta(microseconds=1)  # the least by which an instant can lie before another


def first_day(start: datetime | None, zone: ZoneInfo) -> date | str | None:
    """Give the day with which a period begins; where it begins in the middle of one, the local time as text."""
    return None if start is None else _day_begun(start, zone) or _clock_time(start, zone)


def last_day(end: datetime | None, zone: ZoneInfo) -> date | str | None:
    """Give the last day of a period [start, end); where it ends in the middle of one, the local time as text."""
    if end is None:
        return None
    return _before(end, zone) if _day_begun(end, zone) else _clock_time(end, zone)


def range_in_words(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> str:
    """Say from when to when accesses of [start, end) are, None = no bound."""
    first, last = "the first access", "the last access"
    if start:
        first = _say_day(start, zone) if _day_begun(start, zone) else f"{local_text(start, zone)} ({zone})"
    if end:
        last = _say_day(end - MOMENT, zone) if _day_begun(end, zone) else f"before {local_text(end, zone)} ({zone})"
    return f"from {first} to {last}"


def _day_begun(instant: datetime, zone: ZoneInfo) -> date | None:
    """Give the local day that begins at an instant; None in the middle of a day."""
    local = instant.astimezone(zone)
    begins = local.time() == time() or _before(instant, zone) < local.date()
    return local.date() if begins else None


def _before(instant: datetime, zone: ZoneInfo) -> date:
    return (instant - MOMENT).astimezone(zone).date()


def _clock_time(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone).replace(microsecond=0, tzinfo=None)
    return local.isoformat(" ", "seconds" if local.second else "minutes")


def _say_day(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.day} {local:%B %Y}"
