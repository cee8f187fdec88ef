"""The numbers of a log's own records, where its ids are a rising number: in which runs one follows the other.

An id is taken apart into a beginning, the same in all, and a number. Records of the file that are no events (unreadable
ones, passed over, known already) break no run, as the number goes on with the record's place in the file.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from config.bulk import parquet_rows, text_sql
from config.clock import from_microseconds

_ID = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)
_LOOKED_AT = 1_000
# where runs are shorter on average, numbers do not follow one another, and their jumps tell nothing
_SHORTEST = 10
_MOST_RUNS = 1_000
_RUNS = """
    SELECT min(number), max(number), min(record), max(record),
        epoch_us(arg_min(time, number)), epoch_us(arg_max(time, number)), count(*), bool_and(is_number)
    FROM (
        SELECT record, time, try_cast(substr(record_id, {after}) AS BIGINT) AS number,
            number IS NOT NULL AND starts_with(record_id, {beginning}) AS is_number
        FROM {rows}
    )
    GROUP BY number {sign} record ORDER BY min(record) LIMIT {most}
"""


@dataclass(frozen=True)
class NumberRun:
    """Numbers that follow one another in a log, and the times of the first and the last of them."""

    beginning: str
    first: int
    last: int
    first_time: datetime
    last_time: datetime


def find_number_runs(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[NumberRun, ...]:
    """Find the runs of a file of events in the order of its records; none where its ids are no rising number."""
    rows = parquet_rows([path])
    begins = connection.execute(f"SELECT record_id FROM {rows} ORDER BY record LIMIT {_LOOKED_AT}").fetchall()  # noqa: S608 - our own file
    numbered = [_ID.fullmatch(text or "") for (text,) in begins]
    beginnings = {one.group(1) if one else None for one in numbered}
    beginning = beginnings.pop() if len(beginnings) == 1 else None
    if beginning is None:
        return ()
    numbers = [int(one.group(2)) for one in numbered if one]
    falls = numbers[0] > numbers[-1]
    query = _RUNS.format(
        after=len(beginning) + 1,
        beginning=text_sql(beginning),
        rows=rows,
        sign="+" if falls else "-",
        most=_MOST_RUNS + 1,
    )
    found = connection.execute(query).fetchall()
    if not _tells(found, falls=falls):
        return ()
    return tuple(
        NumberRun(beginning, first, last, from_microseconds(begun), from_microseconds(ended))
        for first, last, _, _, begun, ended, _, _ in found
    )


def _tells(found: list[tuple[int, int, int, int, int, int, int, bool]], *, falls: bool) -> bool:
    """Say whether all ids are numbers, long runs of them, and each run stands behind the one before."""
    if len(found) > _MOST_RUNS or not all(row[7] for row in found):
        return False
    if len(found) > 1 and sum(row[6] for row in found) < _SHORTEST * len(found):
        return False
    ordered = reversed(found) if falls else iter(found)
    last = None
    for one in ordered:
        if last is not None and one[0] <= last:
            return False
        last = one[1]
    return all(before[3] < after[2] for before, after in pairwise(found))
