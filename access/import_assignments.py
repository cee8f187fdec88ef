"""Import which employee holds which position, when."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.models import Assignment
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, StatedTable


class AssignmentImporter(AccessImporter):
    """Reads `employee_id, position_code, start_date, end_date?, recorded_at?`.

    Periods of one position may overlap or reach beyond employment: their union holds, and employment bounds it.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee_id", needed=True),
        Column("position_code", needed=True),
        Column("start_date", needed=True),
        Column("end_date"),
        Column("recorded_at"),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        Assignment: StatedTable(identity=("employee_id", "position_code", "start"), unique=False)
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one assignment; its period of dates is inclusive at both ends."""
        start, end = self._period(row, "start_date", "end_date")
        assignment = Fact(
            Assignment,
            employee_id=self._known.employee(row, "employee_id"),
            position_code=self._known.position(row, "position_code"),
            start=start,
            end=end,
            stated_recorded_at=self._first_moment(row, "recorded_at"),
        )
        return [assignment]
