"""How the cells of a report say the edges of a period: by its first and last day where it begins and ends with one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.clock import day_text, local_text
from config.clock import first_day as day_begun
from config.clock import last_day as day_ended


def first_day(start: datetime | None, zone: ZoneInfo) -> date | str | None:
    """Give the day with which a period begins; where it begins in the middle of one, the local time as text."""
    return None if start is None else day_begun(start, zone) or _clock_time(start, zone)


def last_day(end: datetime | None, zone: ZoneInfo) -> date | str | None:
    """Give the last day of a period [start, end); where it ends in the middle of one, the local time as text."""
    return None if end is None else day_ended(end, zone) or _clock_time(end, zone)


def range_in_words(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> str:
    """Say from when to when accesses of [start, end) are, None = no bound."""
    first, last = "the first access", "the last access"
    if start:
        day = day_begun(start, zone)
        first = day_text(day) if day else f"{local_text(start, zone)} ({zone})"
    if end:
        day = day_ended(end, zone)
        last = day_text(day) if day else f"before {local_text(end, zone)} ({zone})"
    return f"from {first} to {last}"


def _clock_time(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone).replace(microsecond=0, tzinfo=None)
    return local.isoformat(" ", "seconds" if local.second else "minutes")
