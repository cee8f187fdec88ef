"""How text becomes an instant: dates, US dates, spreadsheet serials, inclusive ends, days when clocks change."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.clock import (
    EPOCH,
    from_microseconds,
    local_text,
    microseconds,
    month_start,
    read_date,
    read_end,
    read_start,
    utc_text,
)

CHICAGO = ZoneInfo("America/Chicago")
HAVANA = ZoneInfo("America/Havana")
ANY_INSTANT = st.datetimes(datetime(1900, 1, 2), datetime(9998, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@pytest.mark.parametrize(
    "text",
    [
        *("2025-03-01", "2025-3-1", " 2025-03-01 ", "3/1/2025", "03/01/2025", "45717", "3/1/2025 12:00:00 AM"),
        *("3/1/2025 00:00", "3/1/2025 0:00:00", "2025-03-01T00:00", "2025-03-01 00:00:00"),
    ],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it(text: str) -> None:
    assert read_date(text) == date(2025, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2025", "2025-13-01", "2025-02-29", "13/1/2025", "3/32/2025", "12-1-25", "01.03.2025", "2025-03"),
        *("0999-01-01", "1899-12-31", "9999-12-31", "999999", "-45717", "45717.5", "20250301", "2025-03-01T25:00"),
        *("2025-03-01T17", "2025-03-01 5 pm", "3/1/2025 13:00 PM", "3/1/2025 0:30 AM", "3/1/2025 25:00"),
        *("2025-03-01T17:00:00+25:00", "2025-03-01T17:00 CST", "2025-03-01x"),
    ],
)
def test_what_is_no_date_is_refused_with_what_was_expected_instead(text: str) -> None:
    for read in (read_date, lambda one: read_start(one, CHICAGO), lambda one: read_end(one, CHICAGO)):
        with pytest.raises(ValueError, match=r"^a date such as 2025-03-01"):
            read(text)


def test_a_time_of_day_is_no_date() -> None:
    with pytest.raises(ValueError, match="a date such as"):
        read_date("2025-03-01T17:00")


@pytest.mark.parametrize("text", ["2025-03-01", "3/1/2025", "45717", "3/1/2025 12:00:00 AM"])
def test_a_period_of_dates_holds_from_the_first_local_midnight_to_the_one_after_the_last(text: str) -> None:
    assert read_start(text, CHICAGO) == datetime(2025, 3, 1, 6, tzinfo=UTC)
    assert read_end(text, CHICAGO) == datetime(2025, 3, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        *(("2025-03-01T17:00:00-06:00", 23), ("2025-03-01T23:00:00Z", 23), ("2025-03-01 17:00", 23)),
        *(("2025-03-01 17:00:00 -0600", 23), ("2025-03-01 23:00 Z", 23), ("3/1/2025 5:00 PM", 23)),
        *(("3/1/2025 5:00:00 am", 11), ("3/1/2025 12:00 PM", 18), ("3/1/2025 17:00", 23)),
    ],
)
def test_an_instant_is_itself_at_either_end_and_naive_in_the_zone(text: str, hour: int) -> None:
    assert read_start(text, CHICAGO) == read_end(text, CHICAGO) == datetime(2025, 3, 1, hour, tzinfo=UTC)


def test_microseconds_are_kept() -> None:
    assert read_start("2025-03-01T23:00:00.000001Z", CHICAGO) == datetime(2025, 3, 1, 23, 0, 0, 1, tzinfo=UTC)


def test_a_day_on_which_clocks_change_is_as_long_as_it_is() -> None:
    spring, autumn = "2025-03-09", "2025-11-02"

    assert read_end(spring, CHICAGO) - read_start(spring, CHICAGO) == timedelta(hours=23)
    assert read_end(autumn, CHICAGO) - read_start(autumn, CHICAGO) == timedelta(hours=25)


def test_of_a_local_time_that_occurs_twice_the_earlier_is_taken() -> None:
    assert read_start("2025-11-02 01:30", CHICAGO) == datetime(2025, 11, 2, 6, 30, tzinfo=UTC)


def test_a_local_time_that_does_not_exist_is_moved_forward_by_the_gap() -> None:
    assert read_start("2025-03-09 02:30", CHICAGO) == read_start("2025-03-09 03:30", CHICAGO)


def test_a_day_without_a_midnight_begins_with_its_first_moment() -> None:
    assert read_start("2025-03-09", HAVANA) == datetime(2025, 3, 9, 5, tzinfo=UTC)
    assert read_end("2025-03-08", HAVANA) == datetime(2025, 3, 9, 5, tzinfo=UTC)


def test_a_month_begins_at_its_local_midnight() -> None:
    assert month_start(2025, 7, CHICAGO) == datetime(2025, 7, 1, 5, tzinfo=UTC)
    assert month_start(2026, 1, CHICAGO) == datetime(2026, 1, 1, 6, tzinfo=UTC)


def test_an_instant_is_said_in_the_zone_and_as_finely_as_it_is() -> None:
    evening = datetime(2025, 3, 1, 23, tzinfo=UTC)

    assert local_text(evening, CHICAGO) == "1 March 2025, 17:00"
    assert local_text(evening + timedelta(seconds=5), CHICAGO) == "1 March 2025, 17:00:05"
    assert local_text(evening + timedelta(microseconds=1), CHICAGO) == "1 March 2025, 17:00:00.000001"


def test_an_instant_is_written_in_utc() -> None:
    assert utc_text(datetime(2025, 3, 1, 17, tzinfo=timezone(timedelta(hours=-6)))) == "2025-03-01T23:00:00Z"
    assert utc_text(datetime(2025, 3, 1, 23, 0, 0, 10, tzinfo=UTC)) == "2025-03-01T23:00:00.000010Z"


@given(ANY_INSTANT)
def test_counting_microseconds_is_exact_and_reversible(instant: datetime) -> None:
    assert from_microseconds(microseconds(instant)) == instant
    assert EPOCH + timedelta(microseconds=microseconds(instant)) == instant


@given(ANY_INSTANT, st.sampled_from([CHICAGO, HAVANA, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]))
def test_an_instant_written_with_its_offset_is_read_as_itself(instant: datetime, zone: ZoneInfo) -> None:
    assert read_start(utc_text(instant), zone) == instant


@given(
    st.dates(date(1927, 5, 19), date(9998, 12, 31)), st.sampled_from([CHICAGO, HAVANA, ZoneInfo("America/Santiago")])
)
def test_every_day_begins_where_the_day_before_ends(day: date, zone: ZoneInfo) -> None:
    before = (day - timedelta(days=1)).isoformat()

    assert read_end(before, zone) == read_start(day.isoformat(), zone)
    assert read_start(day.isoformat(), zone).astimezone(zone).date() == day
