"""What a format's reader gives: a log file's records in their order, each one whole, readable or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import duckdb
import pyarrow as pa

from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile

_ROWS_IN_BATCH = 10_000
PART = "chr(31)"


@dataclass(frozen=True)
class Records:
    """A file's records as a DuckDB relation, one row a record, in the file's order.

    Args:
        relation: SQL of the rows.
        columns: Place in a record, as the profile names it -> SQL of its text, empty where there is nothing.
        contents: SQL of the texts by which, joined by `PART`, equal records are told.
        fault: SQL of why the record cannot be read, NULL where it can.
        count: How many there must be, if the reader took every line for a record; None = that need not be.
    """

    relation: str
    columns: Mapping[str, str]
    contents: Sequence[str]
    fault: str
    count: int | None = None


class LogReader(Protocol):
    """Reads one log file.

    `header` is the text above the records that names their cells; `notices` say what was noticed of the file.
    """

    header: str
    notices: tuple[str, ...]

    def __init__(self, log: LogFile, profile: Profile) -> None:
        """Prepare to read a file.

        Raises:
            Invalid: The file lacks what the profile needs, or is of another format.
        """

    def quickly(self) -> Records | None:
        """Give the records by DuckDB's own reader, or None; where it fails on them, only `carefully` can serve."""

    def carefully(self, connection: duckdb.DuckDBPyConnection) -> Records:
        """Give the records one by one, those that cannot be read among them. They can be queried once."""

    def texts(self) -> Iterator[str]:
        """Give each record's own text, in their order."""


def offer_rows(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: Iterator[tuple[str | None, ...]]
) -> None:
    """Let one query read rows of text, a batch at a time and in their order, under a name."""
    schema = pa.schema([(column, pa.string()) for column in columns])
    connection.register(name, pa.RecordBatchReader.from_batches(schema, _batches(rows, schema)))


def _batches(rows: Iterator[tuple[str | None, ...]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while held := list(islice(rows, _ROWS_IN_BATCH)):
        columns = [pa.array([row[place] for row in held], pa.string()) for place in range(len(schema))]
        yield pa.record_batch(columns, schema=schema)
