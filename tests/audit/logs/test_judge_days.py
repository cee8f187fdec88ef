"""Which days are missing against a cadence, and which hold fewer records than is usual."""

from datetime import date, timedelta

import pytest

from audit.logs.judge_days import Cadence, DayState, Gap, gaps_of, judge_days
from audit.logs.legal_holidays import is_holiday

TODAY = date(2026, 12, 1)
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 29)
DAY = timedelta(days=1)


def seen(*days: date, events: int = 5) -> dict[date, int]:
    return dict.fromkeys(days, events)


def gaps(counts: dict[date, int], cadence: Cadence, first: date = MONDAY, last: date = SUNDAY) -> tuple[Gap, ...]:
    return gaps_of(judge_days(counts, cadence, first, last, today=TODAY))


def days_from(first: date, number: int) -> list[date]:
    return [first + count * DAY for count in range(number)]


def test_a_weekend_without_records_is_missing_daily_and_not_expected_on_workdays() -> None:
    counts = seen(*(day for day in days_from(MONDAY, 28) if day.weekday() < 5))

    assert gaps(counts, Cadence.WORKDAYS) == ()
    assert gaps(counts, Cadence.DAILY)[0] == Gap(date(2026, 3, 7), date(2026, 3, 8), 2)


def test_missing_workdays_with_a_quiet_weekend_between_them_are_one_gap_that_counts_workdays() -> None:
    counts = seen(MONDAY, *days_from(date(2026, 3, 16), 12))

    assert gaps(counts, Cadence.WORKDAYS, last=date(2026, 3, 27)) == (Gap(date(2026, 3, 3), date(2026, 3, 13), 9),)


@pytest.mark.parametrize("cadence", [Cadence.MONTHLY, Cadence.NOT_STATED])
def test_a_month_without_any_record_is_missing_whole_and_one_with_a_record_is_not(cadence: Cadence) -> None:
    counts = seen(date(2026, 1, 31), date(2026, 3, 1))

    assert gaps(counts, cadence, date(2026, 1, 1), date(2026, 3, 31)) == (Gap(date(2026, 2, 1), date(2026, 2, 28), 28),)


def test_a_week_is_missing_when_it_is_over_and_holds_nothing() -> None:
    counts = seen(MONDAY, date(2026, 3, 20))

    assert gaps(counts, Cadence.WEEKLY, last=date(2026, 3, 25)) == (Gap(date(2026, 3, 9), date(2026, 3, 15), 7),)


def test_nothing_is_missing_yet_of_today() -> None:
    days = judge_days(seen(TODAY - 2 * DAY), Cadence.DAILY, TODAY - 2 * DAY, TODAY, today=TODAY)

    assert [one.state for one in days] == [DayState.SEEN, DayState.MISSING, DayState.NOT_EXPECTED]


def test_a_day_with_less_than_half_of_the_median_of_its_weekday_is_low() -> None:
    counts = {day: 100 if day.weekday() < 5 else 8 for day in days_from(MONDAY, 70)}
    counts |= {date(2026, 4, 8): 49, date(2026, 4, 9): 50, date(2026, 4, 11): 1, MONDAY: 3}

    days = judge_days(counts, Cadence.DAILY, MONDAY, max(counts), today=TODAY)

    # half is not fewer than half; 8 on a Saturday are too few to tell; the first day may have begun within the log
    assert [(one.day, one.usual) for one in days if one.state is DayState.LOW] == [(date(2026, 4, 8), 100)]


def test_one_outage_does_not_move_what_is_usual() -> None:
    counts = dict.fromkeys(days_from(MONDAY, 70), 100)
    counts |= dict.fromkeys(days_from(date(2026, 3, 16), 21), 2)

    days = judge_days(counts, Cadence.DAILY, MONDAY, max(counts), today=TODAY)

    assert sum(one.state is DayState.LOW for one in days) == 21


def test_legal_holidays_move_off_weekends_and_across_years_and_those_of_local_choice_are_none() -> None:
    holidays = [day for day in days_from(date(2027, 1, 1), 365) if is_holiday(day)]

    assert [f"{day:%m-%d}" for day in holidays] == [
        *("01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "11-11", "11-25", "12-24", "12-31"),
    ]
