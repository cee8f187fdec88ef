"""Import the work assignments that managers give to one employee for a limited time."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter, purposes_of
from access.stated import TEMPORARY_DUTIES, StatedTemporaryDuty
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row
from config.tables.options import Option


class TemporaryDutyImporter(AccessImporter):
    """Reads `employee_id, series, actions, purposes?, start, end, granted_by, reason, recorded_at?, revoked_at?`."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", needed=True, holds=Holds.ID),
        OurColumn("series", needed=True, holds=Holds.ID),
        OurColumn("actions", needed=True),
        OurColumn("purposes"),
        OurColumn("start", needed=True, also=("start_date",), holds=Holds.DATE),
        OurColumn("end", needed=True, also=("end_date",), holds=Holds.DATE),
        OurColumn("granted_by", needed=True, holds=Holds.ID),
        OurColumn("reason", needed=True),
        OurColumn("recorded_at", holds=Holds.DATE),
        OurColumn("revoked_at", holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (TEMPORARY_DUTIES,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedTemporaryDuty]:
        """Read one duty; its period of dates is inclusive at both ends, a date of revocation means its first moment."""
        start, end = self._bounded_period(row, "start", "end")
        employee_id, grantor = self._known.employee(row, "employee_id"), row.text("granted_by")
        grantor = self._known.employees.find(grantor) or grantor
        if grantor == employee_id:
            self.notice(row, "the employee granted the duty to themselves; check who assigned the work")
        elif self._known.employees.find(grantor) is None:
            self.notice(row, "granted_by is no employee_id, so nobody can look up who assigned the work")
        duty = StatedTemporaryDuty(
            employee_id=employee_id,
            series=self._known.series(row, "series"),
            actions=self._actions(row),
            purposes=purposes_of(row),
            start=start,
            end=end,
            granted_by=grantor,
            reason=row.text("reason"),
            stated_recorded_at=self._recorded_at(row),
            revoked_at=self._first_moment(row, "revoked_at"),
        )
        return self._completed(row, TEMPORARY_DUTIES, duty)
