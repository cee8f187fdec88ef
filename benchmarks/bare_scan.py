"""The limit: DuckDB reads the log with typed columns and touches every value: `python -m benchmarks.bare_scan LOG`."""

import sys

import duckdb

from benchmarks.measured import answer
from benchmarks.watch import Watch

COLUMNS = {
    "time": "TIMESTAMPTZ",
    "account": "VARCHAR",
    "resource": "VARCHAR",
    "action": "VARCHAR",
    "subject": "VARCHAR",
    "purpose": "VARCHAR",
    "workstation": "VARCHAR",
}


def main() -> None:
    """Scan once, in a new process and with DuckDB's own defaults; neither starting nor connecting is counted."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    extremes = ", ".join(f"min({name})::VARCHAR, max({name})::VARCHAR" for name in COLUMNS)
    statement = f"SELECT count(*), {extremes} FROM read_csv(?, header = true, columns = {COLUMNS})"  # noqa: S608 - ours
    watch = Watch()
    row = connection.execute(statement, [sys.argv[1]]).fetchall()[0]
    taken = watch.lap()
    ((threads,),) = connection.execute("SELECT current_setting('threads')").fetchall()
    answer(**taken._asdict(), rows=row[0], threads=threads)


if __name__ == "__main__":
    main()
