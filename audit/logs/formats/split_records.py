"""Splits the lines of a CSV into its records: each one's cells, its own text, and what is wrong with it."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

NEVER_CLOSED = "opens a quotation mark that is never closed"
MISPLACED = "has a quotation mark in the middle of a cell"

# A record: its cells, none where it is not sound; its own text; why it is not sound. A plain tuple, as it is quick.
Split: TypeAlias = tuple[list[str], str, str | None]

# A quotation mark that leaves open for so long was never closed. Looking for its end costs time: a file has so much of
# it; what was found sound costs none.
_LINES_AHEAD, _LEAST_LINES_AHEAD = 1_000_000, 1_000
_DIGIT = re.compile(r"\d")
_MOST_LETTERS = 64 * 1024 * 1024
_LONGEST_CELL = 2**31 - 1


def _no_more() -> list[str] | None:
    return None


class Splitter:
    """Splits a file's lines into records, some lines at a time; blank lines are none.

    Where a record that spans lines is broken, or swallows lines that are records themselves, reading goes on with its
    second line: a stray quotation mark costs one line, not what follows it.

    Args:
        separator: The letter between cells.
        quote: The letter around cells that hold a separator; empty where none means that.
        width: How many cells a record has; empty ones beyond do not count. 0 = as it comes.
        time_at: Which cell holds a record's time, from 0; by its look a swallowed record is known.
        least: How many cells a record may have at least: those behind it are empty then. 0 = all.
    """

    def __init__(self, separator: str, width: int = 0, time_at: int = 0, quote: str = '"', least: int = 0) -> None:
        # The limit holds for the whole program, so it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        self._separator = separator
        self._quote = quote or "\0"  # which no sound record has
        self._width = width
        self._least = least
        self._time_at = time_at
        self._waiting: list[str] = []  # the next line is the last of these
        self._more: Callable[[], list[str] | None] = _no_more
        self._ahead = _LINES_AHEAD
        # the cells of the last record that was sound and of one line
        self.last_sound: Sequence[str] = ()

    @property
    def lines_left(self) -> int:
        """How many of the lines given have not been split yet."""
        return len(self._waiting)

    def go_on_with(self, width: int, time_at: int) -> None:
        """Take what follows, also while records are given, for records of other columns."""
        self._width, self._time_at, self.last_sound = width, time_at, ()

    def split(self, lines: Sequence[str], more: Callable[[], list[str] | None] = _no_more) -> Iterator[Split]:
        """Give the records of some lines.

        Args:
            lines: Each with its end.
            more: Gives the lines that follow, for a record that spans further than these; None where the file ends.
        """
        self._waiting, self._more = list(reversed(lines)), more
        separator, quote = self._separator, self._quote
        while self._waiting:
            line = self._waiting.pop()
            text = line.rstrip("\r\n")
            if quote in text:
                yield self._split_quoted(line)
            elif not self._width or text.count(separator) == self._width - 1:
                if text.strip(" "):
                    cells = text.split(separator)
                    self.last_sound = cells
                    yield cells, text, None
            elif text.strip(" "):
                yield self._fit(text.split(separator), text)

    def _split_quoted(self, line: str) -> Split:
        """Split the record that begins with a line; of those taken beyond it, none is lost."""
        taken: list[str] = []
        split = self._split(line, taken)
        if split[2] is None and len(taken) == 1:
            self.last_sound = split[0]
        if split[2] is not None:
            self._ahead -= len(taken)
            self._waiting.extend(reversed(taken[1:]))
        return split

    def _fit(self, cells: list[str], text: str) -> Split:
        """Give a record of some cells, sound if they are as many as they should be."""
        count = len(cells)
        width = self._width
        if not width or count == width:
            return cells, text, None
        if count > width and not any(cells[width:]):
            return cells[:width], text, None
        if self._least and self._least <= count < width:
            return [*cells, *[""] * (width - count)], text, None
        kind = "more" if count > width else "fewer"
        return [], text, f"has {count:,} cells, {kind} than the {width:,} columns"

    def _split(self, line: str, taken: list[str]) -> Split:
        # Some programs write a blank after the separator; a quoted cell may follow it.
        blanks = line.startswith(f" {self._quote}") or f"{self._separator} {self._quote}" in line
        supply = self._supply(line, taken)
        try:
            cells = next(self._reader(supply, strict=True, skipinitialspace=blanks))
        except csv.Error as error:
            is_open = len(taken) > 1 or "unexpected end" in str(error)
            return [], line.rstrip("\r\n"), NEVER_CLOSED if is_open else MISPLACED
        split = self._fit(cells, "".join(taken).rstrip("\r\n"))
        if len(taken) > 1 and (split[2] or (self._width and self._swallows_records(cells, taken))):
            return [], line.rstrip("\r\n"), NEVER_CLOSED
        return split

    def _next_line(self) -> str | None:
        if not self._waiting:
            self._waiting = list(reversed(self._more() or []))
        return self._waiting.pop() if self._waiting else None

    def _supply(self, line: str, taken: list[str]) -> Iterator[str]:
        """Give a line and those that follow it, noting which were taken."""
        most = max(self._ahead, _LEAST_LINES_AHEAD)
        following: str | None = line
        letters = 0
        while following is not None:
            taken.append(following)
            letters += len(following)
            yield following
            if len(taken) == most or letters > _MOST_LETTERS:
                return
            following = self._next_line()

    def _swallows_records(self, cells: list[str], taken: list[str]) -> bool:
        """Say whether one of a record's further lines is itself a record, with a time that looks as times here do."""
        looks = {self._look(cells), self._look(self.last_sound)} - {""}
        least = self._least or self._width
        wide = (line for line in taken[1:] if line.count(self._separator) >= least - 1)  # quickly seen, and few are
        others = map(self._cells_of_line, wide)
        return any(least <= len(other) <= self._width and self._look(other) in looks for other in others)

    def _cells_of_line(self, line: str) -> list[str]:
        """Give the cells that a line has by itself; none where it ends a cell of the line above."""
        before, mark, _ = line.partition(self._quote)
        if mark and before.strip(" ") and not before.rstrip(" ").endswith(self._separator):
            return []
        return next(self._reader(iter([line]), strict=False, skipinitialspace=False), [])

    def _reader(self, lines: Iterator[str], *, strict: bool, skipinitialspace: bool) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self._separator,
            quotechar=self._quote,
            strict=strict,
            skipinitialspace=skipinitialspace,
        )

    def _look(self, cells: Sequence[str]) -> str:
        """Give the look of the time among some cells, where every digit is as good as another; empty without digits."""
        time = cells[self._time_at] if len(cells) > self._time_at else ""
        return _DIGIT.sub("0", time) if _DIGIT.search(time) else ""
