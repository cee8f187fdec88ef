"""The files that an import adds to the store: written aside, and given their names just before the commit.

A file under its final name that no receipt lists is therefore never the half of something: either a commit was about to
list it, or the database was brought back from an older backup.
"""

import hashlib
import io
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet as pq

from audit.logs.file_kinds import PARTIAL, FileKind

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer  # what any of Python's binary files takes

# Rows of small tables are gathered: groups of this size are written fast, and read by several threads.
_ROWS_IN_GROUP = 122_880
# A group of long texts is written when it holds so many bytes.
_BYTES_IN_GROUP = 64 << 20


@dataclass(frozen=True)
class NewFile:
    """A file that was written whole, and is not yet under its final name."""

    kind: FileKind
    partial: Path
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> Path:
        """Where it will lie."""
        return self.partial.with_suffix("")

    @property
    def name(self) -> str:
        """Its final name within the folder of its kind."""
        return self.path.name


class ParquetFile:
    """Writes one Parquet file, digesting it as it is written; entered, it is closed or removed in the end."""

    def __init__(self, data_dir: Path, kind: FileKind, import_id: int, schema: pa.Schema) -> None:
        folder = data_dir / kind
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._kind = kind
        self._schema = schema
        self._path = folder / f"{import_id:08d}-{uuid.uuid4().hex[:12]}.parquet{PARTIAL}"
        self._sink = _DigestedSink(self._path)
        self._writer = pq.ParquetWriter(self._sink, schema, compression="snappy", **_encodings(schema))
        self._held: list[pa.Table] = []
        self._held_rows = self._held_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._sink.discards = True  # closing the writer would write its last part
            self._writer.close()
            with suppress(OSError):  # what is left of it finds no room on a full disk either
                self._sink.close()
            self._path.unlink(missing_ok=True)

    def write(self, rows: pa.Table) -> None:
        """Add some rows."""
        self._held.append(rows)
        self._held_rows += rows.num_rows
        self._held_bytes += rows.nbytes
        if self._held_rows >= _ROWS_IN_GROUP or self._held_bytes >= _BYTES_IN_GROUP:
            self._flush()

    def finish(self) -> NewFile | None:
        """Have the disk keep what was written; a file without rows is removed, and None given."""
        self._flush()
        self._writer.close()
        self._sink.sync_and_close()
        if not self.rows:
            self._path.unlink()
            return None
        return NewFile(self._kind, self._path, self.rows, self._sink.size, self._sink.sha256)

    def _flush(self) -> None:
        if self._held_rows:
            self._writer.write_table(pa.concat_tables(self._held).combine_chunks(), row_group_size=2 * _ROWS_IN_GROUP)
            self.rows += self._held_rows
        self._held, self._held_rows, self._held_bytes = [], 0, 0


@contextmanager
def discarded_on_failure(files: Sequence[NewFile]) -> Iterator[None]:
    """Remove files, under either name, if what follows fails."""
    try:
        yield
    except BaseException:
        for file in files:
            file.partial.unlink(missing_ok=True)
            file.path.unlink(missing_ok=True)
        raise


def put_in_place(files: Sequence[NewFile]) -> None:
    """Give files their final names, and have the disk keep them."""
    for file in files:
        file.partial.rename(file.path)
    for folder in {file.path.parent for file in files}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class _DigestedSink(io.RawIOBase):
    """A new file whose bytes are counted and digested as they are written."""

    def __init__(self, path: Path) -> None:
        self.size = 0
        self.discards = False
        self._file = path.open("xb")
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer", /) -> int:
        if self.discards:
            return memoryview(data).nbytes
        self._digest.update(data)
        written = self._file.write(data)
        self.size += written
        return written

    def sync_and_close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self.close()

    def close(self) -> None:
        self._file.close()
        super().close()


def _encodings(schema: pa.Schema) -> Mapping[str, object]:
    """Pack numbers by their differences, which is small and quick; texts go by DuckDB's and pyarrow's own ways."""
    numbers = [field.name for field in schema if pa.types.is_integer(field.type) or pa.types.is_timestamp(field.type)]
    others = [field.name for field in schema if field.name not in numbers]
    return {"use_dictionary": others, "column_encoding": dict.fromkeys(numbers, "DELTA_BINARY_PACKED")}
