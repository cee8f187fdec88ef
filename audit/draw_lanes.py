"""The drawing that shows why: one lane per grant, ticks for accesses, on one scale of time; positions only.

What stands here in numbers is drawn by `templates/_lanes.html` as SVG, and told by a table beneath it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from audit.case import Verdict
from config.clock import last_day, local_text, period_text, start_text

# The drawing's own units; it grows with the page, and never shrinks below what can be read.
LEFT, WIDTH, LANE, TOP = 300, 1000, 44, 34
_DATE = 110  # how wide a date is that stands at an edge
_FOOT = 46
_LEAST = timedelta(days=14)
_AROUND = 0.15  # of the time between the first access and the last, on either side
_FAR = timedelta(days=400)  # an edge farther away than this does not stretch the scale
_MOST_MARKS = 240  # more accesses than this fall together: as many as can be told apart
_MOST_LABELS = 7
_STEPS = (1, 2, 7, 14, 31, 62, 92, 184, 366, 731, 1827, 3653)  # days between the dates under the drawing


@dataclass(frozen=True)
class Lane:
    """A grant as the drawing shows it, in force during [start, end); None = open.

    Args:
        name: What it is and through what.
        detail: From whom, and what it covers.
        timely_from: Before this instant it counts as recorded too late; None = never.
    """

    name: str
    detail: str
    start: datetime | None
    end: datetime | None
    timely_from: datetime | None = None


@dataclass(frozen=True)
class Tick:
    """An access as the drawing shows it."""

    time: datetime
    verdict: Verdict
    what: str


@dataclass(frozen=True)
class Bar:
    """A part of a lane: from x on so wide; drawn hatched where it counts as late, faded where it goes on."""

    x: float
    width: float
    is_late: bool
    goes_on_before: bool
    goes_on_after: bool


@dataclass(frozen=True)
class Edge:
    """Where a grant begins or ends, within the drawing; `anchor` is the side of its text that stands at x."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class DrawnLane:
    """A lane in its place; `period` says in words when it is in force, and when it counts as late."""

    y: float
    name: str
    detail: str
    bars: tuple[Bar, ...]
    edges: tuple[Edge, ...]
    period: str


@dataclass(frozen=True)
class Mark:
    """One access, or several that fall together: where, of which verdict, and what is said when it is pointed at."""

    x: float
    verdict: Verdict
    count: int
    words: str


@dataclass(frozen=True)
class Drawing:
    """All that the template draws.

    Args:
        days: The dates under it, each with its x.
        title: What a person who cannot see it is told first.
    """

    height: float
    lanes: tuple[DrawnLane, ...]
    marks: tuple[Mark, ...]
    days: tuple[tuple[float, str], ...]
    title: str


def draw_lanes(
    lanes: Sequence[Lane], ticks: Sequence[Tick], zone: ZoneInfo, *, span: tuple[datetime, datetime] | None = None
) -> Drawing:
    """Lay out grants and accesses on one scale of time.

    Args:
        ticks: In any order.
        span: From when to when; None = around the accesses, with the edges of grants near them.
    """
    scale = _Scale(*(span or _span(lanes, ticks)))
    drawn = tuple(_lane(lane, TOP + LANE * (place + 1), scale, zone) for place, lane in enumerate(lanes))
    height = TOP + LANE * (len(lanes) + 1) + _FOOT
    return Drawing(height, drawn, tuple(_marks(ticks, scale, zone)), tuple(_days(scale, zone)), _title(lanes, ticks))


class _Scale:
    """Where an instant stands between the left end of the lanes and the right one."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.last = first, max(last, first + timedelta(seconds=1))

    def x(self, instant: datetime) -> float:
        share = (instant - self.first) / (self.last - self.first)
        return round(LEFT + min(max(share, 0), 1) * (WIDTH - LEFT), 1)

    def holds(self, instant: datetime | None) -> bool:
        return instant is not None and self.first <= instant <= self.last


def _span(lanes: Sequence[Lane], ticks: Sequence[Tick]) -> tuple[datetime, datetime]:
    edges = [edge for lane in lanes for edge in (lane.start, lane.end) if edge is not None]
    times = [tick.time for tick in ticks] or edges
    if not times:
        raise ValueError("a drawing needs a grant with an edge, or an access")
    first, last = min(times), max(times)
    near = [edge for edge in edges if first - _FAR <= edge <= last + _FAR]
    first, last = min([first, *near]), max([last, *near])
    margin = max((last - first) * _AROUND, (_LEAST - (last - first)) / 2, timedelta(hours=12))
    return first - margin, last + margin


def _lane(lane: Lane, y: float, scale: _Scale, zone: ZoneInfo) -> DrawnLane:
    start = scale.x(lane.start) if lane.start is not None and scale.holds(lane.start) else None
    end = scale.x(lane.end) if lane.end is not None and scale.holds(lane.end) and lane.end != lane.start else None
    edges = tuple(_edges(lane, start, end, zone))
    return DrawnLane(y, lane.name, lane.detail, tuple(_bars(lane, scale)), edges, _period(lane, zone))


def _edges(lane: Lane, start: float | None, end: float | None, zone: ZoneInfo) -> Iterable[Edge]:
    """Give the edges with their dates; where a bar is too short for both, these stand beside it."""
    begins = "" if lane.start is None else start_text(lane.start, zone)
    ends = "" if lane.end is None else _last(lane.end, zone)
    is_short = start is not None and end is not None and end - start < 2 * _DATE
    if start is not None and end is not None and is_short and min(start - LEFT, WIDTH - end) <= _DATE:
        is_before = start - LEFT > WIDTH - end
        yield Edge(start if is_before else end, f"{begins} to {ends}", "end" if is_before else "start")
        return
    if start is not None:
        yield Edge(start, begins, "end" if is_short or WIDTH - start < _DATE else "start")
    if end is not None:
        yield Edge(end, ends, "start" if is_short or end - LEFT < _DATE else "end")


def _bars(lane: Lane, scale: _Scale) -> Iterable[Bar]:
    start, end = lane.start or scale.first, lane.end or scale.last
    start, end = max(start, scale.first), min(end, scale.last)
    late_until = min(max(lane.timely_from or start, start), end)
    for first, last, is_late in ((start, late_until, True), (late_until, end, False)):
        if first < last:
            yield Bar(
                scale.x(first),
                round(scale.x(last) - scale.x(first), 1),
                is_late,
                goes_on_before=first == scale.first and (lane.start is None or lane.start < first),
                goes_on_after=last == scale.last and (lane.end is None or lane.end > last),
            )


def _last(end: datetime, zone: ZoneInfo) -> str:
    """Say an end beside its edge: the last day, or the instant."""
    day = last_day(end, zone)
    return local_text(end, zone) if day is None else f"{day.day} {day:%B %Y}"


def _period(lane: Lane, zone: ZoneInfo) -> str:
    period = period_text(lane.start, lane.end, zone)
    if lane.timely_from is None or (lane.start is not None and lane.end is not None and lane.end <= lane.start):
        return period
    return f"{period}; recorded late for accesses before {local_text(lane.timely_from, zone)}"


def _marks(ticks: Sequence[Tick], scale: _Scale, zone: ZoneInfo) -> Iterable[Mark]:
    """Give a mark for each access; where they are too many to be told apart, one for those that fall together."""
    width = (WIDTH - LEFT) / _MOST_MARKS if len(ticks) > _MOST_MARKS else 0
    together: dict[tuple[float, Verdict], list[Tick]] = {}
    for tick in sorted(ticks, key=lambda one: (one.time, one.verdict, one.what)):
        x = scale.x(tick.time)
        place = round(LEFT + (int((x - LEFT) / width) + 0.5) * width, 1) if width else x
        together.setdefault((place, tick.verdict), []).append(tick)
    for (x, verdict), same in together.items():
        yield Mark(x, verdict, len(same), _words(same, zone))


def _words(same: Sequence[Tick], zone: ZoneInfo) -> str:
    first, last = same[0], same[-1]
    verdict = _VERDICTS[first.verdict]
    if len(same) == 1:
        return f"{local_text(first.time, zone)}: {first.what}, {verdict}"
    return f"{len(same):,} accesses, {local_text(first.time, zone)} to {local_text(last.time, zone)}, {verdict}"


# as a person reads them: what is called unauthorized is possible unauthorized access
_VERDICTS = {
    Verdict.AUTHORIZED: "authorized",
    Verdict.UNAUTHORIZED: "possibly unauthorized",
    Verdict.UNRESOLVED: "unresolved",
    Verdict.OUT_OF_SCOPE: "out of scope",
}


def _days(scale: _Scale, zone: ZoneInfo) -> Iterable[tuple[float, str]]:
    first, last = scale.first.astimezone(zone).date(), scale.last.astimezone(zone).date()
    step = next((step for step in _STEPS if (last - first).days / step <= _MOST_LABELS), _STEPS[-1])
    day = first + timedelta(days=1)
    while day <= last:
        midnight = datetime.combine(day, time(), zone)
        yield scale.x(midnight), _short(day, step)
        day += timedelta(days=step)


def _short(day: date, step: int) -> str:
    return f"{day.day} {day:%b %Y}" if step < 62 else f"{day:%b %Y}"  # noqa: PLR2004 - two months: the day says nothing


def _title(lanes: Sequence[Lane], ticks: Sequence[Tick]) -> str:
    counted = Counter(tick.verdict for tick in ticks)
    accesses = ", ".join(f"{counted[verdict]:,} {_VERDICTS[verdict]}" for verdict in Verdict if counted[verdict])
    grants = f"{len(lanes)} {'grant' if len(lanes) == 1 else 'grants'}" if lanes else "no grant"
    return f"{len(ticks):,} {'access' if len(ticks) == 1 else 'accesses'} ({accesses or 'none'}) beside {grants}"
