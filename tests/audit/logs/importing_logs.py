"""Imports small logs in tests, and shows what came of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from audit.logs.event_keys import keyed_events
from audit.logs.event_store import stored_logs
from audit.logs.export_rejects import ExportedRejects, export_rejects
from audit.logs.file_kinds import FileKind
from audit.logs.import_log import import_logs
from audit.logs.log_receipt import LogReceipt
from audit.logs.models import Source, StoredFile
from audit.logs.open_events import open_events
from audit.logs.sources import SourceChange, SourceRequest, add_source, set_source
from audit.logs.undo_logs import LogUndone, undo_logs
from config.bulk import open_bulk, parquet_rows
from config.clock import from_microseconds
from config.recorded import current
from config.settings import Settings
from config.work import Installation, Work

UTC_ZONE = ZoneInfo("UTC")
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
HEADER = "time,account,resource,action,subject,purpose,workstation\n"
LINE = "2025-03-01T17:00:00Z,aolson,case/7,view,Ann Smith,case 9,ws-1\n"


class Event(NamedTuple):
    """An event as the audit sees it."""

    record: int
    time: str
    account: str
    resource: str
    action: str
    raw_action: str
    subject: str
    purpose: str
    workstation: str


class Reject(NamedTuple):
    """A record that could not be read, as it was kept."""

    record: int
    raw: str
    fault: str


@dataclass
class Logs:
    """Writes logs, imports them for a source called `permits`, and reads the store."""

    session: Session
    engine: Engine
    settings: Settings
    folder: Path
    source: Source = field(init=False)
    minutes: int = 0

    def __post_init__(self) -> None:
        self.change_source()

    def change_source(
        self, profile: str = "", zone: str = "UTC", log_format: str = "csv", name: str = "permits"
    ) -> None:
        """Let what is imported from now on be of a source that is set up so."""
        known = select(Source).where(Source.name == name, current(Source))
        if self.session.exec(known).first() is None:
            request = SourceRequest(name, log_format, profile, zone, name)
            self.source = add_source(self.session, request, now=self._now(), by="test")
        else:
            change = SourceChange(log_format, profile, zone)
            self.source = set_source(self.session, name, change, now=self._now(), by="test")

    def undo(self, number: int) -> LogUndone:
        """Take back an import."""
        undone = undo_logs(self.work(), number)
        self.session.commit()
        return undone

    def export(self, name: str) -> ExportedRejects:
        """Write the unreadable records of the source to a new file."""
        return export_rejects(self.change, self.source.name, self.folder / name)

    @contextmanager
    def change(self) -> Iterator[Work]:
        """Give a piece of work that is committed when the block ends."""
        yield self.work()
        self.session.commit()

    def work(self) -> Work:
        """Give a piece of work on the record as it is."""
        now = self._now()
        return Work(self.session, now, now, "test", self.settings, lambda *_: UTC_ZONE)

    def add(self, content: str | bytes, name: str = "log.csv") -> LogReceipt:
        """Write a log file and import it."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.add_file(path)

    def add_file(self, path: Path) -> LogReceipt:
        """Import a log file that is there."""
        (receipt,) = self.add_files([path])
        return receipt

    def add_files(self, paths: Sequence[Path]) -> list[LogReceipt]:
        """Import log files in one commit."""
        now, source = self._now(), self.source.name
        self.session.commit()  # an import has sessions of its own
        installation = Installation(
            self.settings, self.engine, "test", lambda *_: UTC_ZONE, lambda _: None, lambda: now
        )
        receipts = import_logs(installation, paths, source)
        self.session.expire_all()
        return receipts

    def events(self) -> list[Event]:
        """Give all events, in the order of their imports and records."""
        rows = self.ask(
            "SELECT record, epoch_us(time), account, resource, action, raw_action, subject, purpose, workstation "
            "FROM events ORDER BY import_id, record"
        )
        return [Event(record, instant_text(micros), *texts) for record, micros, *texts in rows]

    def keys(self) -> list[Any]:
        """Give the key of each event."""
        store = stored_logs(self.session, self.settings.data_dir)
        keyed = f"SELECT event_key FROM ({keyed_events(store)}) ORDER BY import_id, record"  # noqa: S608 - our own words
        return [key for (key,) in self.ask(keyed)]

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the store about its view `events`."""
        with open_bulk(self.settings) as connection:
            open_events(connection, stored_logs(self.session, self.settings.data_dir))
            return connection.execute(question).fetchall()

    def rejects(self) -> list[Reject]:
        """Give all records that could not be read, in the order of their imports."""
        names = self.session.exec(
            select(StoredFile.name).where(StoredFile.kind == FileKind.REJECTS).order_by(col(StoredFile.id))
        ).all()
        found = []
        with open_bulk(self.settings) as connection:
            for name in names:
                rows = parquet_rows([self.settings.data_dir / FileKind.REJECTS / name])
                found += connection.execute(f"SELECT record, raw, fault FROM {rows} ORDER BY record").fetchall()  # noqa: S608 - our own file
        return [Reject(*row) for row in found]

    def stored(self) -> list[str]:
        """Name all files of the store."""
        return sorted(
            str(path.relative_to(self.settings.data_dir))
            for folder in FileKind
            for path in (self.settings.data_dir / folder).glob("*")
        )

    def _now(self) -> datetime:
        self.minutes += 1
        return NOON + timedelta(minutes=self.minutes)


def instant_text(microseconds: int) -> str:
    """Write an instant so that a test reads well: in UTC, without a zone."""
    return str(from_microseconds(microseconds).replace(tzinfo=None))


def counts(receipt: LogReceipt) -> tuple[int, int, int, int, int]:
    """Give what was read, added, known already, unreadable and passed over."""
    assert receipt.read == receipt.added + receipt.already_known + receipt.unreadable + receipt.passed_over
    return receipt.read, receipt.added, receipt.already_known, receipt.unreadable, receipt.passed_over
