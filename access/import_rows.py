"""What the imports of this folder share: looking up who and what a cell names, reading periods, actions, purposes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from access.leave_standing import StandingRows
from access.models import Employee, Officer
from access.rules import ACTIONS, UNMAPPED_ACTION
from access.stated import POSITIONS, StatedPosition
from config.clock import read_end, read_start
from config.database import Recorded, current
from config.errors import Refusal
from config.tables.facts import F, StatedTable, find_current
from config.tables.kind import Importer, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions
from config.texts import compare_form
from inventory.models import DataSeries
from inventory.queries import SeriesNames, is_live

_DATES_KEPT = 50_000
_LISTS_KEPT = 5_000


class Known:
    """What the record knows now of employees, positions and data series, each looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def employees(self) -> Collection[str]:
        """Every employee's id."""
        return self._texts(col(Employee.employee_id), Employee)

    @cached_property
    def officers(self) -> Collection[str]:
        """The id of every employee who holds, held or will hold a designated office."""
        return self._texts(col(Officer.employee_id), Officer)

    @cached_property
    def positions(self) -> Collection[str]:
        """Every position's code."""
        return {position.position_code for position in self._positions}

    @cached_property
    def titles(self) -> dict[str, list[str]]:
        """The codes of the positions of each title, in the form in which titles compare."""
        codes: dict[str, list[str]] = defaultdict(list)
        for position in self._positions:
            codes[compare_form(position.title)].append(position.position_code)
        return codes

    @cached_property
    def departments(self) -> dict[str, str]:
        """Every department as positions write it: exactly, and in the form in which departments compare."""
        names = [position.department for position in self._positions]
        return {compare_form(name): name for name in reversed(names)} | {name: name for name in names}

    @cached_property
    def _positions(self) -> Collection[StatedPosition]:
        return find_current(self._session, POSITIONS).facts

    @cached_property
    def _series(self) -> SeriesNames:
        return SeriesNames(list(self._session.exec(select(DataSeries).where(current(DataSeries)))))

    def _texts(self, column: Mapped[str], model: type[Recorded]) -> Collection[str]:
        return set(self._session.scalars(select(column).where(current(model))))

    def employee(self, row: Row, column: str) -> str:
        """Give the employee's id that a cell names.

        Raises:
            RowRefused: No employee has it.
        """
        if row.text(column) not in self.employees:
            raise RowRefused(column, "is no known employee_id; import the employee first, or correct the id")
        return row.text(column)

    def position(self, row: Row, column: str) -> str:
        """Give the position's code that a cell names.

        Raises:
            RowRefused: No position has it.
        """
        if row.text(column) not in self.positions:
            raise RowRefused(column, "is no known position_code; import the position first, or correct the code")
        return row.text(column)

    def series(self, row: Row, column: str) -> str:
        """Give the code of the data series whose code or exact name a cell gives.

        Raises:
            RowRefused: The inventory has none, or several, of that name.
        """
        try:
            return self._series.find(row.text(column)).code
        except Refusal as refusal:
            raise RowRefused(column, f"cannot be used: {str(refusal).rstrip('.')}") from refusal


class AccessImporter(Importer):
    """An import whose rows name employees, positions, data series, and periods in the entity's zone."""

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._known = Known(session)
        self._standing: dict[StatedTable[Any], StandingRows[Any]] = {}
        # a table's dates repeat
        self._read_start = lru_cache(_DATES_KEPT)(lambda text: read_start(text, zone))
        self._read_end = lru_cache(_DATES_KEPT)(lambda text: read_end(text, zone))

    def _period(self, row: Row, start: str, end: str) -> tuple[datetime | None, datetime | None]:
        """Read a period [start, end) from two cells; empty means always, or open-ended (DOMAIN section 2).

        Raises:
            RowRefused: A cell cannot be read, or the period ends before it starts.
        """
        begins, ends = row.read(start, self._read_start), row.read(end, self._read_end)
        if begins is not None and ends is not None:
            if ends < begins:
                raise RowRefused(end, f"is before the start, {row.text(start)}; a period cannot end before it starts")
            if ends == begins:
                self.notice(row, "the period ends as it begins, so it never holds; check its dates")
        return begins, ends

    def _completed(self, row: Row, table: StatedTable[F], fact: F) -> Sequence[F]:
        """Give what a row states, with what stands wherever the file has no column.

        Raises:
            RowRefused: It is not told which of several rows that stand is meant.
        """
        if table not in self._standing:
            absent = [column.name for column in self.columns if not (column.needed or row.states(column.name))]
            self._standing[table] = StandingRows(self.current(table), absent, is_live=is_live(self._session))
        standing = self._standing[table]
        return [fact] if standing.count_nothing else standing.complete(row, fact)

    def _bounded_period(self, row: Row, start: str, end: str) -> tuple[datetime, datetime]:
        """Read a period that must have both ends.

        Raises:
            RowRefused: A cell is empty or cannot be read, or the period ends before it starts.
        """
        row.needed(start)
        row.needed(end)
        return cast("tuple[datetime, datetime]", self._period(row, start, end))

    def _first_moment(self, row: Row, column: str) -> datetime | None:
        """Read an instant; a date means its first moment, an empty cell none.

        Raises:
            RowRefused: The cell cannot be read.
        """
        return row.read(column, self._read_start)

    def _actions(self, row: Row) -> str:
        """Read actions, `;`-separated or `*`, in the stated order of actions.

        Raises:
            RowRefused: A word is no action.
        """
        actions, names_other = _read_actions(row.text("actions"))
        if not actions:
            expected = f"expected * or some of {', '.join(ACTIONS)}, with ; between"
            raise RowRefused("actions", f"is no list of actions; {expected}")
        if names_other:
            self.notice(
                row, f'"{UNMAPPED_ACTION}" among the actions covers nothing; only * covers what no profile names'
            )
        return actions


def purposes_of(row: Row) -> str:
    """Read purposes, `;`-separated, trimmed and case-folded; empty means any (`*`)."""
    return _read_purposes(row.text("purposes"))


@lru_cache(_LISTS_KEPT)
def _read_purposes(text: str) -> str:
    words = sorted({word.strip().casefold() for word in text.split(";")} - {""})
    return "*" if not words or "*" in words else ";".join(words)


@lru_cache(_LISTS_KEPT)
def _read_actions(text: str) -> tuple[str, bool]:
    """Give a list of actions in their stated order, nothing where it is none, and whether it names `other`."""
    words = {compare_form(word) for word in text.split(";")} - {""}
    if "*" in words:
        return "*", False
    if words - set(ACTIONS):
        return "", False
    return ";".join(action for action in ACTIONS if action in words), UNMAPPED_ACTION in words
