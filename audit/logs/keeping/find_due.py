"""What of a source is due to be removed: what was kept for as long as its schedule says, and is not held."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from audit.logs.event_store import all_logs_of
from audit.logs.file_kinds import FileKind
from audit.logs.find_source import find_source
from audit.logs.keeping.held_events import HeldEvents, count_rejects
from audit.logs.keeping.legal_holds import legal_holds, say_hold
from audit.logs.keeping.retention import Retention, retention_of_sources
from audit.logs.models import LogImport
from audit.logs.open_events import open_events
from audit.logs.stored_parts import StoredPart, stored_parts
from config.bulk import one_row, open_bulk, plain_faults
from config.clock import from_microseconds, microseconds
from config.texts import counted
from config.work import Work

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class SourceDue:
    """What of a source is due.

    Args:
        before: Accesses before this instant have been kept long enough.
        events: How many of them are due: not held. `first` and `last` are their times.
        rejects: How many unreadable records are; each counts as one of the last access of its log.
        held: How many accesses and records would be due, but are held.
        holds: What holds are in force, a sentence each.
    """

    source: str
    retention: Retention
    before: datetime
    events: int
    first: datetime | None
    last: datetime | None
    rejects: int
    held: int
    holds: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is due."""
        return not self.events and not self.rejects

    @property
    def stamp(self) -> str:
        """What tells one state of what is due from another, so that only what was seen is removed."""
        parts = (self.source, self.before, self.events, self.first, self.last, self.rejects, self.held)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @property
    def amount(self) -> str:
        """Say how much is due."""
        accesses = counted(self.events, "access", "accesses")
        return f"{accesses} and {counted(self.rejects, 'unreadable record')}" if self.rejects else accesses


@dataclass(frozen=True)
class OpenedDue:
    """What is due, with what tells which: in the connection, `due` lists its imports and records.

    Args:
        rejects: What the files of unreadable records hold that are due; those that meet `held` stay.
    """

    due: SourceDue
    connection: "duckdb.DuckDBPyConnection"
    rejects: tuple[StoredPart, ...]
    held: str

    def imports(self) -> list[int]:
        """Give the imports of which something is due."""
        found = self.connection.execute("SELECT DISTINCT import_id FROM due ORDER BY import_id").fetchall()
        return [import_id for (import_id,) in found]


def find_due(work: Work, source: str = "") -> list[SourceDue]:
    """Tell of each source of which a retention period is entered what is due.

    Args:
        source: Of this one alone; empty = of all.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    if source:
        source = find_source(work.session, source).name
    found = []
    for name, retention in retention_of_sources(work.session).items():
        if source in {"", name}:
            with opened_due(work, name, retention) as opened:
                found.append(opened.due)
    return found


@contextmanager
def opened_due(work: Work, source: str, retention: Retention) -> Iterator[OpenedDue]:
    """Open what of a source is due.

    Raises: As find_due.
    """
    session, data_dir = work.session, work.settings.data_dir
    before = retention.due_before(work.clock, work.zone)
    holds = legal_holds(session, source=source, on=work.clock.astimezone(work.zone).date())
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        open_events(connection, all_logs_of(session, data_dir, source), None, microseconds(before))
        held = HeldEvents(connection, session, find_source(session, source), holds)
        kept = _list_due(connection, held)
        rejects = tuple(_old_rejects(session, source, before))
        paths = [data_dir / FileKind.REJECTS / part.name for part in rejects]
        free, held_records = count_rejects(connection, paths, held.record_condition())
        query = "SELECT count(*), epoch_us(min(time)), epoch_us(max(time)) FROM due"
        events, *span = one_row(connection, query)
        first, last = (None if instant is None else from_microseconds(instant) for instant in span)
        due = SourceDue(
            source,
            retention,
            before,
            events,
            first,
            last,
            free,
            kept + held_records,
            tuple(map(say_hold, holds)),
        )
        yield OpenedDue(due, connection, rejects, held.record_condition())


def _list_due(connection: "duckdb.DuckDBPyConnection", held: HeldEvents) -> int:
    """Make the table `due` of the events that are not held; give how many are."""
    condition = held.condition()
    # what they say is needed only where something is held for it
    events = "numbered_events" if condition in {"true", "false"} else "events"
    connection.execute(
        f"CREATE OR REPLACE TABLE due AS SELECT import_id, record, time FROM {events} WHERE NOT ({condition})"  # noqa: S608 - our own words
    )
    (all_there,) = one_row(connection, "SELECT count(*) FROM numbered_events")
    (free,) = one_row(connection, "SELECT count(*) FROM due")
    return int(all_there) - int(free)


def _old_rejects(session: Session, source: str, before: datetime) -> Sequence[StoredPart]:
    """Give the files of unreadable records whose logs end before an instant."""
    asked = select(LogImport).where(LogImport.source == source).order_by(col(LogImport.id))
    ends = {one.id: one.last_time or one.imported_at for one in session.exec(asked)}
    return [
        part
        for part in stored_parts(session, FileKind.REJECTS)
        if part.import_id in ends and ends[part.import_id] < before
    ]
