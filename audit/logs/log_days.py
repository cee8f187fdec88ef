"""Which days the logs that count were seen to hold, and how many accesses of each: kept when a log is imported.

Of logs that were imported before days were kept, these are counted from their files: by whoever asks, until an audit
keeps them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from audit.logs.file_kinds import FileKind
from audit.logs.models import LogDay, LogImport, StandingLog, StoredFile
from config.recorded import current, known_at
from config.settings import Settings
from config.work import Installation

_COUNTED: dict[tuple[Path, str], Mapping[date, int]] = {}  # by file, which never changes, and zone


def days_of_sources(
    session: Session, settings: Settings, zone: ZoneInfo, *, source: str = "", at: datetime | None = None
) -> dict[str, Counter[date]]:
    """Give, by source, how many accesses of each day the logs hold that count.

    Args:
        zone: The entity's, in which days are told.
        source: Of this one alone; empty = of all.
        at: The logs that counted then; None = those that count now.

    Raises:
        Conflict: A file of the store that is to be counted is missing, or not as its receipt says.
    """
    stands = current(StandingLog) if at is None else known_at(StandingLog, at)
    summed = (
        select(col(LogImport.source), col(LogDay.day), func.sum(LogDay.events))
        .join(LogDay, col(LogDay.import_id) == col(LogImport.id))
        .join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
        .where(stands)
        .group_by(col(LogImport.source), col(LogDay.day))
    )
    if source:
        summed = summed.where(LogImport.source == source)
    found = defaultdict[str, Counter[date]](Counter)
    for of, day, events in session.exec(summed):
        found[of][day] = int(events)
    uncounted = {one: of for one, of in _uncounted(session).items() if source in {"", of}}
    if uncounted:
        counts = session.exec(select(StandingLog.import_id).where(stands)).all()
        for import_id, days in _count(session, settings, zone, sorted(uncounted.keys() & set(counts))).items():
            found[uncounted[import_id]].update(days)
    return dict(found)


def keep_days(installation: Installation) -> None:
    """Keep the days of logs that were imported before days were kept.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    with installation.read() as work:
        uncounted = _uncounted(work.session)
        days = _count(work.session, work.settings, work.zone, sorted(uncounted)) if uncounted else {}
    if not days:
        return
    with installation.change() as work:
        still = _uncounted(work.session)
        for import_id, of_log in days.items():
            if import_id in still:
                work.session.add_all(rows_of_days(import_id, of_log))


def rows_of_days(import_id: int, days: Mapping[date, int]) -> list[LogDay]:
    """Give the rows in which the days of a log are kept."""
    return [LogDay(import_id=import_id, day=day, events=events) for day, events in days.items()]


def _uncounted(session: Session) -> dict[int, str]:
    """Give the imports that added accesses of which no day is kept, each with its source."""
    kept = select(LogDay.import_id).where(col(LogDay.import_id) == col(LogImport.id)).exists()
    asked = select(LogImport.id, LogImport.source).where(LogImport.added > 0, ~kept)
    return dict(session.exec(asked).all())


def _count(
    session: Session, settings: Settings, zone: ZoneInfo, import_ids: Sequence[int]
) -> dict[int, Mapping[date, int]]:
    from audit.logs.count_days import count_days  # noqa: PLC0415 - loads DuckDB, which is seldom needed here
    from config.bulk import open_bulk, plain_faults  # noqa: PLC0415 - the same

    held = select(StoredFile.import_id, StoredFile.name).where(StoredFile.kind == FileKind.EVENTS)
    paths = {number: settings.data_dir / FileKind.EVENTS / name for number, name in session.exec(held)}
    found = dict[int, Mapping[date, int]]()
    with plain_faults(), closing(open_bulk(settings)) as connection:
        for number in import_ids:
            key = (paths[number], zone.key)
            if key not in _COUNTED:
                _COUNTED[key] = count_days(connection, paths[number], zone)
            found[number] = _COUNTED[key]
    return found
