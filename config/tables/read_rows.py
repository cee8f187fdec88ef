"""Read what each row of a table states; no row is lost, a refused one keeps its reason."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.tables.damage import damage_to_id
from config.tables.facts import Fact, Stated, StatedTable
from config.tables.find_columns import FoundColumns
from config.tables.kind import NEEDED, Contradiction, Holds, Importer, Row, RowRefused
from config.tables.read_file import TableFile, TableRow
from config.tables.refused_rows import RefusedRow
from config.texts import compare_form
from config.visible import visible

# PostgreSQL's index takes 2,704 bytes of a row, and a character is up to four.
_LONGEST_KEY = 500
# What a cell of a workbook holds: a longer text could not be shown in any report.
_LONGEST_TEXT = 32_767
_REPEATED_HEADINGS = "it repeats the headings, as where files were put together; delete it"

FactsByTable = Mapping[StatedTable[Any], Stated[Any]]


@dataclass(frozen=True)
class ReadFile:
    """A table that was read.

    Args:
        taken: The numbers of the rows that are taken.
        stated: What they state.
        refused: The other rows, by number.
        notices: What was noticed, one sentence each.
    """

    table: TableFile
    columns: FoundColumns
    taken: Sequence[int]
    stated: FactsByTable
    refused: Mapping[int, RefusedRow]
    notices: tuple[str, ...]


def read_rows(table: TableFile, importer: Importer, columns: FoundColumns) -> ReadFile:
    """Read what each row of a table states; a row that cannot be taken is kept with its reason.

    The file is read row by row, and once more for a kind that looks over all rows: only what is stated is kept.
    """
    rows = _Rows(table, importer, columns)
    at_fault = {fault.number: fault for fault in importer.look_over(rows)}
    reading = _Reading(rows, importer)
    reading.take_all(at_fault)
    notices = (*table.notices, *reading.left_out(), *columns.notices, *importer.notices())
    return ReadFile(table, columns, reading.taken, reading.stated, reading.refused, notices)


def rows_numbered(
    table: TableFile, importer: Importer, columns: FoundColumns, numbers: Collection[int]
) -> dict[int, Row]:
    """Read some sound rows of a table once more, by their numbers."""
    return {row.number: row for row in _Rows(table, importer, columns) if row.number in numbers}


def refused_row(table: TableFile, columns: FoundColumns, row: Row, fault: Contradiction) -> RefusedRow:
    """Say of a row why it is not taken."""
    heading = columns.heading_of.get(fault.column, "")
    value = row.text(fault.column)
    return RefusedRow(
        *(table.name, row.number, fault.column, heading, value, fault.reason, row.whole),
        may_correct=fault.may_correct,
    )


class _Rows:
    """A table's rows by the columns of an importer."""

    def __init__(self, table: TableFile, importer: Importer, columns: FoundColumns) -> None:
        self.table, self.columns = table, columns
        places = columns.places
        self._first, self._headings = min(places.values(), default=0), frozenset(table.headings)
        # of a column that may be missing where another serves, each row is the importer's to judge
        needed = (column for column in importer.columns if column.needed and column.unless not in places)
        self._needed = [(column.name, places[column.name]) for column in needed]
        self._ids = [
            (column.name, places[column.name])
            for column in importer.columns
            if column.holds is Holds.ID and column.name in places
        ]
        self._marks = [
            (places[column.name], column.empty_as)
            for column in importer.columns
            if column.empty_as and column.name in places
        ]
        self._longest_mark = max((len(mark) for _, marks in self._marks for mark in marks), default=0)

    def __iter__(self) -> Iterator[Row]:
        """Give the rows that have nothing wrong by themselves."""
        for found in self.table.rows():
            if not found.fault:
                row = self.row(found)
                if not self.fault(row):
                    yield row

    def row(self, found: TableRow) -> Row:
        """Give a row by our columns, with cells empty that are marked so."""
        texts, longest = found.texts, self._longest_mark
        if not all(map(str.isascii, texts)):  # a cell of which nothing can be seen is empty
            texts = tuple(text if visible(text).strip() else "" for text in texts)
        if self.columns.constants:
            texts = (*texts, *self.columns.constants)
        for place, marks in self._marks:
            text = texts[place]
            if 0 < len(text) <= longest and compare_form(text) in marks:
                texts = (*texts[:place], "", *texts[place + 1 :])
        return Row(found.number, texts, self.columns.places, found.texts)

    def fault(self, row: Row) -> Contradiction | None:
        """Give what is wrong with a row by itself: headings once more, or a cell that is empty, damaged or too long."""
        if row.texts[self._first] in self._headings and self._repeats_headings(row):
            return Contradiction(row.number, "", _REPEATED_HEADINGS)
        for column, place in self._needed:
            if not row.texts[place]:
                return Contradiction(row.number, column, NEEDED)
        for column, place in self._ids:
            if damage := damage_to_id(row.texts[place]):
                return Contradiction(row.number, column, damage)
        if len(max(row.texts, key=len)) > _LONGEST_TEXT:
            for column, place in self.columns.places.items():
                if len(row.texts[place]) > _LONGEST_TEXT:
                    return Contradiction(row.number, column, _too_long(row.texts[place], _LONGEST_TEXT))
        return None

    def _repeats_headings(self, row: Row) -> bool:
        places = [place for place in self.columns.places.values() if place < len(self.table.headings)]
        return len(places) > 1 and all(row.texts[place] == self.table.headings[place] for place in places)


class _Reading:
    """What the rows of a table come to."""

    def __init__(self, rows: _Rows, importer: Importer) -> None:
        self.taken: list[int] = []
        self.stated = {table: Stated[Any]() for table in importer.tables}
        self.refused: dict[int, RefusedRow] = {}
        self._rows, self._importer = rows, importer
        self._by_class = {
            table.fact: (facts, table.texts_of_indexes, self._known(table)) for table, facts in self.stated.items()
        }
        self._unnamed = [place for place, heading in enumerate(rows.table.headings) if not heading]
        self._first_unnamed: dict[int, int] = {}

    def take_all(self, at_fault: Mapping[int, Contradiction]) -> None:
        """Keep what each row states, or why it is refused."""
        for found in self._rows.table.rows():
            for place in self._unnamed:
                if any(found.texts[place : place + 1]):
                    self._first_unnamed.setdefault(place, found.number)
            if found.fault:
                self._importer.put_aside(None)
                self.refused[found.number] = _refused_whole(self._rows.table.name, found)
                continue
            row = self._rows.row(found)
            fault = self._rows.fault(row) or at_fault.get(row.number) or self._take(row)
            if fault:
                self._importer.put_aside(row)
                self.refused[row.number] = refused_row(self._rows.table, self._rows.columns, row, fault)

    def left_out(self) -> Iterable[str]:
        """Say what content has no heading."""
        return (self._rows.table.left_out(self._first_unnamed),) if self._first_unnamed else ()

    def _known(self, table: StatedTable[Any]) -> Mapping[tuple[object, ...], Any]:
        """Give what is current, so that what a file restates is not held twice."""
        return {} if table.folded else self._importer.current(table).known

    def _take(self, row: Row) -> Contradiction | None:
        """Keep what a row states; give why it cannot be taken."""
        try:
            facts = self._importer.read(row)
            for fact in facts:
                _refuse_long_keys(fact, self._by_class[type(fact)][1])
        except RowRefused as refusal:
            return Contradiction(row.number, refusal.column, refusal.reason)
        for fact in facts:
            stated, _, known = self._by_class[type(fact)]
            stated.add(row.number, known.get(fact, fact))
        self.taken.append(row.number)
        return None


def _refused_whole(name: str, found: TableRow) -> RefusedRow:
    return RefusedRow(name, found.number, "", "", "", found.fault, source=found.source)


def _refuse_long_keys(fact: Fact, indexed: Sequence[tuple[int, str]]) -> None:
    """Refuse ids, codes and names that are longer than every database's index holds.

    Raises:
        RowRefused: One of them is.
    """
    for place, name in indexed:
        if len(fact[place]) > _LONGEST_KEY:
            raise RowRefused(name, _too_long(fact[place], _LONGEST_KEY))


def _too_long(text: str, most: int) -> str:
    return f"has {len(text):,} characters; shorten it to {most:,} at most"
