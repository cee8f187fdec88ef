"""For how long the accesses of a source are kept: what an official has entered, from the time of each access on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from audit.logs.find_source import find_source
from audit.logs.keeping.schedule_words import say_period, say_schedule
from audit.logs.retention_models import PeriodUnit, RetentionRule
from config.clock import start_of
from config.errors import Invalid, NotFound
from config.recorded import current
from config.work import Work

LONGEST = {PeriodUnit.DAYS: 36_500, PeriodUnit.MONTHS: 1_200, PeriodUnit.YEARS: 100}
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class Retention:
    """How long the accesses of a source are kept.

    Args:
        code: What the schedule calls it, as the official has entered it; `citation`, what the schedule rests on.
        by_itself: The schedule of the service removes what is due, without being asked each time.
    """

    keeps: int
    unit: PeriodUnit
    code: str
    citation: str
    by_itself: bool = False

    @property
    def period(self) -> str:
        """Say the period."""
        return say_period(self.keeps, self.unit)

    @property
    def schedule(self) -> str:
        """Name the schedule."""
        return say_schedule(self.code, self.citation)

    def due_before(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Give the instant before which accesses have been kept long enough: a day's go once the day is over."""
        return start_of(_earlier(now.astimezone(zone).date(), self.keeps, self.unit), zone)


def state_retention(work: Work, source: str, asked: Retention) -> Retention:
    """Enter how long a source's accesses are kept; nothing is removed by that.

    Raises:
        NotFound: There is no such source.
        Invalid: The period is none, or the schedule is not named.
    """
    name = find_source(work.session, source).name
    asked = replace(asked, code=asked.code.strip(), citation=asked.citation.strip())
    longest = LONGEST[asked.unit]
    if not 1 <= asked.keeps <= longest:
        raise Invalid(f"Accesses are kept for 1 to {longest:,} {asked.unit}.")
    if not asked.code or not asked.citation:
        raise Invalid(
            "Name the schedule by its code and what it rests on: what is on no schedule may be removed only by an "
            "application of its own (Minn. Stat. 138.17)."
        )
    before = _row(work.session, name)
    if before is not None and _read(before) == asked:
        return asked
    _supersede(before, work)
    row = RetentionRule(
        source=name,
        keeps=asked.keeps,
        unit=asked.unit.value,
        code=asked.code,
        citation=asked.citation,
        by_itself=asked.by_itself,
        recorded_at=work.now,
        recorded_by=work.by,
    )
    work.session.add(row)
    work.session.flush()
    return asked


def end_retention(work: Work, source: str) -> None:
    """Let a source have no retention period any more, so that nothing of it is due.

    Raises:
        NotFound: There is no such source, or it has none.
    """
    before = _row(work.session, find_source(work.session, source).name)
    if before is None:
        raise NotFound(f"No retention period is entered for {source}.")
    _supersede(before, work)
    work.session.flush()


def retention_of_sources(session: Session) -> Mapping[str, Retention]:
    """Give how long each source's accesses are kept of which it is entered, by name."""
    rows = session.exec(select(RetentionRule).where(current(RetentionRule)).order_by(RetentionRule.source)).all()
    return {row.source: _read(row) for row in rows}


def _row(session: Session, source: str) -> RetentionRule | None:
    return session.exec(select(RetentionRule).where(RetentionRule.source == source, current(RetentionRule))).first()


def _read(row: RetentionRule) -> Retention:
    return Retention(row.keeps, PeriodUnit(row.unit), row.code, row.citation, row.by_itself)


def _supersede(row: RetentionRule | None, work: Work) -> None:
    if row is not None:
        row.superseded_at, row.superseded_by = work.now, work.by


def _earlier(day: date, count: int, unit: PeriodUnit) -> date:
    """Give the day that lies so long before; the last of its month where that month is shorter."""
    if unit is PeriodUnit.DAYS:
        return day - timedelta(days=count)
    months = count * (_MONTHS_OF_YEAR if unit is PeriodUnit.YEARS else 1)
    number = day.year * _MONTHS_OF_YEAR + day.month - 1 - months
    return min(_first_of(number) + timedelta(days=day.day - 1), _first_of(number + 1) - timedelta(days=1))


def _first_of(number: int) -> date:
    """Give the first day of a month, counted from year 0 on."""
    return date(number // _MONTHS_OF_YEAR, number % _MONTHS_OF_YEAR + 1, 1)
