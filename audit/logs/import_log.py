"""Import access logs: their records become events of the store, each record accounted for.

read = added + already known + unreadable + passed over. All of it is worked out aside, while others may write; the new
files and their receipts become visible in one short commit, which notices when the source was changed meanwhile. A
process killed at any instant leaves at most files that no row lists.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from audit.logs.file_kinds import FileKind
from audit.logs.found_logs import found_logs
from audit.logs.log_receipt import LogReceipt, ReadLog
from audit.logs.names import NAMES_SCHEMA, SourceNames
from audit.logs.new_files import NewFile, ParquetFile, discarded_on_failure
from audit.logs.own_source import refuse_own_source
from audit.logs.profiles.word_meanings import meanings_of
from audit.logs.publish_logs import publish_logs
from audit.logs.read_log import LogImporter
from audit.logs.source_state import SourceState, read_state, stored_names
from audit.logs.told_twice import tell_twice
from config.bulk import open_bulk, plain_faults
from config.locks import importing
from config.settings import spill_folder
from config.work import Installation, Work


def _nothing_else(_: Work) -> None:
    """Stand in where nothing else is written."""


def import_logs(
    installation: Installation,
    paths: Sequence[Path],
    source_name: str,
    *,
    write_also: Callable[[Work], None] = _nothing_else,
    by_itself: bool = False,
) -> list[LogReceipt]:
    """Import log files of a source, in one commit.

    Args:
        paths: Of files, of folders, of ZIP archives, or patterns of names.
        write_also: Writes what is to stand in the same commit.
        by_itself: The service imports its own log, to which nobody else adds.

    Raises:
        NotFound: There is no such source, or no entity yet.
        Invalid: A file as a whole cannot be read as the source's format; then none is imported.
        Conflict: Another process imports logs, the disk is full, the data folder cannot be written to, or a file or the
            source changed meanwhile.
    """
    if not by_itself:
        refuse_own_source(source_name)
    made = list[NewFile]()
    with reading_logs(installation, paths, source_name, made) as (_, state, logs):
        names = _new_names(state, installation.settings.data_dir, logs[0].receipt.id)
        made += [names] if names else []
        with installation.change() as work:
            write_also(work)
            return publish_logs(work, state, logs, names)


@contextmanager
def reading_logs(
    installation: Installation, paths: Sequence[Path], source_name: str, made: list[NewFile]
) -> Iterator[tuple[duckdb.DuckDBPyConnection, SourceState, list[ReadLog]]]:
    """Read log files of a source into new files of the store that do not count yet, and give what was read.

    Args:
        made: Is given every new file; if what follows fails, they are removed.
    """
    data_dir = installation.settings.data_dir
    with (
        importing(installation.engine, installation.settings),
        plain_faults(),
        closing(open_bulk(installation.settings)) as connection,
        discarded_on_failure(made),
    ):
        connection.execute("SET preserve_insertion_order = true")
        with installation.read() as work:
            state = read_state(work, source_name, data_dir)
        state.names = SourceNames(stored_names(state.names_files), meanings_of(state.profile, connection))
        importer = LogImporter(connection, state, data_dir, made, installation.progress)
        with found_logs(paths, state.profile, spill_folder(data_dir)) as found:
            logs = [tell_twice(connection, state, importer.read(path)) for path in found.paths]
            logs[0] = replace(logs[0], notices=(*found.notices, *logs[0].notices))
            yield connection, state, logs


def _new_names(state: SourceState, data_dir: Path, import_id: int) -> NewFile | None:
    with ParquetFile(data_dir, FileKind.NAMES, import_id, NAMES_SCHEMA) as file:
        file.write(state.names.new)
        return file.finish()
