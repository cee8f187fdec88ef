"""The sources of logs as they are listed: how each is set up, what was imported of it, and what was read otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, func, select

from audit.logs.expected_logs import Expected, expected_of
from audit.logs.file_kinds import FileKind
from audit.logs.keeping.removed import newest_by_source, removals
from audit.logs.listed_rejects import count_listed
from audit.logs.models import FilePart, LogImport, Source, StandingLog, StoredFile
from audit.logs.profiles.language import places
from audit.logs.sources import profile_of
from config.recorded import current

_RECORDS = {
    "": "Its profile does not state whether it records views.",
    "views": "It records who views data.",
    "changes": "It records changes alone: who viewed data is not in it.",
    "sign-ins": "It records sign-ins alone: who viewed or changed data is not in it.",
}


@dataclass(frozen=True)
class ListedSource:
    """A source, with what counts of its logs.

    Args:
        records_what: What its records tell, as a sentence.
        fields: Where each field of an access comes from, as "account: UserId or UserName".
        unreadable: How many records could not be read, and were not repaired since.
        accesses: How many are still there.
        first: The time of its first access, or from when on they are still there; None where there never was one.
        read_otherwise: The logs that were imported before the source was last changed.
        expected: On which days it has accesses, and for how long it keeps them itself.
    """

    source: Source
    records_what: str
    fields: tuple[str, ...]
    logs: int
    accesses: int
    unreadable: int
    first: datetime | None
    last: datetime | None
    read_otherwise: tuple[LogImport, ...]
    expected: Expected


def list_sources(session: Session, data_dir: Path) -> list[ListedSource]:
    """List the sources by their names."""
    sources = session.exec(select(Source).where(current(Source)).order_by(Source.name)).all()
    return [describe_source(session, source, data_dir) for source in sources]


def describe_source(session: Session, source: Source, data_dir: Path) -> ListedSource:
    """Describe a source as it is listed."""
    standing = select(LogImport).join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
    of_source = standing.where(LogImport.source == source.name, current(StandingLog)).order_by(col(LogImport.id))
    logs = session.exec(of_source).all()
    return ListedSource(
        source,
        _RECORDS[profile_of(source).records_what],
        _fields(source),
        len(logs),
        _count_events(session, [log.id for log in logs]),
        sum(count_listed(session, source.name, data_dir).values()),
        _first(session, source.name, min((log.first_time for log in logs if log.first_time), default=None)),
        max((log.last_time for log in logs if log.last_time), default=None),
        tuple(log for log in logs if log.imported_at < source.recorded_at),
        expected_of(session, source.name),
    )


def _first(session: Session, source: str, first: datetime | None) -> datetime | None:
    """Give from when on a source's accesses are still there, given the first that ever was."""
    removal = newest_by_source(removals(session, source)).get(source)
    return first if first is None or removal is None or removal.held else max(first, removal.before)


def _fields(source: Source) -> tuple[str, ...]:
    named = profile_of(source).fields.items()
    return tuple(f"{field}: {' or '.join(places(spec)) or 'a text of the profile'}" for field, spec in named)


def _count_events(session: Session, import_ids: Collection[int]) -> int:
    """Count the events of some imports that are still there."""
    own = select(func.sum(StoredFile.rows)).where(StoredFile.kind == FileKind.EVENTS, StoredFile.month == "")
    parts = select(func.sum(FilePart.rows)).join(StoredFile, col(StoredFile.id) == col(FilePart.file_id))
    found = (
        session.exec(own.where(col(StoredFile.import_id).in_(import_ids))).one(),
        session.exec(parts.where(StoredFile.kind == FileKind.EVENTS, col(FilePart.import_id).in_(import_ids))).one(),
    )
    return sum(int(one or 0) for one in found)
