"""Local times as instants: we say what the calendar of time zones says."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from audit.logs.profiles.local_times import instants_of, oddness_of
from config.clock import from_microseconds, microseconds

# Half-hour and midnight changes, changes on the southern half of the globe, a zone that skipped a day, one without any.
ZONES = (
    *("America/Chicago", "UTC", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kolkata"),
    *("Pacific/Apia", "Africa/Casablanca", "America/Caracas", "Asia/Gaza", "Etc/GMT+6"),
)
FIRST, LAST = datetime(1970, 1, 2), datetime(2059, 12, 31)  # noqa: DTZ001 - local times


def _instants(local: list[datetime], zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """Give the instants of some local times and how odd they are."""
    counts = np.array([microseconds(one.replace(tzinfo=UTC)) for one in local], np.int64)
    instants, odd = instants_of(counts, zone).tolist(), oddness_of(counts, zone).tolist()
    return [(from_microseconds(instant), kind) for instant, kind in zip(instants, odd, strict=True)]


def _oddness(local: datetime, zone: ZoneInfo) -> int:
    """Say whether the calendar has a local time twice (1) or not at all (2)."""
    earlier, later = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if earlier == later:
        return 0
    is_there = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
    return 1 if is_there else 2


def _expected(local: datetime, zone: ZoneInfo) -> tuple[datetime, int]:
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC), _oddness(local, zone)


@pytest.mark.parametrize("name", ZONES)
def test_around_every_change_of_a_zone_the_instant_is_that_of_the_calendar(name: str) -> None:
    zone = ZoneInfo(name)
    days = [FIRST + timedelta(days=n) for n in range(365 * 89)]
    offsets = [day.replace(tzinfo=zone).utcoffset() for day in days]
    changes = [day for day, (before, after) in zip(days, pairwise(offsets), strict=False) if before != after]
    local = [change + timedelta(minutes=15) * n for change in changes[-24:] for n in range(-8, 104)]
    local += [one - timedelta(microseconds=1) for one in local]

    assert _instants(local, zone) == [_expected(one, zone) for one in local]


@hypothesis(deadline=None, max_examples=40)
@given(zone=st.sampled_from(ZONES).map(ZoneInfo), local=st.lists(st.datetimes(FIRST, LAST), min_size=1))
@example(zone=ZoneInfo("America/Chicago"), local=[datetime(2025, 11, 2, 1, 30)])  # noqa: DTZ001
def test_any_local_time_is_the_instant_of_the_calendar(zone: ZoneInfo, local: list[datetime]) -> None:
    assert _instants(local, zone) == [_expected(one, zone) for one in local]


def test_of_a_time_that_occurs_twice_the_earlier_instant_is_taken() -> None:
    local = [datetime(2025, 11, 2, 1, 30)]  # noqa: DTZ001

    assert _instants(local, ZoneInfo("America/Chicago")) == [(datetime(2025, 11, 2, 6, 30, tzinfo=UTC), 1)]


def test_a_time_that_does_not_exist_is_moved_forward_by_the_gap() -> None:
    local = [datetime(2025, 3, 9, 2, 30)]  # noqa: DTZ001

    assert _instants(local, ZoneInfo("America/Chicago")) == [(datetime(2025, 3, 9, 8, 30, tzinfo=UTC), 2)]
