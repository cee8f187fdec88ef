"""The drawing as a picture: its marks and bars stand where the layout puts them, in the colours of their meaning."""

from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image

from audit.case import Verdict
from audit.draw_lanes import TOP, Drawing, Lane, Tick, draw_lanes
from reports.lanes_picture import draw_picture

CHICAGO = ZoneInfo("America/Chicago")
BLUE, RED, WHITE = (0x23, 0x78, 0xC3), (0x8B, 0x0A, 0x03), (255, 255, 255)


def drawing_of(timely_from: datetime | None = None) -> Drawing:
    lane = Lane(
        "Temporary duty", "view", datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC), timely_from
    )
    return draw_lanes([lane], [Tick(datetime(2025, 4, 9, tzinfo=UTC), Verdict.UNAUTHORIZED, "view")], CHICAGO)


def colour_at(drawing: Drawing, x: float, y: float) -> object:
    with Image.open(BytesIO(draw_picture(drawing))) as picture:
        scale = 2
        return picture.getpixel((round((x + 10) * scale), round(y * scale)))


def test_a_mark_and_a_bar_stand_where_the_layout_puts_them() -> None:
    drawing = drawing_of()
    (lane,), (mark,) = drawing.lanes, drawing.marks
    (bar,) = lane.bars

    assert colour_at(drawing, mark.x, TOP + 12) == RED
    assert colour_at(drawing, bar.x + bar.width / 2, lane.y + 12) == BLUE
    assert colour_at(drawing, bar.x + bar.width + 20, lane.y + 8) == WHITE


def test_a_bar_is_hatched_where_it_was_recorded_late() -> None:
    drawing = drawing_of(datetime(2025, 4, 1, tzinfo=UTC))
    (lane,) = drawing.lanes
    (bar,) = lane.bars
    with Image.open(BytesIO(draw_picture(drawing))) as picture:
        y = round((lane.y + 12) * 2)
        row = [picture.getpixel((x, y)) for x in range(round((bar.x + 40) * 2), round((bar.x + 120) * 2))]

    assert {BLUE, WHITE} <= set(row)
