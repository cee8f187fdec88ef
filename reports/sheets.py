"""What a sheet of a report is: its columns, rows, notes and charts; and which values a workbook can hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import count
from typing import TypeGuard
from zoneinfo import ZoneInfo

CellValue = str | int | float | date | datetime | None

LONGEST_TEXT = 32_767  # what one cell holds, counted as Excel counts: in UTF-16 code units
LONGEST_NAME = 31  # what a sheet's name holds, counted the same way
LARGEST_INTEGER = 10**15 - 1  # Excel rounds beyond 15 digits
FIRST_MONTH = (1900, 3)  # Excel counts a 29 February 1900 that never was, so the days before March are unsafe


class ColumnKind(Enum):
    """How the values of one column are kept and shown."""

    TEXT = "text"  # on one line; whatever is given is kept as text
    WRAPPED = "wrapped"  # the same, on as many lines as its width needs
    INTEGER = "integer"  # whole numbers
    DECIMAL = "decimal"  # numbers shown with two decimals
    DATE = "date"  # days; of an instant, the day it falls on in the report's zone
    INSTANT = "instant"  # aware times, shown in the report's zone to the second


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        heading: What stands above it; an INSTANT column's heading also gets the zone.
        width: In characters.
        kind: How its values are kept and shown.
    """

    heading: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT

    def full_heading(self, zone: ZoneInfo) -> str:
        """Give the heading as it stands above the column."""
        return f"{self.heading} ({zone})" if self.kind is ColumnKind.INSTANT else self.heading

    def keep(self, value: CellValue, zone: ZoneInfo) -> CellValue:
        """Give the value as a cell of this column keeps it; what its kind cannot keep exactly becomes text.

        Returns:
            Fitting text, a number, a day from FIRST_MONTH on, an aware time of the zone, cut to the second, or None.
        """
        if isinstance(value, str):
            return fitting_text(value) or None
        if isinstance(value, datetime):
            value = _local(value, zone)
        if self.kind is ColumnKind.DATE and isinstance(value, datetime):
            value = value.date()
        return value if value is None or self._keeps(value) else fitting_text(_as_text(value))

    def _keeps(self, value: CellValue) -> bool:
        match self.kind:
            case ColumnKind.DATE | ColumnKind.INSTANT:
                return isinstance(value, date) and (value.year, value.month) >= FIRST_MONTH
            case ColumnKind.INTEGER:
                return _is_number(value) and value == int(value)
            case ColumnKind.DECIMAL:
                return _is_number(value)
            case _:
                return False


def _is_number(value: CellValue) -> TypeGuard[int | float]:
    # An infinite number and NaN fail the comparison.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER


def _local(instant: datetime, zone: ZoneInfo) -> datetime | str:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no zone: a report is given aware times.")
    try:
        return instant.astimezone(zone).replace(microsecond=0)
    except OverflowError:  # at the edge of the calendar there is no such time in the zone
        return instant.isoformat(" ", "seconds")


def _as_text(value: CellValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=None)} {value:%Z}"
    return str(value)


class ChartShape(Enum):
    """Which way the bars of a chart run."""

    BARS = "bar"  # lying, first row on top: for categories, whose names need room
    COLUMNS = "col"  # standing, first row at the left: for months


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A bar chart over the rows of a small table, drawn under it.

    Args:
        title: What it shows.
        categories: The heading of the column that names the bars.
        values: The headings of the columns that the bars measure.
        values_title: What the bars measure, and in what unit.
        shape: Which way the bars run.
        stacked: Whether several values of a row stand on one another rather than side by side.
    """

    title: str
    categories: str
    values: Sequence[str]
    values_title: str
    shape: ChartShape = ChartShape.BARS
    stacked: bool = False


@dataclass(frozen=True)
class Group:
    """Rows that belong together, such as those of one department, under a line of their own."""

    heading: str
    rows: Sequence[Sequence[CellValue]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table, with what a reader must know before it.

    Args:
        title: The sheet's name; it is made one that a workbook accepts and that is not taken yet.
        columns: From left to right.
        rows: One value for each column; may be a generator of millions, read once.
        empty: The sentence that stands where there are no rows.
        heading: The line above everything; the title where empty.
        notes: Paragraphs between heading and table: what it is, how to read it, the legal basis.
        charts: Drawn under a table that fits on one sheet and has rows.
        frozen_columns: How many columns stay in sight, and are printed again, as one moves to the right.
        landscape: Whether its pages lie on the long side.
        groups: Where rows are shown in groups, these, one after another under the same headings; then `rows` is empty.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[CellValue]] = ()
    empty: str
    heading: str = ""
    notes: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    frozen_columns: int = 0
    landscape: bool = True
    groups: Sequence[Group] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a cover: facts, each a label and a value, then paragraphs."""

    heading: str = ""
    facts: Sequence[tuple[str, CellValue]] = ()
    paragraphs: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A sheet to be read rather than sorted: what the report is, whose, of when, what it judged and what not.

    Args:
        heading: The report's name.
        sections: From top to bottom.
        title: The sheet's name.
    """

    heading: str
    sections: Sequence[Section]
    title: str = "About"


class SheetNames:
    """Hands out sheet names that a workbook accepts, each once."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps this name for itself

    def take(self, title: str) -> str:
        """Give the title as a sheet's name; the second sheet of a title becomes `Title (2)`."""
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", _NEVER_IN_XML.sub("\ufffd", title)).split())
        names = (_named(plain, f" ({number})" if number > 1 else "") for number in count(1))
        name = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name


_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def _named(plain: str, ending: str) -> str:
    beginning = plain.strip("' ") or "Sheet"
    return _first_units(beginning, LONGEST_NAME - len(ending)).rstrip("' ") + ending


def fitting_text(text: str) -> str:
    """Give the text as a cell can hold it: nothing is lost without a mark.

    A character that XML cannot carry, and half a surrogate pair, becomes U+FFFD. Text that is too long is cut,
    and its end says how many characters were left out.
    """
    if len(text) <= LONGEST_TEXT // _LONGEST_GROWTH and not _NEEDS_CARE.search(text):
        return text
    legal = _NEVER_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _READ_AS_ESCAPE.sub("_x005F_", legal)
    return escaped if _units(escaped) <= LONGEST_TEXT else _cut(legal)


_NEVER_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel takes `_x0041_` in a file for the letter A; so a text that says `_x0041_` has its underscore escaped.
_READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile(rf"{_NEVER_IN_XML.pattern}|\r|{_READ_AS_ESCAPE.pattern}")
_LONGEST_GROWTH = 2  # a character may take two code units; escaping `_x0041_x0041_...` throughout doubles it


def _cut(text: str) -> str:
    room = LONGEST_TEXT - len(_left_out(len(text)))
    kept = _first_units(text, room // _LONGEST_GROWTH if _READ_AS_ESCAPE.search(text) else room)
    return _READ_AS_ESCAPE.sub("_x005F_", kept) + _left_out(len(text) - len(kept))


def _left_out(characters: int) -> str:
    return f" … [{characters:,} characters left out]"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
