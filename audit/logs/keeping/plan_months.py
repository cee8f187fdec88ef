"""Plans which files of the store are put together: those that imports brought, with the months that they touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
from sqlmodel import Session, select

from audit.logs.file_kinds import FileKind
from audit.logs.models import LogImport
from audit.logs.stored_parts import StoredPart, stored_parts
from config.bulk import one_row, parquet_rows
from config.clock import from_microseconds, months_between

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Month:
    """A month of UTC that is put together: its name, and its times [start, end)."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class SourcePlan:
    """What of a source is put together.

    Args:
        events: What its files of events hold that are replaced, of months that are put together again among them.
        names: The same of its files of names.
    """

    source: str
    events: tuple[StoredPart, ...]
    names: tuple[StoredPart, ...]

    def months(self, connection: duckdb.DuckDBPyConnection, data_dir: Path) -> Iterator[Month]:
        """Give the months in which its events are."""
        paths = sorted({data_dir / FileKind.EVENTS / part.name for part in self.events})
        span = f"SELECT epoch_us(min(time)), epoch_us(max(time)) FROM {parquet_rows(paths)}"  # noqa: S608 - our own files
        first, last = map(from_microseconds, one_row(connection, span))
        for name, start, end in months_between(first, last, _UTC):
            yield Month(name, start.astimezone(UTC), end.astimezone(UTC))


def plan_months(
    session: Session, connection: duckdb.DuckDBPyConnection, data_dir: Path, *, source: str, fewest: int
) -> list[SourcePlan]:
    """Plan what is put together.

    Args:
        source: Of this one alone; empty = of each.
        fewest: A source is left alone that has fewer files, of events and of names, as imports brought them.
    """
    sources = {one: of for one, of in session.exec(select(LogImport.id, LogImport.source)) if source in {"", of}}
    events = stored_parts(session, FileKind.EVENTS)
    names = stored_parts(session, FileKind.NAMES)
    plans = []
    for of in sorted(set(sources.values())):
        own = [part for part in events if sources.get(part.import_id) == of]
        own_names = [part for part in names if sources.get(part.import_id) == of]
        plan = SourcePlan(
            of,
            tuple(_with_touched(connection, data_dir, own)) if _loose(own) >= fewest else (),
            tuple(own_names) if _loose(own_names) >= fewest else (),
        )
        plans += [plan] if plan.events or plan.names else []
    return plans


def _loose(parts: Sequence[StoredPart]) -> int:
    return sum(not part.month for part in parts)


def _with_touched(
    connection: duckdb.DuckDBPyConnection, data_dir: Path, parts: Sequence[StoredPart]
) -> Iterator[StoredPart]:
    """Give what imports brought, and what lies in the months that this touches."""
    loose = [part for part in parts if not part.month]
    rows = parquet_rows(data_dir / FileKind.EVENTS / part.name for part in loose)
    found = connection.execute(f"SELECT DISTINCT strftime(time, '%Y-%m') FROM {rows}").fetchall()  # noqa: S608 - our own files
    touched = {month for (month,) in found}
    yield from (part for part in parts if not part.month or part.month in touched)
