"""Import what the few designated officers' specified duties are: which data, what for, and when."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.stated import OFFICER_DUTIES, StatedOfficerDuty
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row
from config.tables.options import Option
from config.texts import compare_form

ALL_SERIES = "*"


class OfficerDutyImporter(AccessImporter):
    """Reads `employee_id, series, duty, start, end, recorded_at?`; series may be `*`."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", needed=True, holds=Holds.ID),
        OurColumn("series", needed=True, holds=Holds.ID),
        OurColumn("duty", needed=True),
        OurColumn("start", needed=True, also=("start_date",), holds=Holds.DATE),
        OurColumn("end", needed=True, also=("end_date",), holds=Holds.DATE),
        OurColumn("recorded_at", holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (OFFICER_DUTIES,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedOfficerDuty]:
        """Read one specified duty; its period of dates is inclusive at both ends."""
        start, end = self._bounded_period(row, "start", "end")
        employee_id = self._known.employee(row, "employee_id")
        if self._known.officers.find(employee_id) is None:
            self.notice(
                row, "the employee holds no designated office here, so the duty covers nothing until that is imported"
            )
        duty = StatedOfficerDuty(
            employee_id=employee_id,
            series=ALL_SERIES if compare_form(row.text("series")) == ALL_SERIES else self._known.series(row, "series"),
            duty=row.text("duty"),
            start=start,
            end=end,
            stated_recorded_at=self._recorded_at(row),
        )
        return self._completed(row, OFFICER_DUTIES, duty)
