"""Import what the few designated officers' specified duties are: which data, what for, and when."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.models import OfficerDuty
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, StatedTable

ALL_SERIES = "*"


class OfficerDutyImporter(AccessImporter):
    """Reads `employee_id, series, duty, start, end, recorded_at?`; series may be `*`."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee_id", needed=True),
        Column("series", needed=True),
        Column("duty", needed=True),
        Column("start", needed=True, also=("start_date",)),
        Column("end", needed=True, also=("end_date",)),
        Column("recorded_at"),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        OfficerDuty: StatedTable(identity=("employee_id", "series", "duty", "start"), unique=False)
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one specified duty; its period of dates is inclusive at both ends."""
        start, end = self._period(row, "start", "end")
        employee_id = self._known.employee(row, "employee_id")
        if employee_id not in self._known.officers:
            self.notice(
                row, "the employee holds no designated office here, so the duty covers nothing until that is imported"
            )
        duty = Fact(
            OfficerDuty,
            employee_id=employee_id,
            series=ALL_SERIES if row.text("series") == ALL_SERIES else self._known.series(row, "series"),
            duty=row.text("duty"),
            start=start,
            end=end,
            stated_recorded_at=self._first_moment(row, "recorded_at"),
        )
        return [duty]
