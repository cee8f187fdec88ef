"""A piece of JSON lines that is read all at once gives the same records as each of its lines looked at by itself."""

import json
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from audit.logs.formats.contract import FAULT
from audit.logs.formats.documents import RAW
from audit.logs.formats.json_lines import JsonLinesReader
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import plain_profile

_DOCUMENT = json.dumps({"time": "2025-03-01T17:00:00Z", "account": "é", "note": "a,b [c, d]"}, ensure_ascii=False)
_LINES = (
    _DOCUMENT,
    "{}",
    '{"a": 1,}',
    '{"a": "x, }"}',
    "[1]",
    "",
    " \t",
    "\xa0{}",
    "{",
    "<13>host {}",
    "text",
    "\x00{}",
)
_ENDS = ("\n", "\r\n", "\r", " \n", "\t\r\n", "\x0b\n")


class _Careful(JsonLinesReader):
    """Takes no piece for a plain one."""

    def _quickly(self, piece: bytes) -> None:
        del piece


def _read(path: Path, reader: type[JsonLinesReader]) -> tuple[list[tuple[str, str | None, str]], tuple[str, ...]]:
    """Give the documents, faults and own texts of all records, and what was noticed."""
    opened, records = reader(LogFile(path), plain_profile("jsonl")), list[tuple[str, str | None, str]]()
    for batch in opened.batches():
        columns = [batch.rows.column(name).to_pylist() for name in (RAW, FAULT)]
        records += zip(*columns, batch.texts(range(batch.rows.num_rows)), strict=True)
    return records, opened.notices


@given(
    parts=st.lists(st.tuples(st.sampled_from(_LINES), st.sampled_from(_ENDS)), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
@example(parts=[(_DOCUMENT, "\n"), ("", "\r\n"), (_DOCUMENT, " \n")], encoding="utf-8")
@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_both_ways_find_the_same_records(tmp_path: Path, parts: list[tuple[str, str]], encoding: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes((_DOCUMENT + "\n" + "".join(map("".join, parts))).encode(encoding))

    assert _read(path, JsonLinesReader) == _read(path, _Careful)


def test_plain_lines_are_read_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(f"{_DOCUMENT}\r\n\n {{}}\n", "utf-8", newline="")
    quick = [len(lines) for piece in LogFile(path).pieces() if (lines := _reader(path)._quickly(piece)) is not None]  # noqa: SLF001 - whether it is used

    assert quick == [2]


def _reader(path: Path) -> JsonLinesReader:
    return JsonLinesReader(LogFile(path), plain_profile("jsonl"))
