"""A week of which one system's log holds nothing, as happens: an export that nobody made."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.sample_city.city import City
from app.sample_city.misuse import Planted
from app.sample_city.year import midnight

_SYSTEM = "landdesk"
_FIRST_MONDAY, _WEEKS = date(2025, 7, 14), 20
_WEEK = timedelta(days=7)


class LostWeek(NamedTuple):
    """The system, by its number and its name, and the week's first and last day."""

    system: int
    source: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Say whether a day is in the week."""
        return self.first <= day <= self.last


def choose_lost_week(city: City, planted: Sequence[Planted]) -> LostWeek | None:
    """Choose the first week from summer on in which nothing was planted in the log; None where there is none."""
    if _SYSTEM not in city.system_numbers:
        return None
    system = city.system_numbers[_SYSTEM]
    times = [one.time for one in planted if one.account.system == system]
    for monday in (_FIRST_MONDAY + number * _WEEK for number in range(_WEEKS)):
        if not any(midnight(monday) <= time < midnight(monday + _WEEK) for time in times):
            return LostWeek(system, _SYSTEM, monday, monday + timedelta(days=6))
    return None
