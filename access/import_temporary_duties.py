"""Import the work assignments that managers give to one employee for a limited time."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.import_rows import AccessImporter, purposes_of
from access.models import TemporaryDuty
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, StatedTable


class TemporaryDutyImporter(AccessImporter):
    """Reads `employee_id, series, actions, purposes?, start, end, granted_by, reason, recorded_at?, revoked_at?`."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee_id", needed=True),
        Column("series", needed=True),
        Column("actions", needed=True),
        Column("purposes"),
        Column("start", needed=True, also=("start_date",)),
        Column("end", needed=True, also=("end_date",)),
        Column("granted_by", needed=True),
        Column("reason", needed=True),
        Column("recorded_at"),
        Column("revoked_at"),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        TemporaryDuty: StatedTable(identity=("employee_id", "series", "actions", "purposes", "start"), unique=False)
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one duty; its period of dates is inclusive at both ends, a date of revocation means its first moment."""
        start, end = self._period(row, "start", "end")
        grantor = row.text("granted_by")
        if grantor == row.text("employee_id"):
            self.notice(row, "the employee granted the duty to themselves; check who assigned the work")
        elif grantor not in self._known.employees:
            self.notice(row, "granted_by is no employee_id, so nobody can look up who assigned the work")
        duty = Fact(
            TemporaryDuty,
            employee_id=self._known.employee(row, "employee_id"),
            series=self._known.series(row, "series"),
            actions=self._actions(row),
            purposes=purposes_of(row),
            start=start,
            end=end,
            granted_by=grantor,
            reason=row.text("reason"),
            stated_recorded_at=self._first_moment(row, "recorded_at"),
            revoked_at=self._first_moment(row, "revoked_at"),
        )
        return [duty]
