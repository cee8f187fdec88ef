"""Writes what several files of the store hold into one file for each month, and nothing else into it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.file_kinds import ALL_MONTHS, FileKind
from audit.logs.keeping.plan_months import Month, SourcePlan
from audit.logs.names import NAMES_SCHEMA
from audit.logs.new_files import NewFile, ParquetFile
from audit.logs.stored_parts import StoredPart
from config.bulk import parquet_rows
from config.bulk_columns import arrow_batches
from config.clock import microseconds
from config.errors import Conflict

_ROWS_AT_ONCE = 122_880


@dataclass(frozen=True)
class PartOf:
    """What a new file holds of an import; `origin` as in `FilePart`."""

    import_id: int
    rows: int
    origin: str


@dataclass(frozen=True)
class TogetherFile:
    """A file into which others were put together, of which month, and what it holds of which import."""

    file: NewFile
    month: str
    parts: tuple[PartOf, ...]


def put_together(
    connection: duckdb.DuckDBPyConnection, plan: SourcePlan, data_dir: Path, made: list[NewFile]
) -> Iterator[TogetherFile]:
    """Write the files of a plan.

    Args:
        made: Is given every new file as soon as it is there, so that the caller can remove it.

    Raises:
        Conflict: Not every row of the files that are replaced is in a new one.
    """
    if plan.events:
        found = list(_months_of(connection, plan, data_dir, made))
        _check_count(plan.events, found)
        yield from found
    if plan.names:
        yield _names_of(plan, data_dir, made)


def _months_of(
    connection: duckdb.DuckDBPyConnection, plan: SourcePlan, data_dir: Path, made: list[NewFile]
) -> Iterator[TogetherFile]:
    paths = sorted({data_dir / FileKind.EVENTS / part.name for part in plan.events})
    origins = {part.import_id: part.origin for part in plan.events}
    for month in plan.months(connection, data_dir):
        written = _write_month(connection, paths, month, (data_dir, min(origins)))
        if written is not None:
            made.append(written)
            yield TogetherFile(written, month.name, tuple(_parts_in(connection, written, origins)))


def _write_month(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], month: Month, named: tuple[Path, int]
) -> NewFile | None:
    within = f"time >= make_timestamp({microseconds(month.start)}) AND time < make_timestamp({microseconds(month.end)})"
    query = (
        f"SELECT {', '.join(EVENT_SCHEMA.names)} FROM {parquet_rows(paths)} WHERE {within} "  # noqa: S608 - our own words
        "ORDER BY import_id, record"
    )
    data_dir, import_id = named
    with (
        ParquetFile(data_dir, FileKind.EVENTS, import_id, EVENT_SCHEMA) as file,
        closing(connection.cursor()) as cursor,
    ):
        for rows in arrow_batches(cursor, query, _ROWS_AT_ONCE):
            file.write(rows.cast(EVENT_SCHEMA))
        return file.finish()


def _parts_in(connection: duckdb.DuckDBPyConnection, file: NewFile, origins: dict[int, str]) -> Iterator[PartOf]:
    counted = f"SELECT import_id, count(*) FROM {parquet_rows([file.partial])} GROUP BY import_id ORDER BY import_id"  # noqa: S608 - our own file
    for import_id, rows in connection.execute(counted).fetchall():
        yield PartOf(import_id, rows, origins[import_id])


def _check_count(before: Sequence[StoredPart], after: Sequence[TogetherFile]) -> None:
    """Refuse what would lose or double a row."""
    held, found = Counter[int](), Counter[int]()
    for part in before:
        held[part.import_id] += part.rows
    for one in after:
        found.update({part.import_id: part.rows for part in one.parts})
    if held != found:
        raise Conflict(
            f"Of {held.total():,} accesses, {found.total():,} were read again while files were put together. Nothing "
            "was changed; verify the data folder."
        )


def _names_of(plan: SourcePlan, data_dir: Path, made: list[NewFile]) -> TogetherFile:
    """Write the names of a source into one file, in the order in which they came."""
    first = min(part.import_id for part in plan.names)
    with ParquetFile(data_dir, FileKind.NAMES, first, NAMES_SCHEMA) as file:
        for name in dict.fromkeys(part.name for part in plan.names):
            file.write(pq.read_table(data_dir / FileKind.NAMES / name, schema=NAMES_SCHEMA))
        written = file.finish()
    if written is None:
        raise AssertionError("A file of names has names.")
    made.append(written)
    parts = tuple(PartOf(part.import_id, part.rows, part.origin) for part in plan.names)
    return TogetherFile(written, ALL_MONTHS, parts)
