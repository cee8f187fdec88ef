"""Tells what the parts of a measured process take."""

import time
from collections.abc import Iterable
from typing import NamedTuple


class Lap(NamedTuple):
    """Seconds of all threads of this process together, as the system accounts them, and seconds on the clock."""

    processor: float
    wall: float


class Watch:
    """Tells what has been taken since it was last asked."""

    def __init__(self) -> None:
        self._last = _now()

    def lap(self) -> Lap:
        """Give what was taken since the last lap."""
        before, self._last = self._last, _now()
        return Lap(self._last.processor - before.processor, self._last.wall - before.wall)


def total(laps: Iterable[Lap]) -> dict[str, float]:
    """Add laps up, for a module's figures."""
    taken = list(laps)
    return {"processor": sum(lap.processor for lap in taken), "wall": sum(lap.wall for lap in taken)}


def mean(laps: Iterable[Lap]) -> dict[str, float]:
    """Give the mean of laps, for a module's figures."""
    taken = list(laps)
    return {name: seconds / len(taken) for name, seconds in total(taken).items()}


def _now() -> Lap:
    return Lap(time.process_time(), time.perf_counter())
