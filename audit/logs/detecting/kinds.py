"""Tells what a file is from its first bytes and lines: its format, its encoding, and how its cells are parted."""

import csv
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.logs.detecting.json_lists import list_of_records
from audit.logs.detecting.line_times import time_pattern
from audit.logs.detecting.samples import Sample
from audit.logs.formats.evtx_log import looks_like_evtx
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_format_it_has
from audit.logs.formats.sniff import SAMPLE, what_it_is_instead, wide_encoding
from audit.logs.formats.workbook import looks_like_workbook, sheet_text
from audit.logs.profiles.language import Format
from config.errors import Invalid
from config.texts import listed

_LINES = 200
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_FEWEST_CELLS = 4
_ALIKE = 0.8  # the share of a table's lines that have equally many cells
_OF_PROGRAMS = re.compile(r'"?sep=.?"?\s*$|#TYPE\b', re.IGNORECASE)
_PICTURES = {b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture"}
_OTHERS = {b"\x7fELF": "a program", b"MZ": "a program", b"RIFF": "sound or video", b"ID3": "sound"}
_MOST_STRANGE = 0.02
_ORDINARY = frozenset({*b"\t\n\r\f\v\x1b\x1e\x1f\x1d"})
_HEADING = re.compile(r"[^\W\d]", re.UNICODE)


@dataclass(frozen=True)
class Kind:
    """What a file is.

    Args:
        in_words: The format and how cells are parted, as a person says it.
        encoding: In words; empty where the file is no text.
        headings: The names of a table's columns; empty where the first line names none, or the file is no table.
        options: What a profile of such files says besides its fields.
        lines: The first lines, as they can be shown.
    """

    format: Format
    in_words: str
    encoding: str = ""
    headings: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Say whether its records are rows of cells."""
        return self.format in {"csv", "xlsx"}


def find_kind(sample: Sample) -> Kind:
    """Find out what a file is.

    Raises:
        Invalid: It is nothing in which records of accesses can be; the sentence says what it is, where that is known.
    """
    content = sample.bytes()
    if not content.strip(b"\0 \t\r\n\v\f"):
        raise Invalid(f"{sample.name} is empty; there is nothing to find out. Check the export.")
    if looks_like_evtx(content):
        return Kind("evtx", "a Windows event log (EVTX)")
    if looks_like_workbook(content[:4]):
        text = sheet_text(LogFile(sample.path, is_text=False))
        rows = tuple(text.beginning(_LINES))
        return _table("xlsx", "a workbook", "", rows, ",")
    _refuse_what_is_no_text(sample.name, content)
    encoding = _encoding_of(content)
    lines = tuple(LogFile(sample.path).beginning(_LINES))
    found = what_format_it_has(lines)
    separator = _separator_of(lines) if found is None else ""
    if separator and not _are_rather_lines(lines, separator):
        spoken = f"a table, its cells separated by {_SEPARATORS.get(separator, separator)}"
        return _table("csv", spoken, encoding, lines, separator)
    if found and (found[0] == "json" or (found[0] == "jsonl" and _is_one_document(lines))):
        at = list_of_records("".join(lines) if not sample.is_cut else _text_of(sample), is_cut=sample.is_cut)
        listed = f', its records listed under "{at}"' if at else ""
        return Kind(
            "json", f"JSON documents{listed}", encoding, options={"records": {"at": at}} if at else {}, lines=lines
        )
    kind, spoken = found or ("lines", "lines of text, of no form that is known by itself")
    return Kind(kind, spoken, encoding, lines=lines)


def _is_one_document(lines: Sequence[str]) -> bool:
    return len([line for line in lines if line.strip()]) == 1


def _text_of(sample: Sample) -> str:
    log = LogFile(sample.path)
    return log.text(next(log.stretches()))


def _refuse_what_is_no_text(name: str, content: bytes) -> None:
    if (instead := what_it_is_instead(content)) is not None:
        raise Invalid(f"{name} {instead}.")
    beginning = content[:SAMPLE]
    known = next((what for sign, what in (_PICTURES | _OTHERS).items() if beginning.startswith(sign)), "")
    strange = sum(byte < 0x20 and byte not in _ORDINARY for byte in beginning)  # noqa: PLR2004 - control characters
    if not wide_encoding(content) and strange > len(beginning) * _MOST_STRANGE:
        what = f"is {known}" if known else "is no text, and no workbook or event log"
        raise Invalid(f"{name} {what}; no accesses can be read from it. Export the log as CSV or JSON lines.")


def _encoding_of(content: bytes) -> str:
    if wide_encoding(content):
        return "UTF-16"
    if content.isascii():
        return "ASCII, which is UTF-8 as well"
    try:
        getincrementaldecoder("utf-8")().decode(content)  # the last letter may be torn
    except UnicodeDecodeError:
        return "not UTF-8; read as Windows-1252"
    return "UTF-8 with a mark at its beginning" if content.startswith(BOM_UTF8) else "UTF-8"


def _separator_of(lines: Sequence[str]) -> str:
    """Give the letter that parts most lines into equally many cells, empty where none does."""
    best = (0.0, 0, "")
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in _rows(lines, separator) if row)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        share = count / max(1, sum(widths.values()))
        if width > 1 and share >= _ALIKE:
            best = max(best, (share, width, separator))
    return best[2]


def _are_rather_lines(lines: Sequence[str], separator: str) -> bool:
    """Say whether lines with a time have a few separators by chance, as that of a second's fraction."""
    first = next((row for row in _rows(lines, separator) if row), [])
    return (
        len(first) < _FEWEST_CELLS and not _are_headings([cell.strip() for cell in first]) and bool(time_pattern(lines))
    )


def _rows(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    return csv.reader((line for line in lines if not _OF_PROGRAMS.match(line)), delimiter=separator)


def _table(kind: Format, spoken: str, encoding: str, lines: tuple[str, ...], separator: str) -> Kind:
    rows = [row for row in _rows(lines, separator) if any(cell.strip() for cell in row)]
    if not rows:
        raise Invalid("The first sheet of the workbook is empty; there is nothing to find out. Check the export.")
    widths = Counter(map(len, rows))
    usual = widths.most_common(1)[0][0]
    first = next((row for row in rows if len(row) == usual), rows[0])
    cells = tuple(cell.strip() for cell in first)
    if _are_headings(cells):
        twice = [cell for cell, count in Counter(cells).items() if cell and count > 1]
        in_words = f"{spoken}; several columns are called {listed(twice, 3)}" if twice else spoken
        once = tuple(cell for cell in cells if cell and cell not in twice)
        return Kind(kind, in_words, encoding, once, lines=lines)
    names = tuple(f"column {number}" for number in range(1, len(cells) + 1))
    in_words = f"{spoken}; its first line names no columns"
    return Kind(kind, in_words, encoding, names, {"columns": list(names)}, lines)


def _are_headings(cells: Sequence[str]) -> bool:
    """Say whether cells name columns: all that are not empty are words, and hardly any stands twice."""
    named = [cell for cell in cells if cell]
    return len(named) > 1 and len({*named}) > len(named) / 2 and all(_is_heading(cell) for cell in named)


def _is_heading(cell: str) -> bool:
    return len(cell) <= 80 and _HEADING.match(cell.lstrip("#$@_([ ")) is not None  # noqa: PLR2004 - no heading is longer
