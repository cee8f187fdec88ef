"""The sample city's year and zone; an instant is a whole number of milliseconds since 1970 in UTC."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("America/Chicago")
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
ALWAYS = -(2**53)
FOREVER = 2**53

FIRST_DAY = date(2025, 1, 1)
LAST_DAY = date(2025, 12, 31)
# Of Minn. Stat. 645.44, as a city keeps them in 2025.
HOLIDAYS = frozenset(
    date(2025, month, day)
    for month, day in [
        (1, 1),
        (1, 20),
        (2, 17),
        (5, 26),
        (6, 19),
        (7, 4),
        (9, 1),
        (11, 11),
        (11, 27),
        (11, 28),
        (12, 25),
    ]
)


@cache
def midnight(day: date) -> int:
    """Give the instant at which a local day begins."""
    return round(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) * SECOND


YEAR_START = midnight(FIRST_DAY)
YEAR_END = midnight(LAST_DAY + timedelta(days=1))
CLOCKS_FORWARD = midnight(date(2025, 3, 9)) + 2 * HOUR
CLOCKS_BACK = midnight(date(2025, 11, 2)) + 2 * HOUR
_STANDARD_OFFSET = -6 * HOUR
_SUMMER_OFFSET = -5 * HOUR


def local_offsets(times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give what to add to each instant of the year to have its local wall-clock time."""
    summer = (times >= CLOCKS_FORWARD) & (times < CLOCKS_BACK)
    return np.where(summer, _SUMMER_OFFSET, _STANDARD_OFFSET)


def in_repeated_hour(instant: int) -> bool:
    """Say whether a log without offsets would be read as meaning the hour before."""
    return CLOCKS_BACK <= instant < CLOCKS_BACK + HOUR


def instant_text(instant: int, *, zulu: bool = False) -> str:
    """Write an instant as ISO 8601, with the local offset or in UTC."""
    moment = datetime.fromtimestamp(instant // SECOND, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if zulu else moment.astimezone(ZONE).isoformat()


class Period(NamedTuple):
    """A half-open period of instants, and how the city's files write its ends."""

    start: int
    end: int
    start_text: str
    end_text: str

    @classmethod
    def of_dates(cls, first: date | None, last: date | None) -> Self:
        """Make a period of whole days, both ends included; None is open."""
        return cls(
            ALWAYS if first is None else midnight(first),
            FOREVER if last is None else midnight(last + timedelta(days=1)),
            "" if first is None else first.isoformat(),
            "" if last is None else last.isoformat(),
        )

    @classmethod
    def of_instants(cls, start: int, end: int, *, zulu: bool = False) -> Self:
        """Make a period of instants, the end excluded."""
        return cls(start, end, instant_text(start, zulu=zulu), instant_text(end, zulu=zulu))

    def holds_at(self, instant: int) -> bool:
        """Say whether the instant lies in the period."""
        return self.start <= instant < self.end
