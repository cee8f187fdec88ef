"""What is said of coverage: which days were not seen, so that nobody takes them for clean."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from audit.logs.coverage import SourceCoverage
from audit.logs.judge_days import Gap
from config.clock import day_text
from config.texts import counted, listed

_MOST_NAMED = 3
_DAY = timedelta(days=1)

HOW_JUDGED = (
    "A day is missing where records were expected and there are none: daily, any day; workdays, Monday to Friday but "
    "for the legal holidays of Minn. Stat. 645.44 (not the October holiday and the Friday after Thanksgiving, which a "
    "local government may keep or not); weekly, each day of a week without any; monthly, and where nothing is stated, "
    "each day of a month without any. Fewer than half of the usual: of the median of the same weekday in the eight "
    "weeks before and after, where that is at least 30."
)


class NotSeen(NamedTuple):
    """What was not seen in some time: on how many days of all sources, and what is said of it."""

    days: int
    said: str


def say_days(first: date, last: date) -> str:
    """Say from which to which day something is, in as few words as tell it."""
    if first == last:
        return f"on {day_text(first)}"
    if first.day == 1 and (last + _DAY).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day_text(last)}"
    if first.year == last.year:
        return f"between {first.day} {first:%B} and {day_text(last)}"
    return f"between {day_text(first)} and {day_text(last)}"


def say_gap(source: str, gap: Gap) -> str:
    """Say that days of a source were not seen."""
    of = "this day" if gap.first == gap.last else "these days"
    return f"No records of {source} {say_days(gap.first, gap.last)}: accesses of {of} are not judged."


def sum_up(coverages: Sequence[SourceCoverage]) -> NotSeen:
    """Say in a sentence or two what was not seen of some sources, the longest gaps first.

    Args:
        coverages: Of all sources, in one time.
    """
    days = sum(one.missing for one in coverages)
    return NotSeen(days, " ".join(_sentences(coverages, days)))


def _sentences(coverages: Sequence[SourceCoverage], days: int) -> Iterator[str]:
    if not coverages:
        return
    if days:
        gaps = sorted(
            ((gap, one.source) for one in coverages for gap in one.gaps),
            key=lambda pair: (-pair[0].days, pair[0].first, pair[1]),
        )
        of = sum(bool(one.gaps) for one in coverages)
        where = f" in {of:,} of {len(coverages):,} sources" if len(coverages) > 1 else ""
        named = [f"{source} {say_days(gap.first, gap.last)}" for gap, source in gaps[:_MOST_NAMED]]
        largest = "the longest: " if len(gaps) > _MOST_NAMED else ""
        yield (f"Days not seen: {days:,}{where} ({largest}{'; '.join(named)}); accesses of these days are not judged.")
    else:
        yield f"No day on which records were expected is missing, of {counted(len(coverages), 'source')}."
    yield from (one.said_removed for one in coverages if one.said_removed)
    yield from _beginnings(coverages)
    yield from _never(coverages)
    yield from _without_views(coverages)
    unstated = [one.source for one in coverages if not one.expected.cadence and one.first_seen]
    if unstated:
        yield f"Of {listed(unstated, _MOST_NAMED)} no cadence is stated: only whole months without records count."


def _beginnings(coverages: Iterable[SourceCoverage]) -> Iterator[str]:
    """Say which sources' records begin later than those of others, where no first day was asked for."""
    starts = [(one.days[0].day, one) for one in coverages if one.days]
    earliest = min((day for day, _ in starts), default=None)
    later = [(day, one.source) for day, one in starts if earliest and earliest < day == one.first_seen]
    if later:
        named = listed([f"{source} on {day_text(day)}" for day, source in sorted(later, reverse=True)], _MOST_NAMED)
        yield f"Records begin later of {named}; what was before is not judged."


def _never(coverages: Iterable[SourceCoverage]) -> Iterator[str]:
    never = [one.source for one in coverages if one.first_seen is None]
    if never:
        yield f"Nothing ever arrived of {listed(never, _MOST_NAMED)}: none of its accesses are judged."


def _without_views(coverages: Iterable[SourceCoverage]) -> Iterator[str]:
    """Say of which sources nobody can tell who looked, since they do not record it."""
    for what in ("changes", "sign-ins"):
        named = [one.source for one in coverages if one.records_what == what]
        if named:
            yield f"Only {what} are recorded by {listed(named, _MOST_NAMED)}: who viewed data there was not seen."


def say_late(one: SourceCoverage) -> str:
    """Say how long nothing has arrived of a source, in days; empty where something has, lately."""
    if one.last_seen is None or one.last_seen >= one.today - _DAY:
        return ""
    since = (one.today - one.last_seen).days
    return f"The newest record of {one.source} is of {day_text(one.last_seen)}, {counted(since, 'day')} ago."


def say_low(one: SourceCoverage) -> str:
    """Say on which days far fewer records than usual arrived of a source; empty where on none."""
    if not one.low:
        return ""
    fewest = sorted(one.low, key=lambda low: (low.events / (low.usual or 1), low.day))[:_MOST_NAMED]
    named = "; ".join(f"{day_text(low.day)}: {low.events:,}, usually {low.usual:,}" for low in fewest)
    lead = "the fewest: " if len(one.low) > len(fewest) else ""
    return (
        f"On {counted(len(one.low), 'day')} fewer than half of the usual records of {one.source} arrived "
        f"({lead}{named})."
    )
