"""Rows of bulk queries as columns, for work on many at a time; apart from `bulk.py`, as pyarrow takes long to load."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from config.keep_pandas_out import keep_pandas_out

keep_pandas_out()


def arrow_rows(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    """Give all rows of a query as columns."""
    return connection.sql(query).to_arrow_table()


def arrow_batches(connection: duckdb.DuckDBPyConnection, query: str, rows: int) -> Iterator[pa.Table]:
    """Give the rows of a query as columns, so many at a time; the connection is busy with it until the last.

    At least one table comes, with no rows where the query has none.
    """
    reader = connection.sql(query).to_arrow_reader(rows)
    batch = None
    for batch in reader:
        yield pa.Table.from_batches([batch])
    if batch is None:
        yield reader.schema.empty_table()
