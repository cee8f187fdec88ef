"""What the rows of a file state: typed facts, how they compare with what is current, and what of that would change."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sqlmodel import Session, select

from config.recorded import Recorded, current

# Each table has a class of its own, with a field for every column but the clocks, so that a misspelt column is found by
# the type checker and two facts compare as fast as two tuples.
Fact: TypeAlias = NamedTuple
F = TypeVar("F", bound=NamedTuple)

_READ_AT_ONCE = 10_000
_TEXTS_REMEMBERED = 20_000
CLOCK_COLUMNS = frozenset({"id", "recorded_at", "recorded_by", "superseded_at", "superseded_by", "restores"})


@dataclass(frozen=True)
class Owner:
    """Whose rows a table's rows are: a file that states an owner states all of its rows, so the others are closed.

    Args:
        table: The owner's table, one of the same import.
        key: Its column that the rows refer to.
        column: The rows' column that refers to it.
    """

    table: "StatedTable[Any]"
    key: str
    column: str


@dataclass(frozen=True, eq=False)
class StatedTable(Generic[F]):
    """A table of the record, and how what a file states of it is compared.

    Args:
        model: The table.
        fact: The class of what a file states of it.
        identity: The columns by which a stated row is the same fact as a recorded one.
        unique: Whether one identity can be current only once; where not, a file may state several, as with periods.
        folded: For columns that mean the same in several spellings, the form in which they compare; what differs in
            spelling only is unchanged.
        owner: Where the rows belong to rows of another table.
        subject: The columns of whom or what a file that replaces is the whole truth about.
        thing: The columns in which two rows agree that are about one thing; where they overlap, both hold.
        ends: The columns that end what a row says; to clear one opens it again.
    """

    model: type[Recorded]
    fact: type[F]
    identity: tuple[str, ...]
    unique: bool = True
    folded: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    owner: Owner | None = None
    subject: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that a fact states."""
        return tuple(self.fact._fields)

    @cached_property
    def identity_of(self) -> Callable[[tuple[object, ...]], object]:
        """Gives the identity of a fact in the form in which it compares."""
        return self.cells_of(self.identity)

    def cells_of(self, columns: Sequence[str]) -> Callable[[tuple[object, ...]], object]:
        """Give what gives some cells of a fact: one by itself, several as a tuple."""
        return itemgetter(*map(self.columns.index, columns))

    @cached_property
    def texts_of_indexes(self) -> tuple[tuple[int, str], ...]:
        """The place and name of each column of text that an index holds."""
        indexed = {column.name for column in _columns_of(self.model) if column.index}
        kinds = self.fact.__annotations__
        return tuple((place, name) for place, name in enumerate(self.columns) if name in indexed and kinds[name] is str)

    def compared(self, facts: Iterable[F]) -> Iterable[tuple[object, ...]]:
        """Give facts in the form in which they compare."""
        if not self.folded:
            return facts
        places = [(self.columns.index(name), form) for name, form in self._forms.items()]
        return (_folded(fact, places) for fact in facts)

    @cached_property
    def _forms(self) -> Mapping[str, Callable[[str], str]]:
        """The forms, each of which remembers what it folded: texts such as a system's name stand in many rows."""
        return {name: lru_cache(_TEXTS_REMEMBERED)(form) for name, form in self.folded.items()}


def _folded(fact: tuple[Any, ...], places: Iterable[tuple[int, Callable[[str], str]]]) -> tuple[object, ...]:
    cells = list(fact)
    for place, form in places:
        cells[place] = form(cells[place])
    return tuple(cells)


StatedTables: TypeAlias = tuple[StatedTable[Any], ...]


@dataclass
class Stated(Generic[F]):
    """Facts in a file's order, each with the number of the row that states it."""

    numbers: list[int] = field(default_factory=list)
    facts: list[F] = field(default_factory=list)

    def add(self, number: int, fact: F) -> None:
        """Add a row's fact."""
        self.numbers.append(number)
        self.facts.append(fact)

    def without(self, numbers: Mapping[int, object]) -> "Stated[F]":
        """Leave out some rows."""
        kept = [place for place, number in enumerate(self.numbers) if number not in numbers]
        return Stated([self.numbers[place] for place in kept], [self.facts[place] for place in kept])

    def __iter__(self) -> Iterator[tuple[int, F]]:
        return zip(self.numbers, self.facts, strict=True)

    def __len__(self) -> int:
        return len(self.facts)


class Current(Generic[F]):
    """What is current in a table, in the order in which it was recorded.

    Args:
        table: The table.
        ids: The rows' ids.
        facts: What each row says.
    """

    def __init__(self, table: StatedTable[F], ids: Sequence[int], facts: Sequence[F]) -> None:
        self.table, self.ids, self.facts = table, ids, facts

    @cached_property
    def known(self) -> Mapping[tuple[object, ...], F]:
        """Each fact by the form in which it compares."""
        return dict(zip(self.table.compared(self.facts), self.facts, strict=True))


@dataclass(frozen=True)
class Change(Generic[F]):
    """A recorded row that a file changes without stating it, as a complete list ends what it does not list.

    Args:
        before: What the row says.
        after: What it would say; None where nothing of it would stand.
        number: The row of the file that brings it about; None where none does.
    """

    table: StatedTable[F]
    before: F
    after: F | None
    number: int | None = None


@dataclass
class Plan(Generic[F]):
    """What an import would do to one table.

    Args:
        kept: What is current and stays so.
        closed: What is superseded, by the row's id: by a changed statement, by an owner that no longer has it, or as
            withdrawn.
        opened: What would be new.
        unstated: What a closed row becomes though no row of the file states it, by the closed row's id.
        replaced: Of what changes, the place among what is new -> the id of the row that it supersedes.
        withdrawn: The ids of those closed rows that a file which is the whole truth does not restate.
    """

    kept: Sequence[F] = ()
    closed: dict[int, F] = field(default_factory=dict)
    opened: Stated[F] = field(default_factory=Stated)
    unstated: dict[int, F] = field(default_factory=dict)
    replaced: dict[int, int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def then_current(self) -> Iterator[tuple[int | None, F]]:
        """Give all that would be current, each with the file's row that states it newly, None for what is so now."""
        for fact in self.kept:
            yield None, fact
        for fact in self.unstated.values():
            yield None, fact
        yield from self.opened

    def added(self) -> Iterator[tuple[int, F]]:
        """Give what is new and changes nothing that stands, each with the row that states it."""
        return (stated for place, stated in enumerate(self.opened) if place not in self.replaced)

    def changed(self) -> Iterator[tuple[int | None, F, F]]:
        """Give what changes: the row that states it, if one does, what stands of it so far, and what would stand."""
        for place, row_id in self.replaced.items():
            yield self.opened.numbers[place], self.closed[row_id], self.opened.facts[place]
        for row_id, fact in self.unstated.items():
            yield None, self.closed[row_id], fact


class Plans:
    """What an import would do, table by table."""

    def __init__(self, plans: Mapping[StatedTable[Any], Plan[Any]]) -> None:
        self._plans = plans

    def of(self, table: StatedTable[F]) -> Plan[F]:
        """Give what would be done to one of the import's tables."""
        return self._plans[table]

    def each(self) -> Iterable[tuple[StatedTable[Any], Plan[Any]]]:
        """Give every table with what would be done to it."""
        return self._plans.items()

    @property
    def change_nothing(self) -> bool:
        """Whether the record stays as it is."""
        return not any(plan.opened or plan.closed or plan.unstated for plan in self._plans.values())


def find_current(session: Session, table: StatedTable[F]) -> Current[F]:
    """Look up what is current in a table."""
    columns = {column.name: column for column in _columns_of(table.model)}
    chosen = select(columns["id"], *(columns[name] for name in table.columns)).where(current(table.model))
    # asked of the connection, as a session makes an object of its own of every row
    found = session.connection().execute(chosen.order_by(columns["id"]))
    ids, facts = array("q"), list[F]()
    for rows in found.partitions(_READ_AT_ONCE):
        ids.extend(row[0] for row in rows)
        facts.extend(table.fact._make(row[1:]) for row in rows)
    return Current(table, ids, facts)


def _columns_of(model: Any) -> Any:  # noqa: ANN401 - a table class has its columns at run time only
    return model.__table__.columns
