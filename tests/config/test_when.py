"""WHEN, as people say it, becomes an instant; and is said back in full."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from config.when import period_text, read_when_it_ends, read_when_it_starts

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 6, 2, 15, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Chicago


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("today", "2026-06-03T05:00"),
        ("Tomorrow", "2026-06-04T05:00"),
        ("friday", "2026-06-06T05:00"),
        ("Fri", "2026-06-06T05:00"),
        ("tuesday", "2026-06-03T05:00"),
        ("monday", "2026-06-09T05:00"),
        ("+3d", "2026-06-06T05:00"),
        ("+2w", "2026-06-17T05:00"),
        ("+4h", "2026-06-02T19:30"),
        ("17:00", "2026-06-02T22:00"),
        ("5:00 pm", "2026-06-02T22:00"),
        ("friday 17:00", "2026-06-05T22:00"),
        ("2026-06-05 17:00", "2026-06-05T22:00"),
        ("2026-06-05", "2026-06-06T05:00"),
        ("6/5/2026", "2026-06-06T05:00"),
        ("2026-06-05T17:00:00Z", "2026-06-05T17:00"),
    ],
)
def test_an_end_is_read_in_the_entitys_zone(text: str, end: str) -> None:
    assert read_when_it_ends(text, CHICAGO, NOW) == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "later", "+3", "25:00", "13:00 pm", "2026-02-30", "mo", "+9999999d"])
def test_what_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a date such as"):
        read_when_it_ends(text, CHICAGO, NOW)


@pytest.mark.parametrize(
    ("text", "start"),
    [("today", "2026-06-02T15:30"), ("now", "2026-06-02T15:30"), ("tomorrow", "2026-06-03T05:00")],
)
def test_a_start_on_the_present_day_is_now(text: str, start: str) -> None:
    assert read_when_it_starts(text, CHICAGO, NOW) == datetime.fromisoformat(start).replace(tzinfo=UTC)


def test_a_period_is_said_back_in_full() -> None:
    assert period_text(NOW, read_when_it_ends("friday", CHICAGO, NOW), CHICAGO) == (
        "from Tuesday 2 June 2026, 10:30 through Friday 5 June 2026 (America/Chicago)"
    )
    assert period_text(NOW, read_when_it_ends("17:00", CHICAGO, NOW), CHICAGO) == (
        "from Tuesday 2 June 2026, 10:30 until Tuesday 2 June 2026, 17:00 (America/Chicago)"
    )
