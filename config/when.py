"""WHEN, as people say it: `today`, `friday`, `+3d`, `17:00`, a date, an instant; read in the entity's zone."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.clock import end_of, end_text, read_moment, start_of, start_text
from config.texts import compare_form
from config.written_dates import Moment

EXPECTED_WHEN = "a date such as 2025-03-01, a word such as today, friday or +3d, a time such as 17:00, or an instant"

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEP = re.compile(r"\+\s?(\d{1,4})\s?(h|d|w|hours?|days?|weeks?)")
_CLOCK = re.compile(r"(?:(?P<day>[a-z]+|\d{4}-\d{2}-\d{2}) )?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s?(?P<half>[ap]m)?")
_HALF = 12
_SHORTEST_DAY = 3


def read_when_it_ends(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Read the end of a period; of a day, its last moment counts.

    Raises:
        ValueError: The text is none of what is expected.
    """
    return end_of(_moment(text, zone, now), zone)


def read_when_it_starts(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Read the start of a period: of a day its first moment, but of the present day the present moment.

    Raises:
        ValueError: The text is none of what is expected.
    """
    moment = _moment(text, zone, now)
    if not isinstance(moment, datetime) and moment == now.astimezone(zone).date():
        return now
    return start_of(moment, zone)


def period_text(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Say a period back in full, with the days of the week and the zone."""
    first, last = start.astimezone(zone), (end - timedelta(microseconds=1)).astimezone(zone)
    return (
        f"from {first:%A} {start_text(start.replace(microsecond=0), zone)} "
        f"{end_text(end, zone).replace(' ', f' {last:%A} ', 1)} ({zone.key})"
    )


def _moment(text: str, zone: ZoneInfo, now: datetime) -> Moment:
    said, local = compare_form(text), now.astimezone(zone)
    if said == "now":
        return now
    if step := _STEP.fullmatch(said):
        return _later(int(step[1]), step[2][0], now, local)
    if clock := _CLOCK.fullmatch(said):
        return _at_clock(clock, local.date())
    day = _named_day(said, local.date())
    if day is not None:
        return day
    try:
        return read_moment(text)
    except ValueError as error:
        raise ValueError(EXPECTED_WHEN) from error


def _later(count: int, unit: str, now: datetime, local: datetime) -> Moment:
    if unit == "h":
        return now + timedelta(hours=count)
    return local.date() + timedelta(days=count * (7 if unit == "w" else 1))


def _at_clock(clock: re.Match[str], today: date) -> datetime:
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= _HALF:
            raise ValueError(EXPECTED_WHEN)
        hour = hour % _HALF + (_HALF if clock["half"] == "pm" else 0)
    day = today if clock["day"] is None else _named_day(clock["day"], today) or _written_day(clock["day"])
    try:
        return datetime.combine(day, time(hour, int(clock["minute"])))
    except ValueError as error:
        raise ValueError(EXPECTED_WHEN) from error


def _written_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(EXPECTED_WHEN) from error


def _named_day(said: str, today: date) -> date | None:
    """Give the day that a word names: a day of the week is the next one of that name, or today."""
    if said in {"today", "tomorrow"}:
        return today + timedelta(days=said == "tomorrow")
    fitting = [place for place, name in enumerate(_DAYS) if len(said) >= _SHORTEST_DAY and name.startswith(said)]
    return today + timedelta(days=(fitting[0] - today.weekday()) % 7) if fitting else None
