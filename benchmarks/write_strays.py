"""Writes accesses of people to data of others: `python -m benchmarks.write_strays LOG COUNT FILE`.

Each has the account, time, action and workstation of one record of the log, and the resource of another that was drawn
without regard to the first, so that hardly anybody's work requires it: an audit finds nearly each such pair.
"""

import sys
from pathlib import Path

import duckdb

from benchmarks.bare_scan import COLUMNS
from benchmarks.measured import answer

_DRAWN = """
    COPY (
        SELECT who.time, who.account, what.resource, who.action, what.subject, '' AS purpose, who.workstation
        FROM (SELECT *, row_number() OVER (ORDER BY hash(time || account || resource)) AS number FROM log) who
        JOIN (SELECT *, row_number() OVER (ORDER BY hash(resource || workstation || time)) AS number FROM log) what
        USING (number) WHERE number <= {count} ORDER BY who.time
    ) TO '{path}' (FORMAT csv, HEADER)
"""


def main() -> None:
    """Write them; the same log gives the same ones."""
    log, count, path = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    connection = duckdb.connect()
    columns = dict.fromkeys(COLUMNS, "VARCHAR")
    # of a long log every so many records are enough to draw from
    source = f"SELECT * FROM read_csv('{log}', header = true, columns = {columns})"  # noqa: S608 - our own numbers
    sample = f"{source} USING SAMPLE reservoir({count * 4} ROWS) REPEATABLE (13)"
    connection.execute(f"CREATE TABLE log AS {sample}")
    connection.execute(_DRAWN.format(count=count, path=path))
    answer(records=count)


if __name__ == "__main__":
    main()
