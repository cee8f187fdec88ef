"""The quick reader of delimited text and the careful one give the same records, in the same order."""

import csv
import gzip
import io
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from audit.logs.formats import log_file
from audit.logs.formats.contract import FAULT
from audit.logs.formats.delimited import DelimitedReader
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import plain_profile
from tests.audit.logs.importing_logs import HEADER, LINE

_WORDS = ("view", "2025-03-01T17:00:00Z", "2025-03-09 02:30", "a,b", 'say "x"', "é", "\U0001f600", "#", "\\", "'", "=1")
_CELLS = st.one_of(st.sampled_from(_WORDS), st.text(alphabet='a ,;"\t|\\\x1eé\n', max_size=6))
_PIECES = ("a", ",", ",,,,,,", '"', '""', '","', '"b"', "\n", "\n\n", "\r\n", "\r", " ", '" ', "é", "\x1f", LINE)
_SOUP = st.lists(st.sampled_from(_PIECES), max_size=30)


_Record = tuple[tuple[str, ...], str, str | None]  # cells, own text, fault


class _Careful(DelimitedReader):
    """Takes no piece for a plain one."""

    def _quickly(self, piece: bytes) -> None:
        del piece


def _read(path: Path, reader: type[DelimitedReader]) -> tuple[list[_Record], int]:
    """Give all records of a log, and how many of its batches were read quickly."""
    records, quick = list[_Record](), 0
    for batch in reader(LogFile(path), plain_profile("csv")).batches():
        rows = batch.rows
        quick += FAULT not in rows.column_names
        if FAULT not in rows.column_names:
            rows = rows.append_column(FAULT, pa.nulls(rows.num_rows, pa.string()))
        texts = batch.texts(list(range(rows.num_rows)))
        cells = [tuple(str(cell) for cell in row.values()) for row in rows.drop_columns([FAULT]).to_pylist()]
        records += zip(cells, texts, rows.column(FAULT).to_pylist(), strict=True)
    return records, quick


def _both(path: Path) -> tuple[list[_Record], list[_Record], int]:
    quickly, quick = _read(path, DelimitedReader)
    return quickly, _read(path, _Careful)[0], quick


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

    quickly, carefully, quick = _both(path)

    assert len(carefully) == len(rows)
    assert quickly == carefully
    assert quick or any(set(' "\x1e\n') & set("".join(row)) for row in rows) or not rows


@given(pieces=_SOUP)
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_read_any_text_alike(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes((HEADER + "".join(pieces)).encode())

    quickly, carefully, _ = _both(path)

    assert quickly == carefully


@given(soups=st.lists(_SOUP, min_size=2, max_size=6))
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_log_of_many_pieces_is_read_as_one(tmp_path: Path, soups: list[list[str]]) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes((HEADER + "".join("".join(soup) + "\n" + LINE * 3 for soup in soups)).encode())
    whole = _read(path, _Careful)[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_file, "PIECE", 200)
        in_pieces, _ = _read(path, DelimitedReader)

    assert in_pieces == whole
