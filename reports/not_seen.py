"""What the logs that a report rests on did not hold: days not seen are not judged, never clean."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from audit.logs.coverage import CoverageRequest, SourceCoverage, days_asked, read_coverage
from audit.logs.say_coverage import say_days, say_low, sum_up
from config.officials.limits import UNLIMITED, Limits
from config.settings import Settings
from config.work import Work
from inventory.entity_time import entity_zone
from reports.about import About
from reports.sheets import CellValue

_MOST_LISTED = 50
_IMPORT = "No record of these days arrived, so their accesses are not judged. Import the logs of these days."
_REMOVED = "Nothing is to be done: the schedule let them be removed. They are neither missing nor clean."
_JUMP = "Records may be missing that never arrived, or the system gives its numbers to others too; ask who runs it."
_FEW = "Perhaps a part of the log is missing. The sheet “Coverage” marks these days; import the log again if so."


def coverage_of(
    session: Session,
    settings: Settings,
    about: About,
    *,
    at: datetime | None = None,
    limits: Limits = UNLIMITED,
    whole_months: bool = False,
) -> list[SourceCoverage]:
    """Tell what was seen of each source in the time of a report.

    Args:
        at: By the logs that counted then; None = by those that count now.
        limits: Of these months and sources alone.
        whole_months: The report is about all of the first and the last month.
    """
    work = Work(session, about.produced_at, about.produced_at, "", settings, entity_zone)
    first, last = days_asked(about.start, about.end, about.zone)
    if whole_months:
        first, last = first and first.replace(day=1), last and _end_of_month(last)
    return read_coverage(work, CoverageRequest(first=first, last=last, at=at, limits=limits))


def coverage_in(work: Work, start: datetime | None, end: datetime | None) -> list[SourceCoverage]:
    """Tell what was seen of each source in a range [start, end) of accesses; None = no bound."""
    first, last = days_asked(start, end, work.zone)
    return read_coverage(work, CoverageRequest(first=first, last=last))


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def say_not_seen(coverages: Sequence[SourceCoverage]) -> str:
    """Say what was not seen, in a sentence or two; empty where there is no source."""
    return sum_up(coverages).said


def not_seen_rows(coverages: Sequence[SourceCoverage]) -> Iterator[tuple[CellValue, ...]]:
    """Give the rows of the sheet of what was not judged: the longest gaps of each source, days with few records."""
    for one in coverages:
        if one.first_seen is None:
            yield ("Days not seen", "all records: nothing ever arrived", one.source, None, _IMPORT)
        if one.said_removed:
            yield ("Accesses removed", one.said_removed, one.source, one.removed, _REMOVED)
        longest = sorted(one.gaps, key=lambda gap: (-gap.days, gap.first))
        for gap in longest[:_MOST_LISTED]:
            yield ("Days not seen", f"records {say_days(gap.first, gap.last)}", one.source, gap.days, _IMPORT)
        if rest := longest[_MOST_LISTED:]:
            more = f"records of {len(rest):,} more times"
            yield ("Days not seen", more, one.source, sum(gap.days for gap in rest), _IMPORT)
        for jump in one.jumps[:_MOST_LISTED]:
            what = f"numbers of its own records, between {jump.after} and {jump.before}"
            yield ("Record numbers that jump", what, one.source, jump.missing, _JUMP)
        if one.low:
            yield ("Days with few records", say_low(one), one.source, len(one.low), _FEW)
