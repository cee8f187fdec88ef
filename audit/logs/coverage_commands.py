"""The command line's door to the coverage ledger."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from audit.logs.coverage import CoverageRequest, SourceCoverage, days_asked, read_coverage
from audit.logs.judge_days import IN_WORDS, DayState, JudgedDay
from audit.logs.say_coverage import say_gap, say_late, say_low, sum_up
from audit.logs.source_purge import find_purge
from config.clock import day_text, read_end, read_start
from config.terminal import read_option, say_lines
from config.text_table import TextColumn, table_lines
from config.texts import counted
from config.work import Installation

WIDTH = 80
SIGNS = {
    DayState.SEEN: "#",
    DayState.LOW: "+",
    DayState.MISSING: "!",
    DayState.NOT_EXPECTED: ".",
    DayState.REMOVED: "-",
}
_LEGEND = "# seen   + fewer than half of the usual   ! missing, not judged   . none expected   - removed"
_SCALE = "1   5    10   15   20   25   30 "
_MOST_GAPS, _MOST_JUMPS = 40, 10
_COLUMNS = (
    TextColumn("source", folds=True),
    TextColumn("cadence"),
    TextColumn("from"),
    TextColumn("to"),
    TextColumn("accesses", right=True),
    TextColumn("days\nseen", right=True),
    TextColumn("days\nmissing", right=True),
    TextColumn("days\nlow", right=True),
)


def coverage(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Of this source, day by day; without one, of all.")] = "",
    start: Annotated[str | None, typer.Option("--from", help="First day (default: the first that was seen).")] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="Last day (default: the last on which any source was seen).")
    ] = None,
) -> None:
    """Show which days of each source were seen, and which are missing: accesses of these are not judged."""
    installation: Installation = context.obj()
    with installation.read() as work:
        asked = read_option(start, "--from", read_start, work.zone), read_option(end, "--to", read_end, work.zone)
        first, last = days_asked(*asked, work.zone)
        found, zone = read_coverage(work, CoverageRequest(source, first, last)), work.zone
    say_lines(source_lines(found[0], zone) if source else overview_lines(found))


def overview_lines(found: Sequence[SourceCoverage]) -> Iterator[str]:
    """Give what was seen of all sources, a row each, and what was not in words."""
    if not found:
        yield "There is no source yet."
        return
    yield from table_lines(_COLUMNS, [_row(one) for one in found], width=WIDTH)
    yield sum_up(found).said
    for one in found:
        yield from filter(None, (say_low(one), str(find_purge(one) or "")))


def _row(one: SourceCoverage) -> list[str]:
    span = (str(one.days[0].day), str(one.days[-1].day)) if one.days else ("nothing", "")
    cadence = one.expected.cadence or "not stated"
    return [one.source, cadence, *span, f"{one.events:,}", f"{one.seen:,}", f"{one.missing:,}", f"{len(one.low):,}"]


def source_lines(one: SourceCoverage, zone: ZoneInfo) -> Iterator[str]:
    """Give the calendar of a source, a line a month, and what was not seen in words."""
    if not one.days:
        yield f"No record of {one.source} has arrived{' in this time' if one.first_seen else ''}; nothing is judged."
        return
    yield (
        f"{one.source}: {counted(one.events, 'access', 'accesses')} on {counted(one.seen, 'day')} from "
        f"{day_text(one.days[0].day)} to {day_text(one.days[-1].day)}. Expected: {IN_WORDS[one.expected.cadence]}."
    )
    yield f"  {'':7}  {_SCALE}  {'accesses':>10}"
    for (year, month), days in groupby(one.days, key=lambda judged: (judged.day.year, judged.day.month)):
        yield _month_line(date(year, month, 1), list(days))
    yield _LEGEND
    yield from filter(None, (one.said_removed,))
    for gap in one.gaps[:_MOST_GAPS]:
        yield say_gap(one.source, gap)
    if len(one.gaps) > _MOST_GAPS:
        yield f"And {len(one.gaps) - _MOST_GAPS:,} more such times; --from and --to narrow them."
    yield from (jump.say(zone) for jump in one.jumps[:_MOST_JUMPS])
    yield from filter(None, (say_low(one), say_late(one), str(find_purge(one) or "")))


def _month_line(first: date, days: Sequence[JudgedDay]) -> str:
    signs = {judged.day.day: SIGNS[judged.state] for judged in days}
    shown = "".join(signs.get(number, " ") for number in range(1, 32))
    events = sum(judged.events for judged in days if judged.state is not DayState.REMOVED)
    return f"  {first:%Y-%m}  {shown}  {events:>10,}"
