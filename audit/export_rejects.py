"""Write a source's unreadable records to files that can be repaired and imported again."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
from sqlmodel import Session, col, select

from audit.event_store import REJECTS
from audit.models import LogImport
from audit.sources import find_source
from config.bulk import open_bulk, parquet_rows, plain_faults
from config.errors import Conflict, Invalid
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
        Conflict: A file of that name exists, or the disk is full.
        Invalid: The folder of `out` cannot be written to.
    """
    find_source(session, source_name)
    names = session.exec(
        select(LogImport.rejects_file)
        .where(LogImport.source == source_name, LogImport.rejects_file != "")
        .order_by(col(LogImport.id))
    ).all()
    if not names:
        return ExportedRejects((), 0)
    connection = open_bulk(settings)
    try:
        with plain_faults():
            return _write(_rejects(connection, [settings.data_dir / REJECTS / name for name in names]), out)
    finally:
        connection.close()


def _rejects(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Give each record's header and text, in the order of their imports."""
    for file in files:
        connection.execute(f"SELECT header, raw FROM {parquet_rows([file])} ORDER BY record")  # noqa: S608 - our own file
        while rows := connection.fetchmany(_FETCHED):
            yield from rows


def _write(rejects: Iterator[tuple[str, str]], out: Path) -> ExportedRejects:
    """Write the records to files that get their names when all are complete."""
    written: dict[str, tuple[Path, TextIO]] = {}
    count = 0
    try:
        with ExitStack() as open_files:
            for header, raw in rejects:
                if header not in written:
                    path = _numbered(out, len(written) + 1)
                    written[header] = path, open_files.enter_context(_started(path, header))
                written[header][1].write(f"{raw}\n")
                count += 1
        for path, _ in written.values():
            _give_name(path)
    finally:
        for path, _ in written.values():
            _unfinished(path).unlink(missing_ok=True)
    return ExportedRejects(tuple(path for path, _ in written.values()), count)


def _numbered(out: Path, number: int) -> Path:
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.unfinished")


def _started(path: Path, header: str) -> TextIO:
    if path.exists():
        raise _exists(path)
    try:
        file = _unfinished(path).open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise Invalid(
            f"{path} cannot be written: {error.strerror}. Name a file in a folder that you may write to."
        ) from error
    if header:
        file.write(f"{header}\n")
    return file


def _give_name(path: Path) -> None:
    try:
        path.hardlink_to(_unfinished(path))  # unlike a renaming, it never replaces a file
    except FileExistsError as error:
        raise _exists(path) from error


def _exists(path: Path) -> Conflict:
    return Conflict(f"{path} exists already; perhaps its records are being repaired. Name another file.")
