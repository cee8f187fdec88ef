"""A table's cells as text, before anyone says what they mean, and which of its rows holds the headings."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from config.errors import Invalid
from config.texts import compare_form

# Far beyond any roster or inventory; a file with more is a mistake or an attack, and would fill the memory.
MOST_CELLS = 10_000_000
MOST_BYTES = 512 * 1024 * 1024

ROWS_SEARCHED_FOR_HEADINGS = 30
_JOINTS = re.compile(r"[_\-]+")


class GridRow(NamedTuple):
    """One row that is not wholly empty.

    Args:
        number: Its number in the sheet, or the first line that it takes up in the file.
        cells: Trimmed, empty trailing ones included.
        source: The row as it stands in the file; empty for a row of a sheet.
    """

    number: int
    cells: tuple[str, ...]
    source: str = ""

    def as_it_stands(self) -> str:
        """Give the row as it stands in the file; a sheet's row as a line of CSV."""
        if self.source:
            return self.source.rstrip("\r\n")
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(self.cells)
        return line.getvalue()


@dataclass(frozen=True)
class Grid:
    """All cells of one table.

    Args:
        name: The file, with the sheet where there are several.
        rows: Gives those with some content, in the file's order; may be asked again.
        notices: Sentences on how the file was read.
        flaws: For a row's number and a column's index, why that cell cannot be taken as it is.
        lettered: Whether a person finds a cell by letter and number (B3), not by line and column.
    """

    name: str
    rows: Callable[[], Iterator[GridRow]]
    notices: tuple[str, ...] = ()
    flaws: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    lettered: bool = False

    @property
    def unit(self) -> str:
        """What a row's number counts."""
        return "row" if self.lettered else "line"

    def column(self, index: int) -> str:
        """Say which column an index means, as the person finds it."""
        if not self.lettered:
            return f"column {index + 1}"
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loads all of openpyxl, for workbooks alone

        return f"column {get_column_letter(index + 1)}"


@dataclass(frozen=True)
class HeadingRow:
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
    """Give the form in which headings are compared: as all texts, but underscores and hyphens count as blanks too."""
    return compare_form(_JOINTS.sub(" ", heading))


def find_headings(rows: Iterable[GridRow], known: Collection[str]) -> HeadingRow | None:
    """Find the row with the most known headings; without any, the first row; of no rows, None.

    Args:
        rows: The rows in order; only the first 30 are looked at.
        known: The headings that the caller understands, folded.
    """
    found = [_headings(position, row, known) for position, row in enumerate(islice(rows, ROWS_SEARCHED_FOR_HEADINGS))]
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


def _headings(position: int, row: GridRow, known: Collection[str]) -> HeadingRow:
    width = max((index for index, cell in enumerate(row.cells, 1) if cell), default=0)
    texts = row.cells[:width]
    columns = frozenset(index for index, text in enumerate(texts) if fold_heading(text) in known)
    return HeadingRow(position, row.number, texts, columns)


def _known_words(headings: HeadingRow) -> int:
    return len({fold_heading(headings.texts[index]) for index in headings.known})
