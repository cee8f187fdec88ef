"""When something is done again and again: the words, and the next instant by the clocks of a zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.schedule.cadence import read_cadence
from config.errors import Invalid

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "said", "next_run"),
    [
        ("daily at 03:15", "daily at 03:15", "2026-06-03 03:15"),
        ("Daily at 9:05", "daily at 09:05", "2026-06-02 09:05"),
        ("weekdays at 06:00", "weekdays at 06:00", "2026-06-03 06:00"),
        ("fri at 06:00", "friday at 06:00", "2026-06-05 06:00"),
        ("thursday, Monday at 06:00", "monday, thursday at 06:00", "2026-06-04 06:00"),
        ("mon and sat at 23:59", "monday, saturday at 23:59", "2026-06-06 23:59"),
        ("day 1 at 03:00", "day 1 at 03:00", "2026-07-01 03:00"),
        ("Every 10  minutes", "every 10 minutes", "2026-06-02 08:10"),
    ],
)
def test_a_cadence_is_read_and_followed(text: str, said: str, next_run: str) -> None:
    tuesday = datetime(2026, 6, 2, 8, tzinfo=CHICAGO)

    cadence = read_cadence(text)

    assert str(cadence) == said
    assert read_cadence(said) == cadence
    assert f"{cadence.next_after(tuesday, CHICAGO):%Y-%m-%d %H:%M}" == next_run


@pytest.mark.parametrize(
    "text", ["", "nightly", "daily", "daily at 24:00", "someday at 03:00", "day 31 at 03:00", "0 3 * * *", " at 03:00"]
)
def test_what_says_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match=r"does not say when; write it such as daily at 03:15"):
        read_cadence(text)


@pytest.mark.parametrize(
    ("text", "after", "runs"),
    [
        # clocks go from 2:00 to 3:00 on 8 March, and from 2:00 back to 1:00 on 1 November
        ("daily at 02:30", "2026-03-07 12:00", ["08 08:30", "09 07:30", "10 07:30"]),
        ("daily at 01:30", "2026-10-31 12:00", ["01 06:30", "02 07:30", "03 07:30"]),
    ],
)
def test_each_day_has_one_run_where_clocks_are_changed(text: str, after: str, runs: list[str]) -> None:
    instant = datetime.fromisoformat(after).replace(tzinfo=CHICAGO)
    found = []
    for _ in runs:
        instant = read_cadence(text).next_after(instant, CHICAGO)
        found.append(f"{instant.astimezone(ZoneInfo('UTC')):%d %H:%M}")

    assert found == runs
