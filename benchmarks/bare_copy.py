"""A second limit: DuckDB writes the log's cells to Parquet as they are: `python -m benchmarks.bare_copy LOG FOLDER`."""

import sys
from pathlib import Path

import duckdb

from benchmarks.bare_scan import COLUMNS
from benchmarks.measured import answer
from benchmarks.watch import Watch


def main() -> None:
    """Copy once, in a new process and with DuckDB's own defaults; neither starting nor connecting is counted."""
    copy = Path(sys.argv[2]) / "copy.parquet"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    statement = f"COPY (FROM read_csv(?, header = true, columns = {COLUMNS})) TO '{copy}' (FORMAT parquet)"
    watch = Watch()
    row = connection.execute(statement, [sys.argv[1]]).fetchall()[0]
    taken = watch.lap()
    copy.unlink()
    answer(**taken._asdict(), rows=row[0])


if __name__ == "__main__":
    main()
