"""One way in for every table that a person gives: what a kind of import says of itself, and what it would change.

A kind of import says which columns it has and what a row states. Files are read by `read_rows.py`, compared with what
stands by `plan.py`, and recorded by `import_file.py`.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.database import Recorded, current

_ROWS_NAMED = 10


@dataclass(frozen=True)
class Column:
    """A column of ours.

    Args:
        name: What we call it.
        needed: Whether a file must have it, and each row must fill it.
        unless: A column that serves instead: a file that has it need not have this one.
        also: Other headings that mean the same; where a file has several of them, the first of these serves.
        empty_as: Texts, case-folded, by which exports mark a cell of it as empty.
    """

    name: str
    needed: bool = False
    unless: str = ""
    also: tuple[str, ...] = ()
    empty_as: tuple[str, ...] = ()


class RowRefused(Exception):  # noqa: N818 - a refusal is an answer
    """A row cannot be taken; the text completes the sentence that names file, row, column and value."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


@dataclass(frozen=True)
class Contradiction:
    """A row cannot be taken, by its number; the text completes the sentence that names file, row, column and value."""

    number: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """A row of the file by our columns; a column that the file lacks reads as empty.

    Args:
        number: As the person sees it in the file.
        cells: By our column.
        whole: All its cells as they stand, those of columns kept out included.
    """

    number: int
    cells: Mapping[str, str]
    whole: tuple[str, ...] = ()

    def text(self, column: str) -> str:
        """Give a cell's text, empty where there is none."""
        return self.cells.get(column, "")

    def states(self, column: str) -> bool:
        """Say whether the file has the column at all: what a file has no column for, it is silent about."""
        return column in self.cells

    def needed(self, column: str) -> str:
        """Give a cell that must be filled.

        Raises:
            RowRefused: It is empty.
        """
        if not self.text(column):
            raise RowRefused(column, "is empty, but every row needs it; fill the cell")
        return self.text(column)

    def read(self, column: str, reader: Callable[[str], "Any"]) -> Any:  # noqa: ANN401 - what the reader gives
        """Read a cell with a function that raises ValueError saying what was expected; None where it is empty.

        Raises:
            RowRefused: The function cannot read it.
        """
        if not self.text(column):
            return None
        try:
            return reader(self.text(column))
        except ValueError as error:
            raise RowRefused(column, f"cannot be read; expected {_expectation(error)}") from error


def _expectation(error: ValueError) -> str:
    text = str(error)
    return text if text.startswith(("a ", "an ", "one ", "the ")) else f"a value of the calendar ({text})"


class Fact(SimpleNamespace):
    """A row of one of our tables as a file states it, not recorded yet: every column of it but the clocks."""

    def __init__(self, model: type[Recorded], /, **columns: object) -> None:
        super().__init__(model=model, **columns)


@dataclass(frozen=True)
class Owner:
    """Whose rows a table's rows are: a file that states an owner states all of its rows, so the others are closed.

    Args:
        model: The owner's table, one of the same import.
        key: Its column that the rows refer to.
        column: The rows' column that refers to it.
    """

    model: type[Recorded]
    key: str
    column: str


@dataclass(frozen=True)
class StatedTable:
    """How the rows of one table are compared.

    Args:
        identity: The columns by which a stated row is the same fact as a recorded one.
        unique: Whether one identity can stand only once; where not, a file may state several, as with periods.
        folded: For columns that mean the same in several spellings, the form in which they compare; what differs in
            spelling only is unchanged.
        owner: Where the rows belong to rows of another table.
    """

    identity: tuple[str, ...]
    unique: bool = True
    folded: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    owner: Owner | None = None

    def values_of(self, row: Any, columns: Sequence[str]) -> tuple[object, ...]:  # noqa: ANN401 - a row of any table
        """Give some columns of a row in the form in which they compare."""
        return tuple(
            self.folded[name](getattr(row, name)) if name in self.folded else getattr(row, name) for name in columns
        )


@dataclass
class Plan:
    """What an import would do to one table.

    Args:
        kept: Rows that stand and stay.
        closed: Rows that a changed statement, or an owner that no longer has them, supersedes.
        opened: New rows, each with the number of the file's row that states it.
    """

    kept: list[Any] = field(default_factory=list)
    closed: list[Any] = field(default_factory=list)
    opened: list[tuple[int, Fact]] = field(default_factory=list)

    def standing(self) -> list[tuple[int | None, Any]]:
        """Give all rows that would stand, each with the file's row that states it newly, None for older ones."""
        return [*((None, row) for row in self.kept), *self.opened]


Plans = dict[type[Recorded], Plan]


def standing_rows(session: Session, model: Any) -> Sequence[Any]:  # noqa: ANN401 - a table of any kind
    """Load what stands in a table as plain rows, which is several times faster than objects that a session tracks."""
    columns = model.__table__.columns
    return session.execute(select(*columns).where(current(model)).order_by(columns.id)).all()


class Importer(ABC):
    """What a kind of import says of itself; made anew for each file.

    Args:
        session: Where it looks up what stands.
        zone: The entity's zone, in which dates are read.
    """

    columns: ClassVar[tuple[Column, ...]]
    tables: ClassVar[Mapping[type[Recorded], StatedTable]]

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        self._session = session
        self._zone = zone
        self._noticed: dict[str, list[int]] = defaultdict(list)

    def look_over(self, rows: Sequence[Row]) -> Iterable[Contradiction]:  # noqa: ARG002 - for kinds that need no look
        """See all rows before the first is read; give those that only the whole file shows to be at fault."""
        return ()

    @abstractmethod
    def read(self, row: Row) -> Sequence[Fact]:
        """Give what a row of the file states.

        Raises:
            RowRefused: The row cannot be taken.
        """

    def check(self, plans: Plans) -> Iterable[Contradiction]:  # noqa: ARG002 - for kinds whose rows cannot clash
        """Give what contradicts across rows, those that stand already included; asked again without the rows given."""
        return ()

    def notice(self, row: Row, sentence: str) -> None:
        """Keep what a person should know of a row that is taken; what is said of many rows is said once."""
        self._noticed[sentence].append(row.number)

    def notices(self) -> Sequence[str]:
        """Give what was noticed while reading, one sentence each."""
        return [f"{_rows(numbers)}: {sentence}." for sentence, numbers in self._noticed.items()]


def _rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]}"
    named = ", ".join(map(str, numbers[:_ROWS_NAMED]))
    more = f" and {len(numbers) - _ROWS_NAMED:,} more" if len(numbers) > _ROWS_NAMED else ""
    return f"Rows {named}{more}"


def normal_words(text: str) -> str:
    """Give the form in which names and titles are compared: case does not count, nor do blanks beyond one."""
    return " ".join(text.split()).casefold()
