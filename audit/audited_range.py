"""The range that an audit takes: what was asked, widened so that a month's findings are always counted whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.models import AuditRun
from config.clock import MOMENT, end_text, month_start, start_text


@dataclass(frozen=True)
class AuditedRange:
    """A range [start, end) of events; None = no bound. `asked` is what it was before it was widened."""

    start: datetime | None
    end: datetime | None
    asked: tuple[datetime | None, datetime | None]

    def notices(self, zone: ZoneInfo) -> Iterator[str]:
        """Say that it was widened, if it was."""
        if (self.start, self.end) != self.asked:
            start = start_text(self.start, zone) if self.start else "the beginning"
            end = end_text(self.end, zone) if self.end else "to the end"
            yield f"Audited from {start} {end}, as other days of these months were audited before."


def widen(session: Session, start: datetime | None, end: datetime | None, zone: ZoneInfo) -> AuditedRange:
    """Widen a range to the days of its first and last month that were audited before."""
    audits = ~col(AuditRun.is_question)  # a question leaves no finding that would be counted whole
    runs = session.exec(select(AuditRun.range_start, AuditRun.range_end).where(audits)).all()
    return AuditedRange(*_widened(start, end, runs, zone), (start, end))


def months_of(start: datetime | None, end: datetime | None, months: Iterable[str], zone: ZoneInfo) -> set[str]:
    """Give those of some months that a range [start, end) touches; None = no bound."""
    first = "" if start is None else f"{start.astimezone(zone):%Y-%m}"
    last = "9999" if end is None else f"{(end - MOMENT).astimezone(zone):%Y-%m}"
    return {month for month in months if first <= month <= last}


def _widened(
    start: datetime | None,
    end: datetime | None,
    runs: Iterable[tuple[datetime | None, datetime | None]],
    zone: ZoneInfo,
) -> tuple[datetime | None, datetime | None]:
    for ran_from, ran_to in runs:
        if start is not None:
            first, after = _month_of(start, zone)
            if (ran_from is None or ran_from < min(start, after)) and (ran_to is None or ran_to > first):
                start = max(first, ran_from or first)
        if end is not None:
            first, after = _month_of(end - MOMENT, zone)
            if (ran_from is None or ran_from < after) and (ran_to is None or ran_to > max(end, first)):
                end = min(after, ran_to or after)
    return start, end


def _month_of(instant: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    local = instant.astimezone(zone)
    following = (local.year, local.month + 1) if local.month < 12 else (local.year + 1, 1)  # noqa: PLR2004 - months
    return month_start(local.year, local.month, zone), month_start(*following, zone)
