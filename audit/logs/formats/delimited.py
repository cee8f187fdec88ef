"""Delimited text (CSV): pieces of whole lines by pyarrow's reader where they are clean, else record by record.

Both read alike; what pyarrow could take otherwise, or not at all, is left to `split_records.py`, which keeps a bad
record with its reason. A piece that is not clean costs itself alone: the next one is read quickly again.
"""

import re
from collections.abc import Iterator, Sequence
from csv import reader as csv_lines
from itertools import islice
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from pyarrow import csv

from audit.logs.formats.contract import KEPT_OF_TOO_LONG, LONGEST_RECORD, TOO_LONG, Batch, Kept, Layout, gather
from audit.logs.formats.heading_lines import HeadingLines
from audit.logs.formats.headings import find_headings
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.split_records import Splitter
from audit.logs.profiles.language import Profile, places

_MOST_COLUMNS_QUICKLY = 500
# They part a record's cells where its content is digested.
_MARKS = (b"\x1e", b"\x1f")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_QUOTE, _FEED, _RETURN = ord('"'), ord("\n"), ord("\r")
_BLOCK = 128 << 10
Letters: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]
Marks: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]


class DelimitedReader:
    """The records of a delimited log; the first line names the columns, unless the profile does."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._headings = find_headings(log, profile)
        forms = self._headings.forms
        self._columns = [f"c{place}" for place in range(len(forms))]
        self.header = self._headings.header
        # by their headings' order, so that columns in another order or spelling make the same records
        in_order = [column for _, column in sorted(zip(forms, self._columns, strict=True))]
        found = {name: self._columns[place] for name, place in self._headings.found.items()}
        self.layout = Layout(found, in_order, "{batch}", sorted(forms) if self._headings.text else ())
        times = [place for place in places(profile.fields["time"]) if place in self._headings.found]
        time_at = self._headings.found[times[0]] if times else 0
        self._least = profile.table.least
        self._splitter = Splitter(self._headings.separator, len(forms), time_at, self._headings.quote, self._least)
        self._sections = HeadingLines(self._headings, profile, time_at)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return (*self._log.notices, *self._headings.notices, *self._sections.notices)

    def batches(self) -> Iterator[Batch]:
        """Give all records, piece by piece."""
        pieces = self._log.pieces()
        waiting: bytes | None = self._below_headings(next(pieces, b""))
        while waiting is not None:
            quick = self._quickly(waiting)
            if quick is not None:
                yield quick
            else:
                yield from gather(self._carefully(waiting, pieces), self._columns)
            waiting = next(pieces, None)

    def _below_headings(self, piece: bytes) -> bytes:
        ends = [found.end() for found in islice(_LINE_END.finditer(piece), self._headings.lines)]
        if len(ends) < self._headings.lines:
            return b""  # the headings are the last line, and end with the file
        return piece[ends[-1] :] if ends else piece

    def _quickly(self, piece: bytes) -> Batch | None:
        """Give the records of a piece by pyarrow's reader, or None where only a careful look can serve."""
        if self._headings.quote != '"' or len(piece) > LONGEST_RECORD or self._sections.may_begin_in(piece):
            return None
        if not 1 < len(self._columns) <= _MOST_COLUMNS_QUICKLY or not _is_plain(piece, self._headings.separator):
            return None
        if not piece.strip(b"\r\n"):
            return Batch(pa.table({name: pa.array([], pa.string()) for name in self._columns}), lambda _: [])
        names = self._columns[: self._width_of(piece)] if self._least else self._columns
        try:
            rows = csv.read_csv(
                pa.BufferReader(piece),
                csv.ReadOptions(use_threads=False, column_names=names, block_size=len(piece) + 1),
                csv.ParseOptions(delimiter=self._headings.separator),
                csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            )
        except pa.ArrowInvalid:
            return None  # a record has too many cells or too few, or bytes are no text
        for name in self._columns[len(names) :]:
            rows = rows.append_column(name, pa.array([""] * rows.num_rows, pa.string()))
        if self._sections.may_begin_among(rows):
            return None
        self._splitter.last_sound = [str(cell) for cell in rows.slice(rows.num_rows - 1).to_pylist()[0].values()]
        return Batch(rows.combine_chunks(), lambda wanted: self._texts(piece, wanted))

    def _width_of(self, piece: bytes) -> int:
        """Give how many cells the first line of a plain piece has."""
        line = piece.lstrip(b"\r\n").partition(b"\n")[0]
        cells = next(csv_lines([self._log.text(line)], delimiter=self._headings.separator), [])
        return min(max(self._least, len(cells)), len(self._columns))

    def _texts(self, piece: bytes, wanted: Sequence[int]) -> list[str]:
        """Give some of a plain piece's lines, in which each line is a record but for blank ones."""
        lines = [text for line in self._log.lines(piece) if (text := line.rstrip("\r\n"))]
        return [self._log.shown(lines[place]) for place in wanted]

    def _carefully(self, piece: bytes, following: Iterator[bytes]) -> Iterator[Kept]:
        """Give the records of a piece one by one; one that spans pieces takes the next ones along."""

        def more() -> list[str] | None:
            further = next(following, None)
            return None if further is None else self._log.lines(further)

        blank = [""] * len(self._columns)
        for cells, text, fault in self._splitter.split(self._log.lines(piece), more):
            if self._sections.begin_with(text):
                self._splitter.go_on_with(*self._sections.shape)
                continue
            is_long = len(text) > LONGEST_RECORD
            flaw = TOO_LONG if is_long else self._log.flaw_of(text) or self._sections.fault or fault
            laid_out, own = (blank, text) if flaw else self._sections.laid_out(cells, text)
            yield Kept(laid_out, self._log.shown(own[:KEPT_OF_TOO_LONG] if is_long else own), flaw)


def _is_plain(piece: bytes, separator: str) -> bool:
    """Say whether pyarrow's reader takes a piece as `split_records.py` does, each line for a record.

    Lines end with LF or CRLF; nothing stands between a quotation mark and the end of its cell; and no
    quoted cell spans lines.
    """
    if b"\0" in piece or any(mark in piece for mark in _MARKS):
        return False
    if b'"' not in piece and b"\r" not in piece:
        return True
    letters = np.frombuffer(piece, np.uint8)
    return all(_are_plain(letters[block], ord(separator)) for block in _blocks(piece))


def _blocks(piece: bytes) -> Iterator[slice]:
    """Part a piece, at ends of lines, into blocks that stay near the processor while they are looked at."""
    start = 0
    while start < len(piece):
        end = piece.rfind(b"\n", start, start + _BLOCK) + 1 or piece.find(b"\n", start + _BLOCK) + 1 or len(piece)
        yield slice(start, end)
        start = end


def _are_plain(letters: Letters, separator: int) -> bool:
    feeds, returns = letters == _FEED, letters == _RETURN
    if np.count_nonzero(returns) != np.count_nonzero(returns[:-1] & feeds[1:]):
        return False
    marks = letters == _QUOTE
    return not marks.any() or _quotes_alternate(letters, marks, feeds, separator) or _quotes_fit(letters, separator)


def _quotes_alternate(letters: Letters, marks: Marks, feeds: Marks, separator: int) -> bool:
    """Say whether quotation marks fit in the simplest way: each can only open a cell, or only close the one just open.

    That is quickly seen, since no mark is looked at by itself; where it is not so, they may fit nevertheless.
    """
    edges = (letters == separator) | feeds
    opens, closes = marks.copy(), marks.copy()
    opens[1:] &= edges[:-1]
    edges |= letters == _RETURN
    closes[:-1] &= edges[1:]
    both = opens & closes
    if both.any() or np.count_nonzero(marks) != np.count_nonzero(opens | closes):
        return False
    places = np.flatnonzero(marks | feeds)  # no line may end within a cell
    opening, closing = opens[places], closes[places]
    return bool((opening[:-1] == closing[1:]).all()) and not opening[-1] and not closing[0]


def _quotes_fit(letters: Letters, separator: int) -> bool:
    marks = np.flatnonzero(letters == _QUOTE)
    if len(marks) % 2:
        return False
    ends = np.flatnonzero(letters == _FEED)
    if (np.searchsorted(marks, ends) % 2).any():
        return False  # a line's end stands within quotation marks
    around = np.concatenate(([_FEED], letters, [_FEED]))  # a piece begins a line and ends one
    opening, closing = marks[0::2], marks[1::2]
    before, after = around[opening], around[closing + 2]
    opens = (before == separator) | (before == _FEED)
    closes = (after == separator) | (after == _FEED) | (after == _RETURN)
    # a doubled mark within a cell closes and opens again at once
    doubled = closing[:-1] + 1 == opening[1:]
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())
