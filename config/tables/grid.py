"""A table's cells as text, before anyone says what they mean, and which of its rows holds the headings."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from config.errors import Invalid

# Far beyond any roster or inventory; a file with more is a mistake or an attack, and would fill the memory.
MOST_CELLS = 10_000_000
MOST_BYTES = 512 * 1024 * 1024

ROWS_SEARCHED_FOR_HEADINGS = 30


class GridRow(NamedTuple):
    """One row that is not wholly empty; `number` and `last` are the first and last line it takes up in the file."""

    number: int
    cells: Sequence[str]
    last: int


@dataclass(frozen=True)
class Grid:
    """All cells of one table.

    Args:
        name: The file, with the sheet where there are several.
        rows: In the file's order, those with some content.
        raw: Gives a row as it stands in the file.
        notices: Sentences on how the file was read.
        flaws: For a row's number and a column's index, why that cell cannot be taken as it is.
        lettered: Whether a person finds a cell by letter and number (B3), not by line and column.
    """

    name: str
    rows: Sequence[GridRow]
    raw: Callable[[GridRow], str]
    notices: tuple[str, ...] = ()
    flaws: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    lettered: bool = False

    @property
    def unit(self) -> str:
        """What a row's number counts."""
        return "row" if self.lettered else "line"

    def column(self, index: int) -> str:
        """Say which column an index means, as the person finds it."""
        return f"column {get_column_letter(index + 1) if self.lettered else index + 1}"


@dataclass(frozen=True)
class Headings:
    """The row of headings.

    Args:
        position: Its index among the rows of its grid.
        number: Its number as the person sees it.
        texts: What it says, column by column, without empty trailing ones.
        known: The indexes of the columns whose heading the caller understands.
    """

    position: int
    number: int
    texts: tuple[str, ...]
    known: frozenset[int]


def fold_heading(heading: str) -> str:
    """Give the form in which headings are compared: case, and what kind of blank stands between words, do not count."""
    return re.sub(r"[\s_\-]+", " ", heading).strip().casefold()


def find_headings(rows: Sequence[GridRow], known: Collection[str]) -> Headings | None:
    """Find the row with the most known headings; without any, the first row; of no rows, None.

    Args:
        rows: The rows in order; only the first 30 are looked at.
        known: The headings that the caller understands, folded.
    """
    found = [_headings(position, row, known) for position, row in enumerate(rows[:ROWS_SEARCHED_FOR_HEADINGS])]
    return max(found, key=_known_words, default=None)


def refuse_too_many_cells(name: str, cells: int) -> None:
    """Stop before a table fills the memory."""
    if cells > MOST_CELLS:
        raise Invalid(f"{name} spans more than {MOST_CELLS:,} cells; keep only the table that is to be imported.")


def refuse_too_many_bytes(name: str, size: int) -> None:
    """Stop before a file fills the memory."""
    if size > MOST_BYTES:
        raise Invalid(
            f"{name} holds more than {MOST_BYTES // 1024**2} MiB; keep only the table that is to be imported."
        )


def _headings(position: int, row: GridRow, known: Collection[str]) -> Headings:
    width = max((index for index, cell in enumerate(row.cells, 1) if cell), default=0)
    texts = tuple(row.cells[:width])
    columns = frozenset(index for index, text in enumerate(texts) if fold_heading(text) in known)
    return Headings(position, row.number, texts, columns)


def _known_words(headings: Headings) -> int:
    return len({fold_heading(headings.texts[index]) for index in headings.known})
