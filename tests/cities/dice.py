"""How a city's choices are made: moments near the changes of clocks, and how they are spelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from tests.reference.facts import instant

Option = TypeVar("Option")


MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NUDGES = (
    *(timedelta(0), -MICROSECOND, MICROSECOND, -HOUR, HOUR, HOUR - MICROSECOND, timedelta(minutes=30)),
    *(-DAY, DAY, 9 * DAY, -9 * DAY),
)
# Chicago changes its clocks on March 9 and November 2 of 2025, Havana at midnight, Lord Howe by half an hour.
ZONES = (
    *("America/Chicago", "America/Chicago", "America/Chicago", "UTC", "Europe/Berlin", "America/Havana"),
    *("America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"),
)
DAYS = (
    *("2025-06-15", "2025-03-09", "2025-11-02", "2025-03-31", "2025-04-01", "2025-01-01", "2025-12-31"),
    *("2025-02-28", "2025-05-01", "2025-09-07", "2025-03-10", "2025-11-03", "2024-02-29"),
)


@dataclass(frozen=True)
class Dice:
    """All choices go through `integer` (both ends included); the first option is the plainest."""

    integer: Callable[[int, int], int]

    def one_of(self, options: Sequence[Option]) -> Option:
        """Give one of some options."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """Say yes in so many of a hundred times."""
        return self.integer(0, 99) >= 100 - percent

    def some_of(self, options: Sequence[Option], most: int) -> list[Option]:
        """Give at least one of some options and so many at most; one may come twice."""
        return [self.one_of(options) for _ in range(self.integer(1, most))]


@cache
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """Give the instants of 2025 at which a zone's clocks change; for a zone without, those of Chicago."""
    half_hours = [datetime(2025, 1, 1, tzinfo=UTC) + n * HOUR / 2 for n in range(2 * 24 * 365)]
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in half_hours]
    changes = [half_hours[n] for n in range(1, len(half_hours)) if offsets[n] != offsets[n - 1]]
    return tuple(changes) or clock_changes("America/Chicago")


def spelled(dice: Dice, moment: datetime, zone: str) -> str:
    """Write an instant with Z, with an offset, or naive where that names it, also as a local time that was skipped."""
    local = moment.astimezone(ZoneInfo(zone))
    offset_before = (moment - 3 * HOUR).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    naive = [(moment + offset_before).replace(tzinfo=None).isoformat(), local.replace(tzinfo=None).isoformat()]
    texts = [
        moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z",
        local.isoformat(),
        *(text for text in naive if instant(text, zone) == moment),
    ]
    text = dice.one_of(texts)
    return text.replace("T", " ") if dice.chance(10) else text
