"""Local times: what instant a time without an offset is, as DOMAIN.md section 2 wants it.

Of a local time that occurs twice the earlier instant is meant; one that does not exist is moved forward by the gap.
Both come out right when a boundary of offsets, seen on the local clock, is taken at the later of its two readings.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

Counts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

# Before and after these years a zone keeps the offset that it had then.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=7)
_ORIGIN = datetime(1970, 1, 1)  # noqa: DTZ001 - a local clock's
# What a local time can be besides an ordinary one.
TWICE, MISSING = 1, 2


def instants_of(local: Counts, zone: ZoneInfo) -> Counts:
    """Give the instants of local times, both in microseconds since 1970, on the zone's clock and in UTC."""
    changes = _changes(zone.key)
    boundaries = np.array([_count(change.boundary()) for change in changes], np.int64)
    first = changes[0].before if changes else _offset(_FIRST, zone)
    offsets = np.array([_length(first), *(_length(change.after) for change in changes)], np.int64)
    return local - offsets[np.searchsorted(boundaries, local, side="right")]


def oddness_of(local: Counts, zone: ZoneInfo) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    """Give TWICE for local times that occur twice, MISSING for those that do not exist, else 0."""
    changes = _changes(zone.key)
    kinds = np.array([0, *(MISSING if change.after > change.before else TWICE for change in changes)], np.int8)
    starts = np.array([_count(change.odd_times()[0]) for change in changes], np.int64)
    ends = np.array([_count(_ORIGIN), *(_count(change.odd_times()[1]) for change in changes)], np.int64)
    place = np.searchsorted(starts, local, side="right")
    return np.where(local < ends[place], kinds[place], np.int8(0))


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


def _count(local: datetime) -> int:
    return _length(local - _ORIGIN)


def _length(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


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
