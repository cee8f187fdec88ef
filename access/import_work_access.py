"""Import the statements that a holder's work assignment reasonably requires a data series."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.import_rows import AccessImporter, purposes_of
from access.models import WorkAccess
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, RowRefused, StatedTable

HOLDER_TYPES = ("position", "department", "employee", "everyone")
_EVERYONE = {"", "*", "-", "all", "all employees", "every employee", "everybody", "everyone"}


class WorkAccessImporter(AccessImporter):
    """Reads `series, holder_type, holder, actions, purposes?, start_date?, end_date?, authority?, recorded_at?`."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("series", needed=True),
        Column("holder_type", needed=True),
        Column("holder"),
        Column("actions", needed=True),
        Column("purposes"),
        Column("start_date"),
        Column("end_date"),
        Column("authority"),
        Column("recorded_at"),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        WorkAccess: StatedTable(
            identity=("series", "holder_type", "holder", "actions", "purposes", "start"), unique=False
        )
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one statement; its period of dates is inclusive at both ends."""
        start, end = self._period(row, "start_date", "end_date")
        holder_type = row.text("holder_type").casefold()
        access = Fact(
            WorkAccess,
            series=self._known.series(row, "series"),
            holder_type=holder_type,
            holder=self._holder(row, holder_type),
            actions=self._actions(row),
            purposes=purposes_of(row),
            start=start,
            end=end,
            authority=row.text("authority"),
            stated_recorded_at=self._first_moment(row, "recorded_at"),
        )
        return [access]

    def _holder(self, row: Row, holder_type: str) -> str:
        """Give the holder as grants name it: a position's code, a department, an employee's id, or nothing."""
        if holder_type not in HOLDER_TYPES:
            raise RowRefused("holder_type", f"is no kind of holder; expected one of {', '.join(HOLDER_TYPES)}")
        if holder_type == "everyone":
            return _nobody_in_particular(row)
        if not row.text("holder"):
            raise RowRefused("holder", f"is empty; name the {holder_type} that has this work access")
        if holder_type == "employee":
            return self._known.employee(row, "holder")
        return self._position(row) if holder_type == "position" else self._department(row)

    def _position(self, row: Row) -> str:
        holder = row.text("holder")
        if holder in self._known.positions:
            return holder
        codes = self._known.titles.get(holder.casefold(), [])
        if len(codes) > 1:
            raise RowRefused("holder", f"is the title of several positions; give the code of one: {_some(codes)}")
        if not codes:
            raise RowRefused("holder", "is no position's code or title; import the position first, or correct it")
        return codes[0]

    def _department(self, row: Row) -> str:
        names = self._known.departments
        holder = row.text("holder")
        name = names.get(holder) or names.get(holder.casefold())
        if name is None:
            raise RowRefused("holder", "is the department of no position; import its positions first, or correct it")
        return name


def _nobody_in_particular(row: Row) -> str:
    if row.text("holder").casefold() not in _EVERYONE:
        raise RowRefused("holder", "is named although everyone holds this; empty the cell, or change the holder_type")
    return ""


def _some(codes: Sequence[str]) -> str:
    shown = 10
    return ", ".join(codes[:shown]) + (f" and {len(codes) - shown} more" if len(codes) > shown else "")
