"""Tables as lines of plain text, in columns of equal width, for terminals and pipes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import le

_GAP = "  "
_NARROWEST = 6  # what is left of a column that must give way
_LONGEST_WORD = 32  # a longer one, such as a path without an end, is broken where the column ends
# A word and the signs behind which it can be parted from the next: a path, an id or a reason may be long.
_WORD = re.compile(r"[^\s\-_/\\.@;,:]*[\-_/\\.@;,:]*\s*")


@dataclass(frozen=True)
class TextColumn:
    """A column of a table.

    Args:
        heading: May have several lines.
        folds: Gives way, by breaking its cells into several lines between words, where the table is too wide.
    """

    heading: str
    right: bool = False
    folds: bool = False


def table_lines(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], *, width: int | None = None
) -> Iterator[str]:
    """Lay out rows under their headings, a line for each row where nothing needs to be folded.

    Args:
        width: How many letters a line may have; None = as many as it takes.
    """
    widths = _fitting(columns, rows, width)
    plain = _GAP.join(f"%{'' if column.right else '-'}{width}s" for column, width in zip(columns, widths, strict=True))
    for row in ([column.heading for column in columns], *rows):
        if _is_plain(row, widths):
            yield (plain % tuple(row)).rstrip()
            continue
        folded = [_lines(cell, width) for cell, width in zip(row, widths, strict=True)]
        for pieces in zip_longest(*folded, fillvalue=""):
            placed = (
                _place(piece, column, width) for piece, column, width in zip(pieces, columns, widths, strict=True)
            )
            yield _GAP.join(placed).rstrip()


def _is_plain(row: Sequence[str], widths: Sequence[int]) -> bool:
    """Say whether each cell is one line of single-width letters that fits, as most are."""
    written = "".join(row)
    return written.isascii() and "\n" not in written and all(map(le, map(len, row), widths))


def _fitting(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], width: int | None) -> list[int]:
    widths = [
        max(map(_widest_line, {column.heading, *cells}))  # the same cells stand in many rows
        for column, cells in zip(columns, zip(*rows, strict=True) if rows else ((),) * len(columns), strict=True)
    ]
    room = (width or sum(widths) * 2) - len(_GAP) * (len(columns) - 1)
    narrowest = {
        place: _longest_word([column.heading, *(row[place] for row in rows)])
        for place, column in enumerate(columns)
        if column.folds and sum(widths) > room
    }
    while sum(widths) > room:
        folding = [place for place, least in narrowest.items() if widths[place] > least]
        if not folding:
            break
        widths[max(folding, key=lambda place: widths[place])] -= 1
    return widths


def _widest_line(cell: str) -> int:
    return max(map(_width, cell.split("\n"))) if "\n" in cell else _width(cell)


def _longest_word(cells: Sequence[str]) -> int:
    words = {word for cell in cells for word in _WORD.findall(cell)}
    return max(_NARROWEST, min(_LONGEST_WORD, max((_width(word.rstrip()) for word in words), default=0)))


def _lines(cell: str, width: int) -> list[str]:
    """Break a cell into lines that fit, between words, and in the middle of one where it is longer than a line."""
    return [piece for line in cell.split("\n") for piece in _pieces(line, width)]


def _pieces(line: str, width: int) -> Iterator[str]:
    if _width(line) <= width:
        yield line
        return
    piece = ""
    for word in _WORD.findall(line):
        if _width((piece + word).rstrip()) <= width:
            piece += word
            continue
        if piece:
            yield piece.rstrip()
        piece = word
        while _width(piece.rstrip()) > width:
            taken = _letters_that_fit(piece, width)
            yield piece[:taken]
            piece = piece[taken:]
    yield piece.rstrip()


def _letters_that_fit(line: str, width: int) -> int:
    used = 0
    for count, letter in enumerate(line):
        used += _width(letter)
        if used > width:
            return max(1, count)
    return len(line)


def _place(piece: str, column: TextColumn, width: int) -> str:
    padding = " " * (width - _width(piece))
    return padding + piece if column.right else piece + padding


def _width(text: str) -> int:
    """Count the cells of a terminal that a text takes: Chinese letters take two, a combining accent none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
