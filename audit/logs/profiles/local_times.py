"""SQL for local times: what instant a time without an offset is, as DOMAIN.md section 2 wants it.

Of a local time that occurs twice the earlier instant is meant; one that does not exist is moved forward by the gap.
Both come out right when a boundary of offsets, seen on the local clock, is taken at the later of its two readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# Before and after these years a zone keeps the offset that it had then.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=7)


@dataclass(frozen=True)
class _Change:
    """A zone's offset changes at an instant."""

    at: datetime
    before: timedelta
    after: timedelta

    def boundary(self) -> datetime:
        return (self.at + max(self.before, self.after)).replace(tzinfo=None)

    def odd_times(self) -> tuple[datetime, datetime]:
        """Give the local times that occur twice, or not at all: [from, to)."""
        local = self.at.replace(tzinfo=None)
        return local + min(self.before, self.after), local + max(self.before, self.after)


def instant_sql(local: str, zone: ZoneInfo) -> str:
    """Give the SQL of the instant, as a UTC timestamp, of a local timestamp expression."""
    changes = _changes(zone.key)
    first = changes[0].before if changes else _offset(_FIRST, zone)
    steps = [(change.boundary(), f"{local} - {_interval(change.after)}") for change in changes]
    return _stepwise(local, f"{local} - {_interval(first)}", steps)


def oddness_sql(local: str, zone: ZoneInfo) -> str:
    """Give the SQL of 1 for a local time that occurs twice, 2 for one that does not exist, else 0."""
    steps = []
    for change in _changes(zone.key):
        start, end = change.odd_times()
        kind = 2 if change.after > change.before else 1
        steps.append((start, f"CASE WHEN {local} < TIMESTAMP '{end}' THEN {kind} ELSE 0 END"))
    return _stepwise(local, "0", steps)


def _stepwise(local: str, first: str, steps: Sequence[tuple[datetime, str]]) -> str:
    """Give the SQL of the last step at or before a time, found by halving; before all of them, the first expression."""
    if not steps:
        return first
    middle = len(steps) // 2
    start, expression = steps[middle]
    earlier, later = _stepwise(local, first, steps[:middle]), _stepwise(local, expression, steps[middle + 1 :])
    return f"CASE WHEN {local} < TIMESTAMP '{start}' THEN {earlier} ELSE {later} END"


def _interval(offset: timedelta) -> str:
    return f"to_microseconds({offset // timedelta(microseconds=1)})"


@cache
def _changes(key: str) -> tuple[_Change, ...]:
    zone = ZoneInfo(key)
    changes = []
    instant = _FIRST
    while instant < _LAST:
        after = instant + _STEP
        if _offset(instant, zone) != _offset(after, zone):
            at = _find_change(instant, after, zone)
            changes.append(_Change(at, _offset(at - timedelta(seconds=1), zone), _offset(at, zone)))
        instant = after
    return tuple(changes)


def _find_change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    if offset is None:
        raise AssertionError("A zone always has an offset.")
    return offset
