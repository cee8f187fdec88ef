"""Writes what stays of the files of a source anew: events that are not due, the names that they have, and rejects."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit.logs.event_columns import KINDS
from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.file_kinds import FileKind
from audit.logs.keeping.find_due import OpenedDue
from audit.logs.keeping.put_together import PartOf, TogetherFile
from audit.logs.names import NAMES_SCHEMA
from audit.logs.new_files import NewFile, ParquetFile
from audit.logs.rejects import KEPT_SCHEMA
from audit.logs.stored_parts import StoredPart
from config.bulk import one_row, parquet_rows
from config.bulk_columns import arrow_batches, arrow_rows
from config.errors import Conflict

_ROWS_AT_ONCE = 122_880


@dataclass(frozen=True)
class Rewritten:
    """A file that is replaced, and what stays of it; None where nothing does."""

    file_id: int
    stays: TogetherFile | None


class Rewriter:
    """Rewrites the files of one source.

    Args:
        made: Is given every new file as soon as it is there, so that the caller can remove it.
    """

    def __init__(self, opened: OpenedDue, data_dir: Path, made: list[NewFile]) -> None:
        self._opened, self._data_dir, self._made = opened, data_dir, made
        self._connection = opened.connection

    def events(self, parts: Sequence[StoredPart]) -> Iterator[Rewritten]:
        """Rewrite the files that hold events that are due.

        Raises:
            Conflict: Not as many rows are gone as were due.
        """
        gone = 0
        for of_file in _by_file(parts, self._opened.imports()):
            path = self._data_dir / FileKind.EVENTS / of_file[0].name
            rows = parquet_rows([path])
            (due,) = one_row(self._connection, f"SELECT count(*) FROM {rows} SEMI JOIN due USING (import_id, record)")  # noqa: S608 - our own
            if not due:
                continue
            columns = ", ".join(EVENT_SCHEMA.names)
            query = f"SELECT {columns} FROM {rows} ANTI JOIN due USING (import_id, record) ORDER BY import_id, record"  # noqa: S608 - our own
            stays = self._write(FileKind.EVENTS, EVENT_SCHEMA, of_file, query)
            gone += sum(part.rows for part in of_file) - (stays.file.rows if stays else 0)
            yield Rewritten(of_file[0].file_id, stays)
        if gone != self._opened.due.events:
            raise Conflict(
                f"{self._opened.due.events:,} accesses are due, but {gone:,} would be removed. Nothing was changed; "
                "verify the data folder."
            )

    def rejects(self) -> Iterator[Rewritten]:
        """Rewrite the files of unreadable records that are due."""
        for of_file in _by_file(self._opened.rejects, {part.import_id for part in self._opened.rejects}):
            rows = parquet_rows([self._data_dir / FileKind.REJECTS / of_file[0].name])
            columns = ", ".join(KEPT_SCHEMA.names)
            query = f"SELECT {columns} FROM {rows} WHERE {self._opened.held} ORDER BY record"  # noqa: S608 - our own words
            stays = self._write(FileKind.REJECTS, KEPT_SCHEMA, of_file, query)
            if stays is None or stays.file.rows < of_file[0].rows:
                yield Rewritten(of_file[0].file_id, stays)
            else:
                self._discard(stays.file)

    def names(self, parts: Sequence[StoredPart], events: Sequence[Path]) -> Iterator[Rewritten]:
        """Rewrite the files of names of which no event that stays has some.

        Args:
            events: All files of events of the source, as they are going to be.
        """
        used = self._used(events)
        for of_file in _by_file(parts, {part.import_id for part in parts}):
            table = pq.read_table(self._data_dir / FileKind.NAMES / of_file[0].name, schema=NAMES_SCHEMA)
            kinds, numbers = (table.column(name).to_pylist() for name in ("kind", "number"))
            stays = [pair in used for pair in zip(kinds, numbers, strict=True)]
            if not all(stays):
                with ParquetFile(self._data_dir, FileKind.NAMES, of_file[0].import_id, NAMES_SCHEMA) as file:
                    file.write(table.filter(pa.array(stays)))
                    written = file.finish()
                yield Rewritten(of_file[0].file_id, self._listed(written, of_file, [of_file[0].import_id]))

    def _used(self, events: Sequence[Path]) -> set[tuple[str, int]]:
        if not events:
            return set()
        rows = parquet_rows(events)
        asked = " UNION ALL ".join(f"SELECT DISTINCT '{kind}', {kind} FROM {rows} WHERE {kind} >= 0" for kind in KINDS)  # noqa: S608 - our own
        return set(self._connection.execute(asked).fetchall())

    def _write(
        self, kind: FileKind, schema: pa.Schema, of_file: Sequence[StoredPart], query: str
    ) -> TogetherFile | None:
        with (
            ParquetFile(self._data_dir, kind, of_file[0].import_id, schema) as file,
            closing(self._connection.cursor()) as cursor,
        ):
            for rows in arrow_batches(cursor, query, _ROWS_AT_ONCE):
                file.write(rows.cast(schema))
            written = file.finish()
        if written is None or kind is not FileKind.EVENTS:
            return self._listed(written, of_file, [part.import_id for part in of_file])
        found = f"SELECT import_id, count(*) AS rows FROM {parquet_rows([written.partial])} GROUP BY 1 ORDER BY 1"  # noqa: S608 - our own file
        counted = arrow_rows(self._connection, found).to_pylist()
        self._made.append(written)
        origins = {part.import_id: part.origin for part in of_file}
        parts = tuple(PartOf(row["import_id"], row["rows"], origins[row["import_id"]]) for row in counted)
        return TogetherFile(written, of_file[0].month, parts)

    def _listed(
        self, written: NewFile | None, of_file: Sequence[StoredPart], import_ids: Sequence[int]
    ) -> TogetherFile | None:
        if written is None:
            return None
        self._made.append(written)
        return TogetherFile(written, of_file[0].month, (PartOf(import_ids[0], written.rows, written.name),))

    def _discard(self, file: NewFile) -> None:
        self._made.remove(file)
        file.partial.unlink()


def _by_file(parts: Sequence[StoredPart], import_ids: Collection[int]) -> list[list[StoredPart]]:
    """Give the parts of each file that holds something of some imports."""
    found: dict[int, list[StoredPart]] = {}
    for part in parts:
        if part.imports & set(import_ids):
            found.setdefault(part.file_id, []).append(part)
    return list(found.values())
