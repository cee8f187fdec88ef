"""What the imports of this folder share: looking up who and what a cell names, reading periods, actions, purposes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from access.leave_standing import StandingRows
from access.models import Employee, Officer
from access.rules import ACTIONS, UNMAPPED_ACTION, normal_purposes
from access.stated import POSITIONS, StatedPosition
from config.errors import Refusal
from config.recorded import Recorded, current
from config.spellings import Spellings
from config.tables.dates import DateColumns, Side
from config.tables.facts import F, StatedTable, find_current
from config.tables.kind import Contradiction, Holds, Importer, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions
from config.texts import compare_form
from inventory.models import DataSeries
from inventory.queries import is_live
from inventory.series_names import SeriesNames

_LISTS_KEPT = 5_000


class Known:
    """What the record knows now of employees, positions and data series, each looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def employees(self) -> Spellings:
        """Every employee's id."""
        return self._texts(col(Employee.employee_id), Employee)

    @cached_property
    def officers(self) -> Spellings:
        """The id of every employee who holds, held or will hold a designated office."""
        return self._texts(col(Officer.employee_id), Officer)

    @cached_property
    def positions(self) -> Spellings:
        """Every position's code."""
        return Spellings(position.position_code for position in self._positions)

    @cached_property
    def titles(self) -> dict[str, list[str]]:
        """The codes of the positions of each title, in the form in which titles compare."""
        codes: dict[str, list[str]] = defaultdict(list)
        for position in self._positions:
            codes[compare_form(position.title)].append(position.position_code)
        return codes

    @cached_property
    def departments(self) -> dict[str, str]:
        """Every department as positions write it first, by the form in which departments compare."""
        return {compare_form(name): name for name in reversed([position.department for position in self._positions])}

    @cached_property
    def _positions(self) -> Collection[StatedPosition]:
        return find_current(self._session, POSITIONS).facts

    @cached_property
    def _series(self) -> SeriesNames[DataSeries]:
        return SeriesNames(list(self._session.exec(select(DataSeries).where(current(DataSeries)))))

    def _texts(self, column: Mapped[str], model: type[Recorded]) -> Spellings:
        return Spellings(self._session.scalars(select(column).where(current(model))))

    def employee(self, row: Row, column: str) -> str:
        """Give the employee's id that a cell names, as it is recorded.

        Raises:
            RowRefused: No employee has it.
        """
        found = self.employees.find(row.text(column))
        if found is None:
            raise RowRefused(column, "is no known employee_id; import the employee first, or correct the id")
        return found

    def position(self, row: Row, column: str) -> str:
        """Give the position's code that a cell names, as it is recorded.

        Raises:
            RowRefused: No position has it.
        """
        found = self.positions.find(row.text(column))
        if found is None:
            raise RowRefused(column, "is no known position_code; import the position first, or correct the code")
        return found

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
        self._dates = self._dates_of(())

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:
        """Let the whole of a column tell in which order its dates have day and month."""
        self._dates = self._dates_of(rows)
        return ()

    def notices(self) -> Sequence[str]:
        """Give what was noticed, of how dates were read as well."""
        return [*super().notices(), *self._dates.notices()]

    def _dates_of(self, rows: Iterable[Row]) -> DateColumns:
        names = [column.name for column in self.columns if column.holds is Holds.DATE]
        return DateColumns(self.zone, names, rows)

    def _period(self, row: Row, start: str, end: str) -> tuple[datetime | None, datetime | None]:
        """Read a period [start, end) from two cells; empty means always, or open-ended (DOMAIN section 2).

        Raises:
            RowRefused: A cell cannot be read, or the period ends before it starts.
        """
        starts, ends = self._dates.read(row, start, Side.START), self._dates.read(row, end, Side.END)
        first, after = starts and starts.instant, ends and ends.instant
        if first and after and ends and after <= first:
            # of a date the last moment counts, so one that ends as the period begins is the day before
            if after < first or ends.is_day:
                raise RowRefused(end, f"is before the start, {row.text(start)}; a period cannot end before it starts")
            self.notice(row, "the period ends at the instant at which it begins, so it never holds")
        return first, after

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
        first, after = self._period(row, start, end)
        if first is None or after is None:
            open_side = start if first is None else end
            raise RowRefused(open_side, "is how systems leave a side of a period open, but this one needs both")
        return first, after

    def _first_moment(self, row: Row, column: str) -> datetime | None:
        """Read an instant; a date means its first moment, an empty cell none.

        Raises:
            RowRefused: The cell cannot be read.
        """
        found = self._dates.read(row, column, Side.MOMENT)
        return found and found.instant

    def _recorded_at(self, row: Row) -> datetime | None:
        """Read when a file says that a row was recorded; of a date its first moment, None where it says nothing.

        Raises:
            RowRefused: The cell cannot be read.
        """
        found = self._dates.read(row, "recorded_at", Side.MOMENT)
        if found and found.instant is None:
            raise RowRefused("recorded_at", "is no time at which anything was recorded; correct it, or empty the cell")
        return found and found.instant

    def _actions(self, row: Row) -> str:
        """Read actions, `;`-separated or `*`, in the stated order of actions.

        Raises:
            RowRefused: A word is no action.
        """
        actions, names_other = read_actions(row.text("actions"))
        if not actions:
            expected = f"expected * or some of {', '.join(ACTIONS)}, with ; between"
            raise RowRefused("actions", f"is no list of actions; {expected}")
        if names_other:
            self.notice(
                row, f'"{UNMAPPED_ACTION}" among the actions covers nothing; only * covers what no profile names'
            )
        return actions


def purposes_of(row: Row) -> str:
    """Read purposes, `;`-separated, in the form in which they compare; empty means any (`*`)."""
    return _read_purposes(row.text("purposes"))


_read_purposes = lru_cache(_LISTS_KEPT)(normal_purposes)


@lru_cache(_LISTS_KEPT)
def read_actions(text: str) -> tuple[str, bool]:
    """Give a list of actions in their stated order, nothing where it is none, and whether it names `other`."""
    words = {compare_form(word) for word in text.split(";")} - {""}
    if "*" in words:
        return "*", False
    if words - set(ACTIONS):
        return "", False
    return ";".join(action for action in ACTIONS if action in words), UNMAPPED_ACTION in words
