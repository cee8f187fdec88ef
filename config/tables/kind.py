"""What a kind of import says of itself: its columns, the tables it fills, and what a row of its files states."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.tables.facts import Change, Current, F, Fact, Plans, StatedTable, StatedTables, find_current
from config.tables.listings import Listing, Stop
from config.tables.options import AS_IT_IS, ImportOptions, Option
from config.texts import listed

_T = TypeVar("_T")
_ROWS_NAMED = 10
NEEDED = "is empty, but every row needs it; fill the cell"


class Holds(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    ID = "an id or a code"  # which spreadsheets damage
    DATE = "a date or an instant"


@dataclass(frozen=True)
class OurColumn:
    """A column that a kind of import reads.

    Args:
        name: What we call it.
        needed: Whether a file must have it, and each row must fill it.
        unless: A column that serves instead: a file that has it need not have this one.
        also: Other headings that mean the same; where a file has several of them, the first of these serves.
        empty_as: Texts, case-folded, by which exports mark a cell of it as empty.
        holds: What its cells are.
    """

    name: str
    needed: bool = False
    unless: str = ""
    also: tuple[str, ...] = ()
    empty_as: tuple[str, ...] = ()
    holds: Holds = Holds.TEXT


class RowRefused(Exception):  # noqa: N818 - a refusal is an answer
    """A row cannot be taken.

    Args:
        column: Ours, the one at fault.
        reason: Completes the sentence that names file, row, column and value.
    """

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Contradiction:
    """A row cannot be taken, by its number; column and reason are those of `RowRefused`.

    Args:
        may_correct: It could be taken if the file replaced what stands of the row's subject.
    """

    number: int
    column: str
    reason: str
    may_correct: bool = False


class Row:
    """A row of the file by our columns; a column that the file lacks reads as empty.

    Args:
        number: As the person sees it in the file.
        texts: Its cells; where one is marked as empty, it is.
        places: By our column, the cell's place among them.
        whole: All its cells as they stand, those of columns kept out included.
    """

    __slots__ = ("_places", "number", "texts", "whole")

    def __init__(self, number: int, texts: Sequence[str], places: Mapping[str, int], whole: tuple[str, ...]) -> None:
        self.number = number
        self.whole = whole
        self.texts = texts
        self._places = places

    def text(self, column: str, otherwise: str = "") -> str:
        """Give a cell's text; another one where the file has no such column."""
        place = self._places.get(column)
        return otherwise if place is None else self.texts[place]

    def states(self, column: str) -> bool:
        """Say whether the file has the column at all: what a file has no column for, it is silent about."""
        return column in self._places

    def says_as(self, other: "Row") -> bool:
        """Say whether two rows of a file have the same text in every column of ours."""
        return all(self.text(column) == other.text(column) for column in self._places)

    def needed(self, column: str) -> str:
        """Give a cell that must be filled.

        Raises:
            RowRefused: It is empty.
        """
        text = self.text(column)
        if not text:
            raise RowRefused(column, NEEDED)
        return text

    def read(self, column: str, reader: Callable[[str], _T]) -> _T | None:
        """Read a cell with a function that raises ValueError saying what was expected; None where it is empty.

        Raises:
            RowRefused: The function cannot read it.
        """
        text = self.text(column)
        if not text:
            return None
        try:
            return reader(text)
        except ValueError as error:
            raise RowRefused(column, f"cannot be read; expected {_expectation(error)}") from error


def _expectation(error: ValueError) -> str:
    text = str(error)
    return text if text.startswith(("a ", "an ", "one ", "the ")) else f"a value of the calendar ({text})"


class Importer(ABC):
    """What a kind of import says of itself; made anew for each file.

    Args:
        session: Where it looks up what is current.
        zone: The entity's zone, in which dates are read and listed.
        options: What the user asks of the import.

    Attributes:
        takes: The options that mean something to this kind.
    """

    columns: ClassVar[tuple[OurColumn, ...]]
    tables: ClassVar[StatedTables]
    takes: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        self._session = session
        self.zone = zone
        self._options = options
        self._noticed: dict[str, list[int]] = defaultdict(list)
        self._current: dict[StatedTable[Any], Current[Any]] = {}

    def begin(self, now: datetime) -> None:  # noqa: B027 - for kinds that can always begin
        """Refuse what cannot be right whatever the file holds; asked before it is opened.

        Raises:
            Refusal: It cannot be right now, or with these options.
        """

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:  # noqa: ARG002 - for kinds that need no look
        """See all rows before the first is read; give those that only the whole file shows to be at fault.

        Args:
            rows: May be asked again, now and while rows are read; each time costs a reading of the file.
        """
        return ()

    def put_aside(self, row: Row | None) -> None:  # noqa: B027 - for kinds that need not know
        """See a row that is refused while the file is read; None where its cells cannot be told apart.

        For kinds in which other rows may name what it would have stated, or in which it matters who is missing.
        """

    @abstractmethod
    def read(self, row: Row) -> Sequence[Fact]:
        """Give what a row of the file states.

        Raises:
            RowRefused: The row cannot be taken.
        """

    def changes(self, refused: Collection[int]) -> Iterable[Change[Any]]:  # noqa: ARG002 - for kinds that state all
        """Give what the file changes beyond what its rows state, when all are read; asked again with more refused.

        Args:
            refused: The numbers of rows that were read and contradict others.
        """
        return ()

    def check(self, plans: Plans) -> Iterable[Contradiction]:  # noqa: ARG002 - for kinds whose rows cannot clash
        """Give what contradicts across rows, what is current included; asked again without the rows given."""
        return ()

    def summary(self, plans: Plans) -> str:  # noqa: ARG002 - for kinds whose counts tell all
        """Sum up in a sentence what the file's counts do not tell; empty where they tell all."""
        return ""

    def stops(self, plans: Plans) -> Sequence[Stop]:  # noqa: ARG002 - for kinds at which nobody need stop
        """Give at what a careful clerk would stop, the gravest first."""
        return ()

    def listings(self, plans: Plans) -> Sequence[Listing]:  # noqa: ARG002 - for kinds that have nothing to list
        """Give the lists that receipt and dry run show."""
        return ()

    def follow_up(self, now: datetime, by: str) -> Iterable[str]:  # noqa: ARG002 - for kinds from which nothing follows
        """Do what else follows from what was recorded; give a sentence on each thing that did."""
        return ()

    def current(self, table: StatedTable[F]) -> Current[F]:
        """Give what is current in a table; it is looked up once for a file."""
        if table not in self._current:
            self._current[table] = find_current(self._session, table)
        return self._current[table]

    def leave_out(self, table: StatedTable[F], row_id: int) -> F:
        """Count a row as not current from here on, and give what it says: something else is to stand in its place."""
        before = self.current(table)
        place = list(before.ids).index(row_id)
        ids, facts = list(before.ids), list(before.facts)
        del ids[place]
        said = facts.pop(place)
        self._current[table] = Current(table, ids, facts)
        return said

    def notice(self, row: Row, sentence: str) -> None:
        """Keep what a person should know of a row that is taken; what is said of many rows is said once."""
        self._noticed[sentence].append(row.number)

    def notices(self) -> Sequence[str]:
        """Give what was noticed while reading, one sentence each."""
        return [f"{_rows(numbers)}: {sentence}." for sentence, numbers in self._noticed.items()]


def _rows(numbers: Sequence[int]) -> str:
    return f"Row {numbers[0]}" if len(numbers) == 1 else f"Rows {listed(numbers, _ROWS_NAMED)}"
