"""Write a source's unreadable records to files that can be repaired and imported again."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
from sqlmodel import Session, col, select

from audit.logs.check_store import check_store
from audit.logs.models import FileKind, LogImport, StandingLog, StoredFile
from audit.logs.sources import find_source
from config.bulk import open_bulk, parquet_rows, plain_faults
from config.database import current
from config.output_file import folder_beside, put_new_in_place
from config.settings import Settings

_FETCHED = 10_000


@dataclass(frozen=True)
class ExportedRejects:
    """The files that were written, none where every record of the source could be read; and how many records."""

    files: tuple[Path, ...]
    records: int


def export_rejects(session: Session, source_name: str, out: Path, settings: Settings) -> ExportedRejects:
    """Write each unreadable record of a source as its log had it, below the line that names its log's columns.

    Logs that name their columns otherwise go to further files: `out` with `-2`, `-3` … behind its name.

    Raises:
        NotFound: There is no such source.
        Conflict: A file of that name exists, a file of the store is not as its receipt says, or the disk is full.
        Invalid: The folder of `out` is missing, or cannot be written to.
    """
    find_source(session, source_name)
    check_store(session, settings.data_dir)
    names = session.exec(
        select(StoredFile.name)
        .join(LogImport, col(LogImport.id) == col(StoredFile.import_id))
        .join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
        .where(LogImport.source == source_name, StoredFile.kind == FileKind.REJECTS, current(StandingLog))
        .order_by(col(StoredFile.id))
    ).all()
    if not names:
        return ExportedRejects((), 0)
    connection = open_bulk(settings)
    try:
        with plain_faults():
            return _write(_rejects(connection, [settings.data_dir / FileKind.REJECTS / name for name in names]), out)
    finally:
        connection.close()


def _rejects(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Give each record's header and text, in the order of their imports."""
    for file in files:
        connection.execute(f"SELECT header, raw FROM {parquet_rows([file])} ORDER BY record")  # noqa: S608 - our own file
        while rows := connection.fetchmany(_FETCHED):
            yield from rows


def _write(rejects: Iterator[tuple[str, str]], out: Path) -> ExportedRejects:
    """Write the records beside, and once they are whole give them their names; where that fails, none of them stays."""
    files: dict[str, TextIO] = {}
    count = 0
    with folder_beside(out) as unfinished:
        with ExitStack() as opened:
            for header, raw in rejects:
                if header not in files:
                    path = unfinished / str(len(files))
                    files[header] = opened.enter_context(path.open("x", encoding="utf-8", newline=""))
                    files[header].write(f"{header}\n" if header else "")
                files[header].write(f"{raw}\n")
                count += 1
        named = tuple(_numbered(out, number) for number in range(1, len(files) + 1))
        with ExitStack() as on_failure:
            for place, path in enumerate(named):
                put_new_in_place(path, unfinished / str(place))
                on_failure.callback(path.unlink)
            on_failure.pop_all()
    return ExportedRejects(named, count)


def _numbered(out: Path, number: int) -> Path:
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
