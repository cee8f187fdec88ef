"""The coverage ledger: which days of each source were seen, with how many accesses, and which were not.

It is made of what arrived, by the accesses' own times in the entity's zone, whenever somebody asks: an import that is
taken back, read anew or late changes it at once. What was not seen is not judged, never clean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from audit.logs.expected_logs import Expected, expected_of_sources
from audit.logs.find_source import find_source
from audit.logs.judge_days import DayState, Gap, JudgedDay, gaps_of, judge_days
from audit.logs.keeping.removed import newest_by_source, removals, say_removed
from audit.logs.log_days import days_of_sources
from audit.logs.models import LogImport, Source, StandingLog
from audit.logs.number_jumps import NumberJump, find_number_jumps
from audit.logs.profiles.language import RecordsWhat
from audit.logs.retention_models import Removal
from audit.logs.sources import recorded_by_sources
from config.clock import MOMENT
from config.officials.limits import UNLIMITED, Limits
from config.recorded import current, known_at
from config.work import Work


@dataclass(frozen=True)
class CoverageRequest:
    """Of what coverage is asked.

    Args:
        source: Of one source; empty = of all.
        first: From this day on; None = from the first day on which the source was seen.
        last: To this day; None = to the last day on which any source was seen.
        at: By the logs that counted then; None = by those that count now.
        limits: The months and sources of which alone it is told.
        usual: Whether days are held to the usual volume, and numbers of records looked at, which takes longest.
    """

    source: str = ""
    first: date | None = None
    last: date | None = None
    at: datetime | None = None
    limits: Limits = UNLIMITED
    usual: bool = True


@dataclass(frozen=True)
class SourceCoverage:
    """What was seen of one source in the time asked about.

    Args:
        first_seen: The first day ever that holds an access; None where nothing arrived. `last_seen` likewise.
        days: Each day of the time, from the source's first day on where no first one was asked for.
        gaps: The days among them that are missing.
        jumps: Where the numbers of the source's own records jump in this time, the largest first.
        today: On which it was asked.
        records_what: What its records tell of its data, as its profile states.
        said_removed: What was removed of these days, by which schedule; empty where nothing was.
    """

    source: str
    expected: Expected
    first_seen: date | None
    last_seen: date | None
    days: tuple[JudgedDay, ...]
    gaps: tuple[Gap, ...]
    today: date
    jumps: tuple[NumberJump, ...] = ()
    records_what: RecordsWhat = ""
    said_removed: str = ""

    @property
    def events(self) -> int:
        """How many accesses the days hold."""
        return sum(one.events for one in self.days if one.state is not DayState.REMOVED)

    @property
    def seen(self) -> int:
        """How many days hold accesses."""
        return sum(one.events > 0 for one in self.days if one.state is not DayState.REMOVED)

    @property
    def removed(self) -> int:
        """How many days held accesses that were removed under a schedule."""
        return sum(one.state is DayState.REMOVED for one in self.days)

    @property
    def missing(self) -> int:
        """How many days lack accesses that were expected."""
        return sum(gap.days for gap in self.gaps)

    @property
    def low(self) -> tuple[JudgedDay, ...]:
        """The days that hold fewer than half of what is usual."""
        return tuple(one for one in self.days if one.state is DayState.LOW)


def read_coverage(work: Work, request: CoverageRequest) -> list[SourceCoverage]:
    """Tell what was seen of one source, or of each, by their names.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Conflict: A file of the store that is to be counted is missing.
    """
    session, zone = work.session, work.zone
    counts = days_of_sources(session, work.settings, zone, source=request.source, at=request.at)
    names = {request.source} if request.source else {*counts, *_set_up(session)}
    if request.source and request.source not in counts:
        find_source(session, request.source)
    today = work.clock.astimezone(zone).date()
    last = min(request.last or _last_of_all(session, zone, request.at) or today, today)
    expected, asked = expected_of_sources(session), replace(request, last=last)
    recorded = recorded_by_sources(session)
    removed = newest_by_source(removals(session))
    found = [
        _told_removed(
            _coverage(name, expected.get(name, Expected()), counts.get(name, {}), asked, today),
            removed.get(name),
            zone,
        )
        for name in sorted(names)
        if request.limits.admit_source(name)
    ]
    found = [replace(one, records_what=recorded.get(one.source, "")) for one in found]
    return [replace(one, jumps=_jumps(work, one, request.limits)) for one in found] if request.usual else found


def _told_removed(one: SourceCoverage, removal: Removal | None, zone: ZoneInfo) -> SourceCoverage:
    """Tell which of a source's days held what was removed since."""
    if removal is None:
        return one
    before = removal.before.astimezone(zone).date()
    days = tuple(
        JudgedDay(day.day, day.events, DayState.REMOVED) if day.events and day.day < before else day for day in one.days
    )
    told = replace(one, days=days)
    return replace(told, said_removed=say_removed(removal, zone)) if told.removed else told


def _jumps(work: Work, one: SourceCoverage, limits: Limits) -> tuple[NumberJump, ...]:
    """Give the jumps between records of the days of a source."""

    def is_within(jump: NumberJump) -> bool:
        days = [instant.astimezone(work.zone).date() for instant in (jump.after_time, jump.before_time)]
        is_admitted = all(limits.admit_month(f"{day:%Y-%m}") for day in days)
        return is_admitted and max(days) >= one.days[0].day and min(days) <= one.days[-1].day

    return tuple(filter(is_within, find_number_jumps(work.session, one.source))) if one.days else ()


def _set_up(session: Session) -> Sequence[str]:
    return session.exec(select(Source.name).where(current(Source))).all()


def _last_of_all(session: Session, zone: ZoneInfo, at: datetime | None) -> date | None:
    """Give the last day on which any source was seen."""
    stands = current(StandingLog) if at is None else known_at(StandingLog, at)
    standing = select(func.max(LogImport.last_time)).join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
    newest: datetime | None = session.exec(standing.where(stands)).one()
    return newest.astimezone(zone).date() if newest else None


def _coverage(
    name: str, expected: Expected, counts: Mapping[date, int], request: CoverageRequest, today: date
) -> SourceCoverage:
    first_seen, last_seen = min(counts, default=None), max(counts, default=None)
    first, last = request.first or first_seen, request.last
    judged: Sequence[JudgedDay] = ()
    if first and last:
        judged = judge_days(counts, expected.cadence, first, last, today=today, usual=request.usual)
    days = tuple(one for one in judged if request.limits.admit_month(f"{one.day:%Y-%m}"))
    return SourceCoverage(name, expected, first_seen, last_seen, days, gaps_of(days), today)


def days_asked(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> tuple[date | None, date | None]:
    """Give the first and the last day that a range [start, end) of accesses touches; None where it is open."""
    first = start.astimezone(zone).date() if start else None
    return first, (end - MOMENT).astimezone(zone).date() if end else None
