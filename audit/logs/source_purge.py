"""What a source is about to purge, or purged, of its own trail before it was imported here."""

from dataclasses import dataclass
from datetime import date, timedelta

from audit.logs.coverage import SourceCoverage
from audit.logs.judge_days import DayState
from config.clock import day_text
from config.texts import counted

WARNED_DAYS = 14
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Purge:
    """What a source purges of its own trail before it was imported.

    Args:
        day: The next day that was not seen, and is purged.
        on: When it is purged.
        lost: How many days that were not seen are purged by now.
        is_soon: It is time to import.
    """

    source: str
    keeps_days: int
    day: date | None
    on: date | None
    lost: int
    is_soon: bool

    def __str__(self) -> str:
        """Say it in a sentence or two."""
        keeps = f"{self.source} keeps its own trail for {counted(self.keeps_days, 'day')}."
        if self.lost:
            keeps += f" Of the days not seen, {self.lost:,} are older: it is likely too late to import them."
        if self.day is None or self.on is None:
            return keeps
        return f"{keeps} What it has of {day_text(self.day)} is there until {day_text(self.on)}; import it before."


def find_purge(one: SourceCoverage) -> Purge | None:
    """Find what a source purges; None where it is not stated for how long it keeps its trail, or all was imported."""
    keeps = one.expected.keeps_days
    if keeps is None or one.last_seen is None:
        return None
    oldest = one.today - keeps * _DAY  # that it still has
    missing = [day.day for day in one.days if day.state is DayState.MISSING and day.day < one.last_seen]
    after = one.last_seen + _DAY
    unseen = [day for day in (*missing, max(after, oldest)) if oldest <= day < one.today]
    lost = sum(day < oldest for day in missing) + max(0, (oldest - after).days)
    if not unseen and not lost:
        return None
    day = min(unseen, default=None)
    on = day + keeps * _DAY if day else None
    return Purge(one.source, keeps, day, on, lost, on is not None and (on - one.today).days <= WARNED_DAYS)
