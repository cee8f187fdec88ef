"""How a report says times: to the second, and a period's end by its last day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from reports.days import first_day, last_day
from tests.reports.reading import ABOUT

CHICAGO = ZoneInfo("America/Chicago")
MARCH_1 = datetime(2025, 3, 1, 6, tzinfo=UTC)
APRIL_1 = datetime(2025, 4, 1, 5, tzinfo=UTC)


def test_a_cover_says_no_microseconds() -> None:
    produced = replace(ABOUT, produced_at=datetime(2025, 4, 1, 5, 0, 7, 123_456, tzinfo=UTC))

    assert dict(produced.section().facts)["Produced"] == "1 April 2025, 00:00:07 (America/Chicago)"


def test_a_range_of_events_is_said_by_its_first_and_last_day_or_its_clock_times() -> None:
    noon = datetime(2025, 4, 1, 17, tzinfo=UTC)

    assert ABOUT.of_range(MARCH_1, APRIL_1) == "from 1 March 2025 to 31 March 2025"
    assert ABOUT.of_range(None, noon) == "from the first access to before 1 April 2025, 12:00 (America/Chicago)"
    assert ABOUT.of_range(noon, None) == "from 1 April 2025, 12:00 (America/Chicago) to the last access"


def test_a_period_of_days_has_a_first_and_a_last_day_over_a_change_of_clocks_too() -> None:
    november_3 = datetime(2025, 11, 3, 6, tzinfo=UTC)

    assert (first_day(MARCH_1, CHICAGO), last_day(APRIL_1, CHICAGO)) == (date(2025, 3, 1), date(2025, 3, 31))
    assert last_day(november_3, CHICAGO) == date(2025, 11, 2)


def test_a_period_of_instants_keeps_its_clock_times() -> None:
    five, later = datetime(2025, 3, 31, 22, tzinfo=UTC), datetime(2025, 3, 31, 22, 0, 30, tzinfo=UTC)

    assert (first_day(five, CHICAGO), last_day(later, CHICAGO)) == ("2025-03-31 17:00", "2025-03-31 17:00:30")


def test_a_day_that_clocks_begin_after_midnight_is_a_whole_day() -> None:
    cairo, began = ZoneInfo("Africa/Cairo"), datetime(2025, 4, 24, 22, tzinfo=UTC)  # at 01:00 there

    assert (first_day(began, cairo), last_day(began, cairo)) == (date(2025, 4, 25), date(2025, 4, 24))


def test_an_open_period_has_no_day() -> None:
    assert (first_day(None, CHICAGO), last_day(None, CHICAGO)) == (None, None)
