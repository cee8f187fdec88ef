"""Fixed columns: each cell has as many letters as the profile says, and each line is a record."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.contract import Batch, Kept, Layout, gather
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from config.texts import compare_form

_RULE = set("-=_+| \t")


class FixedReader:
    """The records of a log with fixed columns; lines of headings, rules and blank lines are none.

    A piece of the file whose bytes all are text is cut column by column, any other line by line.
    """

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._above = profile.table.above
        # what goes out to be repaired has it above as well, and so comes in again as it went
        self.header = "".join(log.beginning(self._above)).rstrip("\r\n") if self._above else ""
        self._columns = [f"c{place}" for place in range(len(profile.columns))]
        self._headings = [compare_form(name) for name in profile.columns]
        self._cuts = list(pairwise([0, *accumulate(profile.table.widths)]))
        self._passed = 0
        self.layout = Layout(dict(zip(profile.columns, self._columns, strict=True)), self._columns, "{batch}")

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        said = f"Lines that name the columns or rule them off are no records: {self._passed:,}."
        return (*self._log.notices, *([said] if self._passed else ()))

    def batches(self) -> Iterator[Batch]:
        """Give all records."""
        above = self._above
        for piece in self._log.pieces():
            lines = self._log.lines(piece)
            texts = [text for line in lines[above:] if (text := line.rstrip("\r\n")) and self._is_record(text)]
            above = max(0, above - len(lines))
            shown = self._sound(texts)
            if shown is None:
                yield from gather(map(self._kept, texts), self._columns)
            elif texts:
                yield self._cut(shown)

    def _is_record(self, text: str) -> bool:
        """Say whether a line that is not empty is a record; lines of headings and rules are counted."""
        if text[0] in _RULE and set(text) <= _RULE:
            self._passed += not text.isspace()
            return False
        if not text.strip():
            return False
        first = text[: self._cuts[0][1]].strip()
        if self._headings[0].startswith(compare_form(first[:1])) and self._are_headings(self._cells(text)):
            self._passed += 1
            return False
        return True

    def _sound(self, texts: Sequence[str]) -> pa.Array | None:
        """Give lines as Arrow can hold them; None where one of them has bytes that are no text."""
        try:
            shown = pa.array(texts, pa.string())
        except UnicodeEncodeError:
            return None
        return None if pc.any(pc.match_substring(shown, "\0")).as_py() else shown

    def _cut(self, shown: pa.Array) -> Batch:
        starts = [start for start, _ in self._cuts]
        ends = [*starts[1:], None]  # what stands beyond the last is part of it
        cells = [pc.utf8_slice_codeunits(shown, start, end) for start, end in zip(starts, ends, strict=True)]
        rows = pa.table({name: pc.utf8_trim_whitespace(cell) for name, cell in zip(self._columns, cells, strict=True)})
        return Batch(rows, lambda places: shown.take(pa.array(places, pa.int64())).to_pylist())

    def _kept(self, text: str) -> Kept:
        flaw = self._log.flaw_of(text)
        return Kept([""] * len(self._cuts) if flaw else self._cells(text), self._log.shown(text), flaw)

    def _cells(self, text: str) -> list[str]:
        cells = [text[start:end].strip() for start, end in self._cuts]
        cells[-1] = text[self._cuts[-1][0] :].strip()
        return cells

    def _are_headings(self, cells: Sequence[str]) -> bool:
        """Say whether cells are the columns' names, which may be cut off where a column is narrow."""
        named = zip(self._headings, map(compare_form, cells), strict=True)
        return all(cell and heading.startswith(cell) for heading, cell in named)
