"""DuckDB's quick reader of CSV and the careful one make the same events, with the same record numbers."""

import csv
import gzip
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from audit.logs.formats.contract import Records
from audit.logs.formats.csv_records import CsvRecords
from audit.logs.formats.log_file import look_through
from audit.logs.models import Source
from audit.logs.profiles.language import plain_profile
from audit.logs.stage_records import staging_sql
from tests.audit.logs.importing_logs import HEADER, LINE

_SOURCE = Source(
    name="permits",
    system="permits",
    format="csv",
    time_zone="UTC",
    recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    recorded_by="test",
)
_WORDS = ("view", "2025-03-01T17:00:00Z", "2025-03-09 02:30", "a,b", 'say "x"', "é", "\U0001f600", "#", "\\", "'", "=1")
_CELLS = st.one_of(st.sampled_from(_WORDS), st.text(alphabet='a ,;"\t|\\\x1eé\n', max_size=6))
_PIECES = ("a", ",", ",,,,,,", '"', '""', '","', '"b"', "\n", "\n\n", "\r\n", "\r", " ", '" ', "é", "\x1f", LINE)
_SOUP = st.lists(st.sampled_from(_PIECES), max_size=30)


def _read(records: Records, connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    staging = staging_sql(records, plain_profile("csv"), _SOURCE, 1)
    return connection.execute(f"SELECT row_number() OVER () AS record, * FROM ({staging})").fetchall()  # noqa: S608


def _both(path: Path) -> tuple[list[tuple[object, ...]] | None, list[tuple[object, ...]]]:
    """Read a log quickly, None where that cannot be, and carefully."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 1")
        reader = CsvRecords(look_through(path), plain_profile("csv"))
        return _read_quickly(reader, connection), _read(reader.carefully(connection), connection)


def _read_quickly(reader: CsvRecords, connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]] | None:
    quick = reader.quickly()
    try:
        rows = _read(quick, connection) if quick else None
    except duckdb.Error:
        return None
    return rows if quick and rows is not None and quick.count in {None, len(rows)} else None


@given(
    rows=st.lists(st.lists(_CELLS, min_size=7, max_size=7), max_size=6),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    separator=st.sampled_from(",;\t|"),
    mark=st.sampled_from(["", "\ufeff"]),
    blanks=st.sampled_from([0, 0, 1, 3]),
    packed=st.booleans(),
)
@example(
    rows=[[" x", "x ", "", '"', ",", "\\", "a"]], quoting=0, end="\n", separator=",", mark="", blanks=0, packed=False
)
@example(rows=[["view"] * 7], quoting=1, end="\n", separator=",", mark="", blanks=1, packed=False)
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_readers_find_the_same_events_with_the_same_record_numbers(
    tmp_path: Path,
    *,
    rows: list[list[str]],
    quoting: Literal[0, 1],
    end: str,
    separator: str,
    mark: str,
    blanks: int,
    packed: bool,
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, lineterminator=end, delimiter=separator)
    writer.writerow(HEADER.strip().split(","))
    for row in rows:
        writer.writerow(row)
        text.write(end * blanks)
    path = tmp_path / "log.csv"
    content = (mark + text.getvalue()).encode()
    path.write_bytes(gzip.compress(content) if packed else content)

    quickly, carefully = _both(path)

    assert [row[0] for row in carefully] == list(range(1, len(rows) + 1))
    assert quickly in (None, carefully)
    may_span_lines = bool(blanks) and '"' in text.getvalue()
    assert quickly is not None or may_span_lines or any(set(' "\x1e\n') & set("".join(row)) for row in rows)


@given(pieces=_SOUP)
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_the_quick_reader_takes_of_any_text_the_careful_one_reads_too(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes((HEADER + "".join(pieces)).encode())

    quickly, carefully = _both(path)

    assert quickly in (None, carefully)
