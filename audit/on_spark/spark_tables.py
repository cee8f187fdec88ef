"""Tables in Spark: of the stored Parquet files, and what is given from DuckDB; both are asked by our own SQL."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from audit.logs.event_schema import EVENT_SCHEMA
from audit.on_spark.carry_sql import carry_query, carry_statements
from config.bulk_columns import arrow_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

# A table of so many rows or fewer is given to each worker whole, so that events need not be moved to it.
_MOST_GIVEN_WHOLE = 5_000_000
_ROWS_AT_ONCE = 2_000_000
_SPECIAL, _ESCAPED = re.compile(r"[][{}*?\\]"), r"\\\g<0>"


class SparkTables:
    """Holds tables in a session of Spark, and asks about them.

    Args:
        stored: Where Spark finds the event files, a folder or an address; empty = where they lie.
    """

    def __init__(self, session: "SparkSession", connection: duckdb.DuckDBPyConnection, stored: str = "") -> None:
        self._session = session
        self._connection = connection
        self._stored = stored.rstrip("/")
        self._files = 0
        self.variables: dict[str, int] = {}

    def give(self, name: str, query: str) -> None:
        """Make a table of the rows of a query to DuckDB."""
        self.give_rows(name, arrow_rows(self._connection, query))

    def give_rows(self, name: str, rows: pa.Table) -> None:
        """Make a table of rows."""
        self._name(name, self._session.createDataFrame(rows), rows.num_rows)

    def rows_of(self, paths: Iterable[Path]) -> str:
        """Name a table of event files in our SQL."""
        self._files += 1
        name = f"stored_{self._files}"
        frame = self._session.read.schema(_types_of(EVENT_SCHEMA)).parquet(*map(self._address, paths))
        frame.createOrReplaceTempView(name)
        return name

    def make(self, text: str) -> None:
        """Make the tables and views of our SQL."""
        from pyspark import StorageLevel  # noqa: PLC0415 - an extra

        for one in carry_statements(text, self.variables):
            frame = self._session.sql(one.sql)
            if one.is_kept:
                # worked out when it is counted, and from then on no longer described by all that it was made of
                made = frame.localCheckpoint(eager=False, storageLevel=StorageLevel.DISK_ONLY)
                self._name(one.name, made, made.count())
            else:
                frame.createOrReplaceTempView(one.name)

    def make_of_file(self, name: str) -> None:
        """Make the tables and views of a file of our SQL beside the audit's modules."""
        self.make(files("audit").joinpath(name).read_text("utf-8"))

    def ask(self, query: str) -> pa.Table:
        """Give the answer to a query in our SQL, which is not large."""
        return self._frame(query).toArrow()

    def ask_in_parts(self, table: str, columns: str) -> Iterator[pa.Table]:
        """Give the rows of a table that has `record`, as many at a time as are well held; at least one part."""
        (rows,) = self.ask(f"SELECT count(*) AS rows FROM {table}").column("rows").to_pylist()  # noqa: S608 - our own
        parts = 1 + rows // _ROWS_AT_ONCE
        for part in range(parts):
            yield self.ask(f"SELECT {columns} FROM {table} WHERE record % {parts} = {part}")  # noqa: S608 - our own

    def _frame(self, query: str) -> "DataFrame":
        return self._session.sql(carry_query(query, self.variables))

    def _name(self, name: str, frame: "DataFrame", rows: int) -> None:
        from pyspark.sql.functions import broadcast  # noqa: PLC0415 - an extra

        (broadcast(frame) if rows <= _MOST_GIVEN_WHOLE else frame).createOrReplaceTempView(name)

    def _address(self, path: Path) -> str:
        """Give where Spark finds an event file; a letter that would stand for any others is told to be itself."""
        folder = self._stored or f"file://{path.absolute().parent}"
        return f"{_SPECIAL.sub(_ESCAPED, folder)}/{path.name}"


def _types_of(schema: pa.Schema) -> "StructType":
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an extra

    return from_arrow_schema(schema, prefer_timestamp_ntz=True)
