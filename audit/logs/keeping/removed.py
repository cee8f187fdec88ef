"""What was removed under schedules: no longer there, which is neither missing nor clean."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import text

from audit.logs.keeping.schedule_words import say_period, say_schedule
from config.clock import day_text
from config.database import Reader, UtcDateTime
from config.texts import counted

if TYPE_CHECKING:
    from sqlmodel import Session

    from audit.logs.retention_models import Removal  # takes long to load, and mostly there is none
    from config.work import Work

# by source, the first and the last time of what was removed
Spans: TypeAlias = Mapping[str, Sequence[tuple[datetime, datetime]]]
_SPANS = text(
    "SELECT source, first_time, last_time FROM removals "
    "WHERE first_time IS NOT NULL AND last_time IS NOT NULL ORDER BY id DESC"
).columns(first_time=UtcDateTime(), last_time=UtcDateTime())


def removals(session: "Session", source: str = "") -> "Sequence[Removal]":
    """Give what was removed of a source, or of all, the newest first."""
    from sqlmodel import col, select  # noqa: PLC0415 - as above

    from audit.logs.retention_models import Removal  # noqa: PLC0415 - as above

    asked = select(Removal).order_by(col(Removal.id).desc())
    return session.exec(asked if not source else asked.where(Removal.source == source)).all()


def say_removal(removal: "Removal", zone: ZoneInfo) -> str:
    """Say what was removed, of which time, under which schedule, by whom and when."""
    accesses = counted(removal.events, "access", "accesses")
    rejects = f" and {counted(removal.rejects, 'unreadable record')}" if removal.rejects else ""
    held = f" {removal.held:,} more were due and are held." if removal.held else ""
    return (
        f"{accesses}{rejects} of {removal.source}{_span(removal, zone)}, removed on "
        f"{_day(removal.removed_at, zone)} by {removal.removed_by} under {_schedule(removal)}: kept for "
        f"{say_period(removal.keeps, removal.unit)}.{held}"
    )


def say_removed(removal: "Removal", zone: ZoneInfo) -> str:
    """Say to who audits or reads a report that accesses are no longer there."""
    return (
        f"Accesses of {removal.source} before {_day(removal.before, zone)} were removed under {_schedule(removal)}, "
        f"{removal.events:,} of them on {_day(removal.removed_at, zone)}: they are no longer there, and not judged "
        "anew; what was found of them stands as it was."
    )


def say_brought_back(removal: "Removal", zone: ZoneInfo) -> str:
    """Say to who imports a log that what it adds was removed before."""
    return (
        f"Accesses before {_day(removal.before, zone)} were removed under {_schedule(removal)}; this log adds some of "
        "that time, which are due to be removed at once."
    )


def newest_by_source(found: "Iterable[Removal]") -> "Mapping[str, Removal]":
    """Give, by source, the removal that reaches furthest."""
    furthest: dict[str, Removal] = {}
    for one in found:
        known = furthest.get(one.source)
        if known is None or one.before > known.before:
            furthest[one.source] = one
    return furthest


def removed_spans(reader: Reader) -> Spans:
    """Give, by source, the first and the last time of the accesses of each removal."""
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for source, first, last in reader.execute(_SPANS):
        found.setdefault(source, []).append((first, last))
    return found


def is_of_removed(first: datetime, last: datetime, sources: str, spans: Spans) -> bool:
    """Say whether accesses of a finding may have been removed.

    Args:
        first: Of its accesses; `last`, the last, and `sources`, joined with `; `, where they are from.
        spans: In which accesses were removed, by source.
    """
    return bool(_gone(first, last, sources, spans))


def say_removed_of(work: "Work", first: datetime, last: datetime, sources: str) -> str:
    """Say under which schedule accesses of a finding were removed; empty where none were.

    Args: As of is_of_removed.
    """
    gone = _gone(first, last, sources, removed_spans(work.reader))
    newest = newest_by_source(removals(work.session)) if gone else {}
    return " ".join(say_removed(newest[source], work.zone) for source in gone)


def _gone(first: datetime, last: datetime, sources: str, spans: Spans) -> list[str]:
    """Give the sources some of whose accesses between two times were removed."""
    return [
        source
        for source in sources.split("; ")
        if any(first <= end and start <= last for start, end in spans.get(source, ()))
    ]


def _schedule(removal: "Removal") -> str:
    return f"schedule {say_schedule(removal.code, removal.citation)}"


def _span(removal: "Removal", zone: ZoneInfo) -> str:
    if removal.first_time is None or removal.last_time is None:
        return ""
    return f" from {_day(removal.first_time, zone)} to {_day(removal.last_time, zone)}"


def _day(instant: datetime, zone: ZoneInfo) -> str:
    return day_text(instant.astimezone(zone).date())
