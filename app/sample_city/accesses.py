"""Draws a year of accesses day by day: the everyday ones under permits, with the planted ones among them."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from app.sample_city.city import City
from app.sample_city.lost_week import LostWeek
from app.sample_city.permits import SHIFTS, Permits
from app.sample_city.words import ACCESS, Accesses, Words
from app.sample_city.year import (
    CLOCKS_BACK,
    CLOCKS_FORWARD,
    FIRST_DAY,
    HOLIDAYS,
    HOUR,
    LAST_DAY,
    MINUTE,
    SECOND,
    YEAR_END,
    YEAR_START,
    midnight,
)

# How much is done on weekdays, Saturdays, Sundays and holidays, by shift.
_RHYTHM = {"day": (1.0, 0.05, 0.03, 0.04), "evening": (1.0, 0.8, 0.5, 0.1), "round": (1.0, 0.9, 0.85, 0.9)}
# How much is done in each hour of the day, by shift.
_HOURS = {
    "day": (0, 0, 0, 0, 0, 0.2, 1, 4, 9, 10, 10, 8, 5, 8, 9, 9, 7, 3, 1, 0.5, 0.3, 0.2, 0, 0),
    "evening": (0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 7, 7, 6, 7, 8, 9, 9, 9, 8, 7, 4, 1, 0, 0),
    "round": (3, 3, 3, 2, 2, 2, 3, 5, 6, 6, 6, 5, 5, 6, 6, 7, 7, 6, 5, 5, 5, 4, 4, 3),
}
_QUANTILES = 2_048
_SATURDAY = 5


class YearOfAccesses:
    """The accesses of the year, drawn once.

    Args:
        city: The city whose systems are used.
        permits: The ways in which an access is in order.
        words: The words of the permits.
        planted: Accesses that are not in order, by time.
        rng: What settles the draw.
    """

    _lost: LostWeek | None = None
    _elsewhere: "YearOfAccesses | None" = None

    def __init__(self, city: City, permits: Permits, words: Words, planted: Accesses, rng: np.random.Generator) -> None:
        self._permits, self._words, self._rng = permits, words, rng
        self._without_offset = [number for number, system in enumerate(city.systems) if system.clock == "local"]
        self._planted = planted
        self._clock_hours = np.array([_quantiles(_HOURS[shift]) for shift in SHIFTS])

    def lose(self, lost: LostWeek, city: City, rng: np.random.Generator) -> None:
        """Let a log hold nothing of a week: as much is done in other systems; all other accesses are as without it.

        Args:
            lost: A week without planted accesses in that log.
            rng: What settles what is done instead.
        """
        rows = self._permits.rows.copy()
        rows["weight"][rows["system"] == lost.system] = 0
        self._lost = lost
        self._elsewhere = YearOfAccesses(city, self._permits._replace(rows=rows), self._words, self._planted, rng)

    def days(self, total: int) -> Iterator[Accesses]:
        """Draw so many accesses in all and give them a local day at a time, in the order of the logs."""
        extra = np.concatenate(
            [self._planted, self._near_edges(total // 200 + 8), self._at_clock_changes(total // 20_000 + 12)]
        )
        extra = extra[np.argsort(extra["time"], kind="stable")]
        days = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
        busy = np.array([self._weights(day).sum() for day in days])
        counts = self._rng.multinomial(total - len(extra), busy / busy.sum())
        for day, count in zip(days, counts, strict=True):
            first, last = np.searchsorted(extra["time"], [midnight(day), midnight(day + timedelta(days=1))])
            accesses = self._without_lost(day, np.concatenate([self.everyday(day, int(count)), extra[first:last]]))
            self._leave_repeated_hour(accesses)
            yield accesses[np.argsort(accesses["time"], kind="stable")]

    def everyday(self, day: date, count: int) -> Accesses:
        """Draw accesses of one day; where a permit does not hold at the usual hour, at another one when it does."""
        reached = np.cumsum(self._weights(day))
        chosen = np.searchsorted(reached, self._rng.random(count) * reached[-1], side="right")
        rows = self._permits.rows[chosen]
        first = np.maximum(rows["start"], midnight(day))
        last = np.minimum(rows["end"], midnight(day + timedelta(days=1)))
        times = midnight(day) + self._times_of_day(rows["shift"])
        elsewhen = first + (self._rng.random(count) * (last - first)).astype(np.int64)
        return self._under(chosen, np.where((times >= first) & (times < last), times, elsewhen))

    def _without_lost(self, day: date, accesses: Accesses) -> Accesses:
        if self._lost is None or self._elsewhere is None or not self._lost.holds(day):
            return accesses
        kept = accesses[accesses["system"] != self._lost.system]
        return np.concatenate([kept, self._elsewhere.everyday(day, len(accesses) - len(kept))])

    def _weights(self, day: date) -> NDArray[np.float64]:
        """Give the weight of each permit on a day; none where it does not hold."""
        kind = 3 if day in HOLIDAYS else max(0, day.weekday() - _SATURDAY + 1)
        rhythm = np.array([_RHYTHM[shift][kind] for shift in SHIFTS])
        rows = self._permits.rows
        holds = (rows["start"] < midnight(day + timedelta(days=1))) & (rows["end"] > midnight(day))
        weights: NDArray[np.float64] = rows["weight"] * rhythm[rows["shift"]] * holds
        return weights

    def _times_of_day(self, shifts: NDArray[np.int8]) -> NDArray[np.int64]:
        drawn = self._rng.random(len(shifts)) * (_QUANTILES - 1)
        place = drawn.astype(np.int64)
        below, above = self._clock_hours[shifts, place], self._clock_hours[shifts, place + 1]
        times: NDArray[np.int64] = ((below + (above - below) * (drawn - place)) * HOUR).astype(np.int64)
        return times

    def _near_edges(self, count: int) -> Accesses:
        """Draw accesses within minutes, or a second, of the time when they begin or cease to be in order."""
        rows = self._permits.rows[: self._permits.assigned]
        begins, ends = np.flatnonzero(rows["start"] > YEAR_START), np.flatnonzero(rows["end"] < YEAR_END)
        distance = self._rng.choice([0, SECOND, MINUTE, 7 * MINUTE, 15 * MINUTE], size=2 * count)
        after, before = self._rng.choice(begins, size=count // 2), self._rng.choice(ends, size=count - count // 2)
        chosen = np.concatenate([after, before])
        start, end = rows["start"][chosen], rows["end"][chosen]
        distance = np.minimum(distance[:count], end - start - SECOND)
        times = np.where(np.arange(count) < len(after), start + distance, end - SECOND - distance)
        return self._under(chosen, times)

    def _at_clock_changes(self, count: int) -> Accesses:
        """Draw accesses from the nights when the clocks go forward and back."""
        return np.concatenate([self._around(CLOCKS_FORWARD, count), self._around(CLOCKS_BACK, count)])

    def _around(self, instant: int, count: int) -> Accesses:
        rows = self._permits.rows[: self._permits.assigned]
        holds = (rows["start"] < instant - HOUR) & (rows["end"] > instant + HOUR)
        awake = holds & (rows["shift"] == SHIFTS.index("round")) & np.isin(rows["system"], self._without_offset)
        chosen = self._rng.choice(np.flatnonzero(awake if awake.any() else holds), size=count)
        return self._under(chosen, instant + self._rng.integers(-HOUR, HOUR, size=count))

    def _under(self, chosen: NDArray[np.int64], times: NDArray[np.int64]) -> Accesses:
        """Draw one access under each of the chosen permits."""
        count = len(chosen)
        rows, options = self._permits.rows[chosen], self._permits.options
        first_item, items = self._words.items
        accesses = np.empty(count, dtype=ACCESS)
        for name in ("system", "account", "place", "workstation"):
            accesses[name] = rows[name]
        accesses["time"] = times
        accesses["action"] = options[rows["actions"], self._rng.integers(options.shape[1], size=count)]
        accesses["purpose"] = options[rows["purposes"], self._rng.integers(options.shape[1], size=count)]
        accesses["item"] = first_item + self._rng.integers(items, size=count)
        # Squared, so that some subjects are looked up far more often than others.
        accesses["subject"] = rows["subject"] + (self._rng.random(count) ** 2 * rows["subjects"]).astype(np.int32)
        accesses["story"] = -1
        return accesses

    def _leave_repeated_hour(self, accesses: Accesses) -> None:
        """Where a log has no offsets, an hour that occurs twice is read as the first: mean the first."""
        repeated = (accesses["time"] >= CLOCKS_BACK) & (accesses["time"] < CLOCKS_BACK + HOUR)
        accesses["time"][repeated & np.isin(accesses["system"], self._without_offset)] -= HOUR


def _quantiles(hours: tuple[float, ...]) -> NDArray[np.float64]:
    """Turn hourly amounts into the hours of the day at which equal parts of the day's work are done."""
    reached = np.concatenate([[0.0], np.cumsum(hours)]) / sum(hours)
    return np.interp(np.linspace(0, 1, _QUANTILES), reached, np.arange(25))
