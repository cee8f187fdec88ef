"""Import the statements that a holder's work assignment reasonably requires a data series."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter, purposes_of
from access.stated import WORK_ACCESS, StatedWorkAccess
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row, RowRefused
from config.tables.options import Option
from config.texts import compare_form, listed

HOLDER_TYPES = ("position", "department", "employee", "everyone")
_CODES_SHOWN = 10
_EVERYONE = {"", "*", "-", "all", "all employees", "every employee", "everybody", "everyone"}


class WorkAccessImporter(AccessImporter):
    """Reads `series, holder_type, holder, actions, purposes?, start_date?, end_date?, authority?, recorded_at?`."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("series", needed=True, holds=Holds.ID),
        OurColumn("holder_type", needed=True),
        OurColumn("holder", holds=Holds.ID),
        OurColumn("actions", needed=True),
        OurColumn("purposes"),
        OurColumn("start_date", holds=Holds.DATE),
        OurColumn("end_date", holds=Holds.DATE),
        OurColumn("authority"),
        OurColumn("recorded_at", holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (WORK_ACCESS,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedWorkAccess]:
        """Read one statement; its period of dates is inclusive at both ends."""
        start, end = self._period(row, "start_date", "end_date")
        holder_type = compare_form(row.text("holder_type"))
        access = StatedWorkAccess(
            series=self._known.series(row, "series"),
            holder_type=holder_type,
            holder=self._holder(row, holder_type),
            actions=self._actions(row),
            purposes=purposes_of(row),
            start=start,
            end=end,
            authority=row.text("authority"),
            stated_recorded_at=self._recorded_at(row),
        )
        return self._completed(row, WORK_ACCESS, access)

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
        known = self._known.positions.find(holder)
        if known is not None:
            return known
        codes = self._known.titles.get(compare_form(holder), [])
        if len(codes) > 1:
            raise RowRefused(
                "holder", f"is the title of several positions; give the code of one: {listed(codes, _CODES_SHOWN)}"
            )
        if not codes:
            raise RowRefused("holder", "is no position's code or title; import the position first, or correct it")
        return codes[0]

    def _department(self, row: Row) -> str:
        name = self._known.departments.get(compare_form(row.text("holder")))
        if name is None:
            raise RowRefused("holder", "is the department of no position; import its positions first, or correct it")
        return name


def _nobody_in_particular(row: Row) -> str:
    if compare_form(row.text("holder")) not in _EVERYONE:
        raise RowRefused("holder", "is named although everyone holds this; empty the cell, or change the holder_type")
    return ""
