"""The drawing of grants and accesses: where things stand, and what is said of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audit.case import Verdict
from audit.draw_lanes import LEFT, WIDTH, Lane, Tick, draw_lanes

CHICAGO = ZoneInfo("America/Chicago")


def _day(month: int, day: int, hour: int = 0, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CHICAGO).astimezone(UTC)


def _tick(time: datetime, verdict: Verdict = Verdict.UNAUTHORIZED) -> Tick:
    return Tick(time, verdict, "view of arrest/4")


def test_a_grant_is_drawn_from_its_first_day_to_its_last_which_are_named() -> None:
    drawing = draw_lanes([Lane("duty", "", _day(3, 1), _day(4, 1))], [_tick(_day(3, 10))], CHICAGO)
    (lane,) = drawing.lanes
    (bar,) = lane.bars

    assert [edge.text for edge in lane.edges] == ["1 March 2025", "31 March 2025"]
    assert (bar.x, round(bar.x + bar.width, 1)) == (lane.edges[0].x, lane.edges[1].x)
    assert lane.period == "from 1 March 2025 through 31 March 2025"
    assert lane.bars[0].x < drawing.marks[0].x < bar.x + bar.width


def test_what_counts_as_late_is_told_apart_from_what_was_recorded_in_time() -> None:
    lane = Lane("duty", "", _day(3, 1), _day(4, 1), timely_from=_day(3, 11))
    late, timely = draw_lanes([lane], [_tick(_day(3, 10))], CHICAGO).lanes[0].bars

    assert (late.is_late, timely.is_late) == (True, False)
    assert late.x < draw_lanes([lane], [_tick(_day(3, 10))], CHICAGO).marks[0].x < timely.x == late.x + late.width


def test_open_ends_go_on_beyond_the_drawing() -> None:
    (bar,) = draw_lanes([Lane("everyone", "", None, None)], [_tick(_day(3, 10))], CHICAGO).lanes[0].bars

    assert (bar.goes_on_before, bar.goes_on_after, bar.x, bar.width) == (True, True, LEFT, WIDTH - LEFT)


def test_an_edge_years_away_does_not_press_the_accesses_together() -> None:
    lanes = [Lane("post", "", _day(1, 1, year=1990), _day(3, 5))]
    drawing = draw_lanes(lanes, [_tick(_day(3, 1)), _tick(_day(3, 20))], CHICAGO)

    assert drawing.marks[1].x - drawing.marks[0].x > (WIDTH - LEFT) / 2
    assert [edge.text for edge in drawing.lanes[0].edges] == ["4 March 2025"]


def test_a_grant_that_never_held_has_no_bar_and_says_so() -> None:
    (lane,) = draw_lanes([Lane("duty", "", _day(3, 5), _day(3, 5))], [_tick(_day(3, 1))], CHICAGO).lanes

    assert (lane.bars, lane.period) == ((), "never in force")


def test_thousands_of_accesses_fall_together_and_none_is_left_out() -> None:
    ticks = [_tick(_day(3, 1) + timedelta(minutes=place), list(Verdict)[place % 3]) for place in range(5_000)]
    drawing = draw_lanes([], ticks, CHICAGO)

    assert sum(mark.count for mark in drawing.marks) == 5_000
    assert len(drawing.marks) < 800


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.UNAUTHORIZED, "possibly unauthorized"), (Verdict.AUTHORIZED, "authorized")]
)
def test_an_access_says_when_it_was_and_what_was_decided(verdict: Verdict, said: str) -> None:
    (mark,) = draw_lanes([], [_tick(_day(3, 10, 14), verdict)], CHICAGO).marks

    assert mark.words == f"10 March 2025, 14:00: view of arrest/4, {said}"
