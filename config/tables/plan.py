"""Work out what a file would change in the record, table by table; refuse the rows that contradict others."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.tables.compare import Comparison, Outcome, add_changes, compare, stronger
from config.tables.facts import Change, Plans, Stated, StatedTable
from config.tables.kind import Contradiction, Importer, Row
from config.tables.read_rows import FactsByTable, ReadFile, refused_row, rows_numbered
from config.texts import shortened


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do.

    Args:
        read: The file; rows that contradict others are among the refused ones.
        plans: What changes, table by table.
        outcomes: What becomes of each row that is taken; one that is not here stays unchanged.
    """

    read: ReadFile
    plans: Plans
    outcomes: Mapping[int, Outcome]


_Compared = Mapping[StatedTable[Any], Comparison]


def plan_import(
    importer: Importer, read: ReadFile, watch: Callable[[], None], *, replace_others: bool = False
) -> ImportPlan:
    """Work out what a file would change, refusing the rows that contradict others until none does.

    Args:
        importer: The kind of import.
        read: The file.
        watch: Looks between the tables whether there is memory enough.
        replace_others: The file is the whole truth about each subject that it names.
    """
    stated = read.stated
    refused: dict[int, Contradiction] = {}
    while True:
        compared = _compare_tables(importer, stated, watch, replace_others=replace_others)
        _add_changes(importer, compared, refused)
        plans = Plans({table: comparison.plan for table, comparison in compared.items()})
        found = _contradictions(importer, read, stated, compared, plans)
        if not found:
            return ImportPlan(_without(read, importer, refused), plans, _outcomes(compared))
        for contradiction in found:
            refused.setdefault(contradiction.number, contradiction)
        stated = {table: facts.without(refused) for table, facts in read.stated.items()}


def _compare_tables(
    importer: Importer, stated: FactsByTable, watch: Callable[[], None], *, replace_others: bool
) -> _Compared:
    compared = {}
    for table in importer.tables:
        owners = stated[table.owner.table] if table.owner else None
        current = importer.current(table)
        watch()
        compared[table] = compare(current, stated[table], owners, watch, replace_others=replace_others)
    return compared


def _add_changes(importer: Importer, compared: _Compared, refused: Mapping[int, Contradiction]) -> None:
    """Add what changes though no row states it."""
    changes: dict[StatedTable[Any], list[Change[Any]]] = defaultdict(list)
    for change in importer.changes(refused):
        changes[change.table].append(change)
    for table, of_table in changes.items():
        add_changes(compared[table], importer.current(table), of_table)


def _outcomes(compared: _Compared) -> Mapping[int, Outcome]:
    first, *others = [comparison.outcomes for comparison in compared.values()]
    for outcomes in others:
        for number, outcome in outcomes.items():
            first[number] = stronger(first.get(number), outcome)
    return first


def _contradictions(
    importer: Importer, read: ReadFile, stated: FactsByTable, compared: _Compared, plans: Plans
) -> Sequence[Contradiction]:
    if plans.change_nothing:
        return ()  # what says nothing new contradicts nothing: what is current was looked at when it was recorded
    return _clashes(importer, read, stated, compared) or tuple(importer.check(plans))


def _clashes(importer: Importer, read: ReadFile, stated: FactsByTable, compared: _Compared) -> Sequence[Contradiction]:
    """Give the rows that say otherwise of one thing than an earlier row of the file, each once."""
    clashes: dict[int, _Clash] = {}
    for table, comparison in compared.items():
        for place, first in comparison.clashes:
            clash = _Clash(table, stated[table], place, first)
            clashes.setdefault(clash.number, clash)
    numbers = {number for clash in clashes.values() for number in (clash.number, clash.earlier)}
    rows = rows_numbered(read.table, importer, read.columns, numbers) if clashes else {}
    return [clash.contradiction(importer, rows) for clash in clashes.values()]


class _Clash:
    """A row says otherwise of one thing than an earlier row."""

    def __init__(self, table: StatedTable[Any], stated: Stated[Any], place: int, first: int) -> None:
        self.number, self.earlier = stated.numbers[place], stated.numbers[first]
        self._table, self._fact, self._first = table, stated.facts[place], stated.facts[first]

    def contradiction(self, importer: Importer, rows: Mapping[int, Row]) -> Contradiction:
        """Say in which column, and what the earlier row says there."""
        row, earlier = rows[self.number], rows[self.earlier]
        column = self._column(importer, row, earlier)
        said = f'"{shortened(earlier.text(column))}"' if earlier.text(column) else "nothing"
        values = ((name, getattr(self._first, name)) for name in self._table.identity)
        named = ", ".join(f"{name} {shortened(value)}" for name, value in values if value and isinstance(value, str))
        clash = f"contradicts row {self.earlier}, which says {said} of {named}; keep one of the two"
        return Contradiction(self.number, column, clash if row.text(column) else f"is empty; it {clash}")

    def _column(self, importer: Importer, row: Row, earlier: Row) -> str:
        fields = {
            name
            for name in self._table.columns
            if name not in self._table.identity and getattr(self._fact, name) != getattr(self._first, name)
        }
        differing = [column.name for column in importer.columns if row.text(column.name) != earlier.text(column.name)]
        # a column mostly has its field's name; where it has not, what is said of the other column is true as well
        return next((name for name in differing if name in fields or f"{name}_text" in fields), [*differing, ""][0])


def _without(read: ReadFile, importer: Importer, refused: Mapping[int, Contradiction]) -> ReadFile:
    """Move rows from those that are taken to those that are refused."""
    if not refused:
        return read
    rows = rows_numbered(read.table, importer, read.columns, refused.keys())
    late = {number: refused_row(read.table, read.columns, rows[number], fault) for number, fault in refused.items()}
    taken = [number for number in read.taken if number not in refused]
    return replace(read, taken=taken, refused={**read.refused, **late})
