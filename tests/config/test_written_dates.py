"""Dates as people and systems write them: names of months, two digits of a year, the order of day and month."""

from datetime import UTC, date, datetime

import pytest

from config.written_dates import DayOrder, possible_orders, read_moment, says_midnight


@pytest.mark.parametrize(
    "text",
    [
        *("01-Jan-91", "Jan 1, 1991", "1 January 1991", "1/1/91", "01JAN1991", "Tuesday, January 1, 1991"),
        *("January 1st, 1991", "1 Jan. 91", "1991/01/01", "1-1-1991", "01/01/1991 0:00", "1991-01-01T00:00:00.000"),
        *("\ufeff1991-01-01", "1\u00a0January 1991", "1 JAN 1991 12:00 a.m."),
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text: str) -> None:
    assert read_moment(text, 2026) == date(1991, 1, 1)


def test_two_digits_are_a_year_of_this_century_up_to_the_next() -> None:
    assert [read_moment(f"1/5/{year}", 2026).year for year in ("00", "27", "28", "99")] == [2000, 2027, 1928, 1999]


@pytest.mark.parametrize("text", ["Mar-25", "2-Oct", "5 Marc 2020", "12-01-05", "Jan 591", "1/5/991", "0/5/2025"])
def test_what_may_mean_several_days_or_none_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"^a date such as"):
        read_moment(text, 2026)


def test_a_midnight_with_an_offset_is_an_instant() -> None:
    assert read_moment("2025-03-31T00:00:00Z", 2026) == datetime(2025, 3, 31, tzinfo=UTC)
    assert [says_midnight(text) for text in ("2025-03-31T00:00Z", "2025-03-31 00:00", "31/3/2025 0:00")] == [
        *(False, True, True)
    ]


def test_numbers_alone_tell_their_order_where_one_is_no_month() -> None:
    month, day = {DayOrder.MONTH_FIRST}, {DayOrder.DAY_FIRST}

    assert [possible_orders(text) for text in ("3/31/2025", "31/3/2025", "3/4/2025", "4/4/2025", "2025-03-04")] == [
        *(month, day, month | day, set(), set())
    ]
    assert read_moment("3/4/2025", 2026, DayOrder.DAY_FIRST) == date(2025, 4, 3)


def test_what_is_wrong_with_an_offset_is_said_in_plain_words() -> None:
    with pytest.raises(ValueError, match=r"\(an offset is less than a day\)$"):
        read_moment("2025-07-01T10:00:00+99:00", 2025)
