"""How many accesses of a file of the store are of each day of a zone."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from config.bulk import parquet_rows
from config.clock import from_microseconds

# Zones stand whole quarters of an hour from UTC, and change at such, so that a quarter is of one day.
_QUARTER = 15 * 60 * 1_000_000
_COUNTED = "SELECT epoch_us(time) // {quarter} AS quarter, count(*) FROM {rows} GROUP BY quarter"


def count_days(connection: duckdb.DuckDBPyConnection, path: Path, zone: ZoneInfo) -> Mapping[date, int]:
    """Count the accesses of a file of events by the days of a zone; days of 23 and 25 hours are days like others."""
    counted = Counter[date]()
    rows = connection.execute(_COUNTED.format(quarter=_QUARTER, rows=parquet_rows([path]))).fetchall()
    for quarter, events in rows:
        counted[from_microseconds(quarter * _QUARTER).astimezone(zone).date()] += events
    return dict(sorted(counted.items()))
