"""What the imports of this folder share: looking up who and what a cell names, reading periods, actions, purposes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from access.models import Employee, Officer, Position
from access.rules import ACTIONS, UNMAPPED_ACTION
from config.clock import read_end, read_start
from config.database import current
from config.errors import Refusal
from config.tables.kind import Importer, Row, RowRefused, standing_rows
from inventory.models import DataSeries
from inventory.queries import SeriesNames


class Known:
    """What the record knows now of employees, positions and data series, each looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def employees(self) -> Collection[str]:
        """Every employee's id."""
        return {row.employee_id for row in standing_rows(self._session, Employee)}

    @cached_property
    def officers(self) -> Collection[str]:
        """The id of every employee who holds, held or will hold a designated office."""
        return {row.employee_id for row in standing_rows(self._session, Officer)}

    @cached_property
    def positions(self) -> Collection[str]:
        """Every position's code."""
        return {row.position_code for row in standing_rows(self._session, Position)}

    @cached_property
    def titles(self) -> dict[str, list[str]]:
        """The codes of the positions of each title, case-folded."""
        codes: dict[str, list[str]] = defaultdict(list)
        for row in standing_rows(self._session, Position):
            codes[row.title.casefold()].append(row.position_code)
        return codes

    @cached_property
    def departments(self) -> dict[str, str]:
        """Every department as positions write it: exactly, and case-folded."""
        names = [row.department for row in standing_rows(self._session, Position)]
        return {name.casefold(): name for name in reversed(names)} | {name: name for name in names}

    @cached_property
    def _series(self) -> SeriesNames:
        return SeriesNames(list(self._session.exec(select(DataSeries).where(current(DataSeries)))))

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

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__(session, zone)
        self._known = Known(session)

    def _period(self, row: Row, start: str, end: str) -> tuple[datetime | None, datetime | None]:
        """Read a period [start, end) from two cells; empty means always, or open-ended (DOMAIN section 2).

        Raises:
            RowRefused: A cell cannot be read, or the period ends before it starts.
        """
        begins = self._first_moment(row, start)
        ends = cast("datetime | None", row.read(end, lambda text: read_end(text, self._zone)))
        if begins is not None and ends is not None:
            if ends < begins:
                raise RowRefused(end, f"is before the start, {row.text(start)}; a period cannot end before it starts")
            if ends == begins:
                self.notice(row, "the period ends as it begins, so it never holds; check its dates")
        return begins, ends

    def _first_moment(self, row: Row, column: str) -> datetime | None:
        """Read an instant; a date means its first moment, an empty cell none.

        Raises:
            RowRefused: The cell cannot be read.
        """
        return cast("datetime | None", row.read(column, lambda text: read_start(text, self._zone)))

    def _actions(self, row: Row) -> str:
        """Read actions, `;`-separated or `*`, in the stated order of actions.

        Raises:
            RowRefused: A word is no action.
        """
        words = {word.strip().casefold() for word in row.text("actions").split(";")} - {""}
        if "*" in words:
            return "*"
        if not words or words - set(ACTIONS):
            expected = f"expected * or some of {', '.join(ACTIONS)}, with ; between"
            raise RowRefused("actions", f"is no list of actions; {expected}")
        if UNMAPPED_ACTION in words:
            self.notice(
                row, f'"{UNMAPPED_ACTION}" among the actions covers nothing; only * covers what no profile names'
            )
        return ";".join(action for action in ACTIONS if action in words)


def purposes_of(row: Row) -> str:
    """Read purposes, `;`-separated, trimmed and case-folded; empty means any (`*`)."""
    words = sorted({word.strip().casefold() for word in row.text("purposes").split(";")} - {""})
    return "*" if not words or "*" in words else ";".join(words)
