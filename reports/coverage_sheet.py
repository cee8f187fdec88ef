"""The calendar of what the logs hold: a line for each source and month, a sign for each day."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.logs.coverage import SourceCoverage
from audit.logs.judge_days import IN_WORDS, DayState, JudgedDay
from audit.logs.say_coverage import HOW_JUDGED
from reports.sheets import CellValue, Column, ColumnKind, Sheet

_SIGNS = {
    DayState.SEEN: "●",
    DayState.LOW: "◐",
    DayState.MISSING: "○",
    DayState.NOT_EXPECTED: "·",
    DayState.REMOVED: "□",
}
_LEGEND = (
    "● seen; ◐ fewer than half of the usual records; ○ missing: accesses of that day are not judged; · no records, and "
    "none expected; □ removed under a schedule since. Days are those of the accesses, in the entity's time zone, "
    "whatever their files are called."
)
_DAYS = 31


def coverage_sheet(coverages: Sequence[SourceCoverage]) -> Sheet:
    """Lay out which days were seen of each source in the time of the report."""
    return Sheet(
        title="Coverage",
        heading="Which days the logs hold",
        notes=[_LEGEND, HOW_JUDGED],
        columns=[
            Column("Source", 15, ColumnKind.WRAPPED),
            Column("Expected", 13, ColumnKind.WRAPPED),
            Column("Month", 8),
            Column("Accesses", 9, ColumnKind.INTEGER),
            Column("Missing", 8, ColumnKind.INTEGER),
            *(Column(str(number), 3) for number in range(1, _DAYS + 1)),
        ],
        rows=[row for one in coverages for row in _rows(one)],
        empty="There is no source yet.",
        frozen_columns=3,
    )


def _rows(one: SourceCoverage) -> Iterator[tuple[CellValue, ...]]:
    expected = one.expected.cadence or IN_WORDS[one.expected.cadence]
    if not one.days:
        yield (one.source, expected, "nothing", 0, None, *[None] * _DAYS)
    for month, days in groupby(one.days, key=lambda judged: f"{judged.day:%Y-%m}"):
        yield (one.source, expected, month, *_month(list(days)))


def _month(days: Sequence[JudgedDay]) -> tuple[CellValue, ...]:
    signs = {judged.day.day: _SIGNS[judged.state] for judged in days}
    missing = sum(judged.state is DayState.MISSING for judged in days)
    return (
        sum(judged.events for judged in days if judged.state is not DayState.REMOVED),
        missing,
        *(signs.get(number) for number in range(1, _DAYS + 1)),
    )
