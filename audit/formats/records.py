"""What a format's reader gives: a log file's records in their order, each one whole, readable or not."""

import codecs
import gzip
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import duckdb
import pyarrow as pa

from config.errors import Invalid

_GZIP = b"\x1f\x8b"
_BATCH = 20_000


@dataclass(frozen=True)
class Records:
    """A file's records as a DuckDB relation, one row a record, in the file's order.

    Args:
        relation: SQL of the rows.
        columns: Field name -> SQL of its text; empty where `document` holds the record.
        document: SQL of the record's JSON document, or empty.
        content: SQL of the text by which equal records are told.
        fault: SQL of why the record cannot be read, NULL where it can.
        raw: SQL of the record's own text.
        notices: What was noticed of the file, one sentence each.
    """

    relation: str
    columns: dict[str, str]
    document: str
    content: str
    fault: str
    raw: str
    notices: tuple[str, ...] = field(default=())


class LogReader(Protocol):
    """Reads one log file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, needed: Collection[str]) -> None:
        """Prepare to read a file of which some fields are needed."""

    def quickly(self) -> Records | None:
        """Give the records by DuckDB's own reader, where it can serve; valid only if `was_whole` says so afterwards."""

    def was_whole(self) -> bool:
        """Say, after the quick records were read, whether every record was among them."""

    def carefully(self) -> Records:
        """Give the records one by one, those that cannot be read among them.

        Raises:
            Invalid: The file as a whole cannot be read.
        """


def open_log(path: Path) -> BinaryIO:
    """Open a log file, unpacking it where it is gzip, whatever its name.

    Raises:
        Invalid: There is no such file, or it cannot be read.
    """
    try:
        file = path.open("rb")
        packed = file.read(2) == _GZIP
        file.seek(0)
    except IsADirectoryError as error:
        raise Invalid(f"{path} is a folder; name the log files in it.") from error
    except OSError as error:
        raise Invalid(f"{path} cannot be opened: {error.strerror}. Check the name and the permissions.") from error
    return cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file


def read_packed(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """Give a log file's content as it lies on the disk, in chunks.

    Raises:
        Invalid: There is no such file, or it cannot be read.
    """
    open_log(path).close()
    with path.open("rb") as file:
        while chunk := file.read(size):
            yield chunk


def read_chunks(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """Give a log file's content, unpacked, in chunks.

    Raises:
        Invalid: It cannot be read, or its packing is damaged.
    """
    with open_log(path) as file:
        try:
            while chunk := file.read(size):
                yield chunk
        except (EOFError, gzip.BadGzipFile, OSError) as error:
            raise Invalid(f"{path.name} is damaged or cut off: {error}. Fetch it again; nothing was imported.") from error


def text_encoding(path: Path) -> tuple[str, tuple[str, ...]]:
    """Tell a log's encoding: UTF-8, UTF-16 by its mark or its look, else Windows-1252, with a notice."""
    beginning = next(read_chunks(path), b"")[:4096]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ("The file is UTF-16 and was read so.",)
    zeros = beginning.count(0)
    if len(beginning) > 3 and zeros * 3 > len(beginning):  # noqa: PLR2004 - every second byte of plain text in UTF-16
        return ("utf-16-le" if beginning[1] == 0 else "utf-16-be"), ("The file looks like UTF-16 and was read so.",)
    try:
        utf8 = codecs.getincrementaldecoder("utf-8")()
        for chunk in read_chunks(path):
            utf8.decode(chunk)
        utf8.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252", ("The file is not UTF-8; it was read as Windows-1252. Check that accented letters came out right.",)
    return "utf-8-sig", ()


def text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Give a log's lines, each with its end; CR, LF and CRLF all end one, and a NUL byte stays to be seen."""
    with open_log(path) as file, io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="") as text:
        yield from text


def as_table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: Iterator[tuple[str | None, ...]]
) -> None:
    """Make a table of text rows, in their order, a batch at a time."""
    schema = pa.schema([(column, pa.string()) for column in columns])

    def batches() -> Iterator[pa.RecordBatch]:
        held: list[tuple[str | None, ...]] = []
        for row in rows:
            held.append(row)
            if len(held) == _BATCH:
                yield _batch(held, schema)
                held = []
        yield _batch(held, schema)

    reader = pa.RecordBatchReader.from_batches(schema, batches())
    connection.register("incoming_records", reader)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming_records')  # noqa: S608 - our names
    connection.unregister("incoming_records")


def _batch(rows: list[tuple[str | None, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.record_batch([pa.array(column, pa.string()) for column in columns], schema=schema)
