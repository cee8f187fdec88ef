"""What was removed under schedules: no longer there, which is neither missing nor clean."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.logs.keeping.retention import say_period, say_schedule
from audit.logs.retention_models import Removal
from config.clock import day_text, months_between
from config.texts import counted


def removals(session: Session, source: str = "") -> Sequence[Removal]:
    """Give what was removed of a source, or of all, the newest first."""
    asked = select(Removal).order_by(col(Removal.id).desc())
    return session.exec(asked if not source else asked.where(Removal.source == source)).all()


def say_removal(removal: Removal, zone: ZoneInfo) -> str:
    """Say what was removed, of which time, under which schedule, by whom and when."""
    accesses = counted(removal.events, "access", "accesses")
    rejects = f" and {counted(removal.rejects, 'unreadable record')}" if removal.rejects else ""
    held = f" {removal.held:,} more were due and are held." if removal.held else ""
    return (
        f"{accesses}{rejects} of {removal.source}{_span(removal, zone)}, removed on "
        f"{_day(removal.removed_at, zone)} by {removal.removed_by} under {_schedule(removal)}: kept for "
        f"{say_period(removal.keeps, removal.unit)}.{held}"
    )


def say_removed(removal: Removal, zone: ZoneInfo) -> str:
    """Say to who audits or reads a report that accesses are no longer there."""
    return (
        f"Accesses of {removal.source} before {_day(removal.before, zone)} were removed under {_schedule(removal)}, "
        f"{removal.events:,} of them on {_day(removal.removed_at, zone)}: they are no longer there, and not judged "
        "anew; what was found of them stands as it was."
    )


def say_brought_back(removal: Removal, zone: ZoneInfo) -> str:
    """Say to who imports a log that what it adds was removed before."""
    return (
        f"Accesses before {_day(removal.before, zone)} were removed under {_schedule(removal)}; this log adds some of "
        "that time, which are due to be removed at once."
    )


def newest_by_source(found: Iterable[Removal]) -> Mapping[str, Removal]:
    """Give, by source, the removal that reaches furthest."""
    furthest: dict[str, Removal] = {}
    for one in found:
        known = furthest.get(one.source)
        if known is None or one.before > known.before:
            furthest[one.source] = one
    return furthest


def removed_months(session: Session, zone: ZoneInfo) -> dict[str, set[str]]:
    """Give, by source, the months of a zone (YYYY-MM) of which accesses were removed."""
    found: dict[str, set[str]] = {}
    for one in removals(session):
        found.setdefault(one.source, set()).update(_months(one, zone))
    return found


def is_of_removed(month: str, sources: str, months: Mapping[str, Collection[str]]) -> bool:
    """Say whether accesses of a finding may have been removed.

    Args:
        month: Of the finding; `sources`, joined with `; `, those of its accesses.
        months: Of which accesses were removed, by source.
    """
    return any(month in months.get(source, ()) for source in sources.split("; "))


def say_removed_of(session: Session, month: str, sources: str, zone: ZoneInfo) -> str:
    """Say under which schedule accesses of a finding were removed; empty where none were.

    Args: As of is_of_removed.
    """
    months = removed_months(session, zone)
    if not is_of_removed(month, sources, months):
        return ""
    newest = newest_by_source(removals(session))
    gone = [source for source in sources.split("; ") if month in months.get(source, ())]
    return " ".join(say_removed(newest[source], zone) for source in gone)


def _months(removal: Removal, zone: ZoneInfo) -> Iterator[str]:
    if removal.first_time and removal.last_time:
        yield from (month for month, _, _ in months_between(removal.first_time, removal.last_time, zone))


def _schedule(removal: Removal) -> str:
    return f"schedule {say_schedule(removal.code, removal.citation)}"


def _span(removal: Removal, zone: ZoneInfo) -> str:
    if removal.first_time is None or removal.last_time is None:
        return ""
    return f" from {_day(removal.first_time, zone)} to {_day(removal.last_time, zone)}"


def _day(instant: datetime, zone: ZoneInfo) -> str:
    return day_text(instant.astimezone(zone).date())
