"""What the city's officials entered wrong at first: small slips, as they happen everywhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.sample_city.city import City, WorkAccess
from app.sample_city.misuse import Planted
from app.sample_city.resources import place_of
from app.sample_city.write_kinds import write_kind

_SOURCE, _ZONE = "ledger", "UTC"  # of the system whose log bears local times without an offset


@dataclass(frozen=True)
class Slips:
    """What was entered wrong.

    Args:
        work_access: The city's file, in which the work access to one series has any action.
        series: That series' code or name.
        resources: The city's file, in which one column was sorted without the others.
        source: The system whose source was set up in another zone than its log's.
        time_zone: That other zone.
    """

    work_access: Path
    series: str
    resources: Path
    source: str = _SOURCE
    time_zone: str = _ZONE


def write_slips(folder: Path, city: City, planted: Sequence[Planted]) -> Slips:
    """Write the files with slips beside those without."""
    series = _series_with_most_at_stake(city, planted)
    widened = [replace(row, actions=None) if row.series == series else row for row in city.work_access]
    return Slips(
        work_access=write_kind(folder / "work-access-too-wide.csv", "work-access", replace(city, work_access=widened)),
        series=city.series[series].reference,
        resources=write_kind(folder / "resources-sorted-wrong.csv", "resources", city, last_column_moved=True),
    )


def _series_with_most_at_stake(city: City, planted: Sequence[Planted]) -> int:
    """Give the series of whose work access the actions matter most: where most is done that goes beyond them."""
    limited = {row.series for row in city.work_access if _is_limited(row)}
    places = {place_of(city, system, series): series for series in limited for system in range(len(city.systems))}
    beyond = Counter(
        places[one.place] for one in planted if one.reason == "action_exceeds_assignment" and one.place in places
    )
    return beyond.most_common(1)[0][0] if beyond else min(limited)


def _is_limited(row: WorkAccess) -> bool:
    """Say whether many may do a few things: work access of an employee alone would show little."""
    return row.actions is not None and row.holder_type != "employee"
