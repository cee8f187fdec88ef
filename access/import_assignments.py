"""Import which employee holds which position, when."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.stated import ASSIGNMENTS, StatedAssignment
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row
from config.tables.options import Option


class AssignmentImporter(AccessImporter):
    """Reads `employee_id, position_code, start_date, end_date?, recorded_at?`.

    Periods of one position may overlap or reach beyond employment: their union holds, and employment bounds it.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", needed=True, holds=Holds.ID),
        OurColumn("position_code", needed=True, holds=Holds.ID),
        OurColumn("start_date", needed=True, holds=Holds.DATE),
        OurColumn("end_date", holds=Holds.DATE),
        OurColumn("recorded_at", holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (ASSIGNMENTS,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedAssignment]:
        """Read one assignment; its period of dates is inclusive at both ends."""
        start, end = self._period(row, "start_date", "end_date")
        assignment = StatedAssignment(
            employee_id=self._known.employee(row, "employee_id"),
            position_code=self._known.position(row, "position_code"),
            start=start,
            end=end,
            stated_recorded_at=self._recorded_at(row),
        )
        return self._completed(row, ASSIGNMENTS, assignment)
