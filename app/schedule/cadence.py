"""When something is done again and again, in words that a person writes, and the instant at which it is next."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from config.errors import Invalid
from config.texts import compare_form

EXAMPLES = (
    "daily at 03:15, weekdays at 06:00, monday, thursday at 06:00, day 1 at 03:00 (of each month), or every 10 minutes"
)
_WORDS = re.compile(r"(?P<days>.+) at (?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")
_EVERY = re.compile(r"every (5|10|15|20|30) minutes")
_DAY_OF_MONTH = re.compile(r"day ([1-9]|1\d|2[0-8])")  # which every month has
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SMALLEST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cadence:
    """Some days, and the time of day; or every so many minutes, which has none.

    Args:
        days: `daily`, `weekdays`, days of the week joined with `, `, `day N`, or `every N minutes`.
    """

    days: str
    hour: int = 0
    minute: int = 0

    def __str__(self) -> str:
        """Say it as it is written."""
        if self.minutes:
            return self.days
        return f"{self.days} at {self.hour:02}:{self.minute:02}"

    @property
    def minutes(self) -> int:
        """Every how many minutes; 0 where it has a time of day."""
        every = _EVERY.fullmatch(self.days)
        return int(every[1]) if every else 0

    def next_after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Give the first instant after another one, of the clocks of a zone.

        A time that does not exist on a day, as clocks are put forward, comes as much later; of one that exists twice it
        is the first.
        """
        if self.minutes:
            every = CronTrigger(minute=f"*/{self.minutes}", timezone=UTC)
            following: datetime = every.get_next_fire_time(None, instant.astimezone(UTC) + _SMALLEST)
            return following.astimezone(zone)
        trigger = CronTrigger(**self._fields(), hour=self.hour, minute=self.minute, timezone=zone)
        while True:
            # in UTC, as sums in a zone's own time take no account of its changes
            instant = trigger.get_next_fire_time(None, instant.astimezone(UTC) + _SMALLEST)
            if not instant.fold:
                return instant

    def _fields(self) -> dict[str, str]:
        if self.days == "daily":
            return {}
        if self.days.startswith("day "):
            return {"day": self.days.removeprefix("day ")}
        return {"day_of_week": "mon-fri" if self.days == "weekdays" else _short(self.days)}


def read_cadence(text: str) -> Cadence:
    """Read a cadence.

    Raises:
        Invalid: It is none.
    """
    if _EVERY.fullmatch(compare_form(text)):
        return Cadence(compare_form(text))
    found = _WORDS.fullmatch(compare_form(text))
    days = _read_days(found["days"]) if found else ""
    if found is None or not days:
        raise Invalid(f'"{text}" does not say when; write it such as {EXAMPLES}.')
    return Cadence(days, int(found["hour"]), int(found["minute"]))


def _read_days(text: str) -> str:
    if text in {"daily", "weekdays"} or _DAY_OF_MONTH.fullmatch(text):
        return text
    said = {word for word in re.split(r",| and ", text) for word in word.split()}
    named = [day for day in _WEEK if said & {day, day[:3]}]
    return ", ".join(named) if len(named) == len(said) else ""


def _short(days: str) -> str:
    return ",".join(day[:3] for day in days.split(", "))
