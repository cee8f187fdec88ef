"""Writes the times of a batch of accesses, fast, in the ways in which logs write them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.sample_city.year import CLOCKS_FORWARD, DAY, FIRST_DAY, HOUR, LAST_DAY, MINUTE, SECOND, local_offsets

Times = NDArray[np.int64]
_DAYS = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 2)]
_FIRST_DAY_NUMBER = (FIRST_DAY - date(1970, 1, 1)).days
_ISO_DATES = np.array([f"{day:%Y-%m-%d}" for day in _DAYS], dtype=object)
_SLASHED_DATES = np.array([f"{day:%m/%d/%Y}" for day in _DAYS], dtype=object)
_OFFSETS = {-6 * HOUR: "-06:00", -5 * HOUR: "-05:00"}
_CLOCK_SET_LATE = 30 * MINUTE


def _local(times: Times) -> list[str]:
    """Write local times without offset; in spring the clock of such a system is set forward half an hour late."""
    return [f"{day} {clock}" for day, clock in _parts(times + _offsets_of_late_clock(times), _ISO_DATES)]


def _slashed(times: Times) -> list[str]:
    return [f"{day} {clock}" for day, clock in _parts(times + _offsets_of_late_clock(times), _SLASHED_DATES)]


def _offset(times: Times) -> list[str]:
    offsets = local_offsets(times)
    parts = _parts(times + offsets, _ISO_DATES)
    return [f"{day}T{clock}{_OFFSETS[add]}" for (day, clock), add in zip(parts, offsets.tolist(), strict=True)]


def _utc(times: Times) -> list[str]:
    return [f"{day}T{clock}Z" for day, clock in _parts(times, _ISO_DATES)]


def _utc_milliseconds(times: Times) -> list[str]:
    rests = (times % SECOND).tolist()
    return [f"{day}T{clock}.{rest:03d}Z" for (day, clock), rest in zip(_parts(times, _ISO_DATES), rests, strict=True)]


# The ways to write times; those without an offset are read in the city's zone.
WRITTEN_TIMES: Mapping[str, Callable[[Times], list[str]]] = {
    "local": _local,
    "slashed": _slashed,
    "offset": _offset,
    "utc": _utc,
    "utc_milliseconds": _utc_milliseconds,
}


def _offsets_of_late_clock(times: Times) -> Times:
    late = (times >= CLOCKS_FORWARD) & (times < CLOCKS_FORWARD + _CLOCK_SET_LATE)
    return local_offsets(np.where(late, CLOCKS_FORWARD - SECOND, times))


def _parts(wall: Times, dates: NDArray[np.object_]) -> list[tuple[str, str]]:
    days, rests = np.divmod(wall, DAY)
    clocks = _clock_texts()[rests // SECOND]
    return list(zip(dates[days - _FIRST_DAY_NUMBER].tolist(), clocks.tolist(), strict=True))


@cache
def _clock_texts() -> NDArray[np.object_]:
    """Write every second of a day."""
    return np.array([f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(86_400)], dtype=object)
