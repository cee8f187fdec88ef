"""Reads the dates of a file's columns: the whole column tells whether day or month comes first, and what was read how.

DOMAIN section 2: naive midnights are dates, the fillers of HR systems are empty, and the receipt counts both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.clock import end_of, read_moment, start_of
from config.tables.kind import Row, RowRefused
from config.texts import counted, listed, shortened
from config.written_dates import DayOrder, possible_orders, says_midnight

_TEXTS_KEPT = 50_000
_ROWS_NAMED = 10
_LAST_START_FILLER, _FIRST_END_FILLER = 1900, 2900


class Side(StrEnum):
    """What a date stands for: the side of a period, or one moment; of a date the first one."""

    START = "start"
    END = "end"
    MOMENT = "moment"


class ReadDate(NamedTuple):
    """What a cell says.

    Args:
        instant: In UTC; of a date the first moment, as an end the next local midnight; None where it is a filler.
        is_day: Whether it is a date without a clock time.
        noticed: How it was read, where a person should know.
    """

    instant: datetime | None
    is_day: bool
    noticed: str = ""


_MIDNIGHT = "with the clock time 0:00 and no offset; read as the date"
_FILLERS = {
    Side.START: f"in a year up to {_LAST_START_FILLER}, by which systems mean that there is no beginning; read so",
    Side.END: f"in a year from {_FIRST_END_FILLER} on, by which systems mean that there is no end; read so",
    Side.MOMENT: f"in a year from {_FIRST_END_FILLER} on, by which systems mean that it has not happened; read so",
}


@dataclass
class _Column:
    """What was seen in a column: for each order of day and month that is proven the first proof, with its row.

    Args:
        doubtful: The first text that can be read in either order, and its row.
    """

    proofs: dict[DayOrder, tuple[str, int]]
    doubtful: tuple[str, int] | None = None

    @property
    def order(self) -> DayOrder:
        """The order in which its dates are read."""
        return DayOrder.DAY_FIRST if set(self.proofs) == {DayOrder.DAY_FIRST} else DayOrder.MONTH_FIRST


class DateColumns:
    """Reads the columns of one file.

    Args:
        zone: The entity's.
        columns: The names of all columns that hold dates.
        rows: The file's rows, which may be asked again: looked over only where the order of day and month is in
            question.
    """

    def __init__(self, zone: ZoneInfo, columns: Iterable[str], rows: Iterable[Row]) -> None:
        self._columns, self._rows = tuple(columns), rows
        self._seen: Mapping[str, _Column] | None = None
        self._noticed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._certain: dict[tuple[str, Side], ReadDate] = {}  # what is the same in every column: a table's dates repeat
        self._possible = lru_cache(_TEXTS_KEPT)(possible_orders)
        self._read = lru_cache(_TEXTS_KEPT)(partial(_read, zone))

    def read(self, row: Row, column: str, side: Side) -> ReadDate | None:
        """Read a cell; None where it is empty.

        Raises:
            RowRefused: It cannot be read, or day and month cannot be told apart in a column that has both orders.
        """
        text = row.text(column)
        if not text:
            return None
        certain = self._certain.get((text, side))
        if certain:
            return certain
        order = self._order(column, text)
        found = row.read(column, lambda cell: self._read(cell, side, order))
        if found and found.noticed:
            self._noticed[column, found.noticed].append(row.number)
        elif found and not self._possible(text) and len(self._certain) < _TEXTS_KEPT:
            self._certain[text, side] = found
        return found

    def notices(self) -> list[str]:
        """Say of each column in which order it was read, and how many cells were read as something else."""
        sentences = [sentence for name, seen in (self._seen or {}).items() for sentence in _order_notices(name, seen)]
        for (name, noticed), numbers in self._noticed.items():
            rows = sorted(set(numbers))
            sentences.append(
                f"Column {name}: {counted(len(rows), 'cell')} {noticed} (row {listed(rows, _ROWS_NAMED)})."
            )
        return sentences

    def _order(self, column: str, text: str) -> DayOrder:
        possible = self._possible(text)
        if not possible:
            return DayOrder.MONTH_FIRST
        if self._seen is None:
            self._seen = self._look_over()
        seen = self._seen.get(column, _Column({}))
        if len(seen.proofs) > 1 and possible != {DayOrder.MONTH_FIRST}:
            raise RowRefused(column, _mixed(seen))
        return seen.order

    def _look_over(self) -> Mapping[str, _Column]:
        seen = {column: _Column({}) for column in self._columns}
        for row in self._rows:
            for column, found in seen.items():
                text = row.text(column)
                possible = self._possible(text) if text else frozenset[DayOrder]()
                if len(possible) == 1:
                    [proven] = possible
                    found.proofs.setdefault(proven, (text, row.number))
                elif possible and not found.doubtful:
                    found.doubtful = text, row.number
        return seen


def _read(zone: ZoneInfo, text: str, side: Side, order: DayOrder) -> ReadDate:
    moment = read_moment(text, order)
    is_day = not isinstance(moment, datetime)
    early, late = moment.year <= _LAST_START_FILLER, moment.year >= _FIRST_END_FILLER
    if early if side is Side.START else late:
        return ReadDate(None, is_day, _FILLERS[side])
    if early:
        raise ValueError(f"a date after {_LAST_START_FILLER}; leave the cell empty where there is none")
    instant = end_of(moment, zone) if side is Side.END else start_of(moment, zone)
    return ReadDate(instant, is_day, _MIDNIGHT if is_day and says_midnight(text) else "")


def _order_notices(name: str, seen: _Column) -> Iterable[str]:
    if len(seen.proofs) == 1 and seen.order is DayOrder.DAY_FIRST:
        text, number = seen.proofs[DayOrder.DAY_FIRST]
        yield f'Column {name}: its dates were read day first, as "{shortened(text)}" in row {number} shows.'
    elif seen.doubtful and not seen.proofs:
        text, number = seen.doubtful
        yield (
            f'Column {name}: none of its dates, such as "{shortened(text)}" in row {number}, tells day and month '
            "apart; they were read in US order, month first."
        )


def _mixed(seen: _Column) -> str:
    month_first, day_first = seen.proofs[DayOrder.MONTH_FIRST], seen.proofs[DayOrder.DAY_FIRST]
    return (
        f'cannot be read for certain: the column has dates with the month first ("{shortened(month_first[0])}" in row '
        f'{month_first[1]}) and with the day first ("{shortened(day_first[0])}" in row {day_first[1]}); write it as '
        "2025-03-01"
    )
