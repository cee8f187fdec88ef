"""Import who holds which designated office, when."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.stated import OFFICERS, StatedOfficer
from config.tables.facts import StatedTables
from config.tables.grid import fold_heading
from config.tables.kind import Holds, OurColumn, Row, RowRefused
from config.tables.options import Option

OFFICES = ("responsible_authority", "compliance_official", "administrator", "hr_manager", "is_manager")
_IN_FULL = {"human_resources_manager": "hr_manager", "information_systems_manager": "is_manager"}


class OfficerImporter(AccessImporter):
    """Reads `office, employee_id, start, end?`."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("office", needed=True),
        OurColumn("employee_id", needed=True, holds=Holds.ID),
        OurColumn("start", needed=True, also=("start_date",), holds=Holds.DATE),
        OurColumn("end", also=("end_date",), holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (OFFICERS,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedOfficer]:
        """Read one period of office; of dates it is inclusive at both ends."""
        start, end = self._period(row, "start", "end")
        employee_id = self._known.employee(row, "employee_id")
        officer = StatedOfficer(office=_office(row), employee_id=employee_id, start=start, end=end)
        return self._completed(row, OFFICERS, officer)


def _office(row: Row) -> str:
    word = fold_heading(row.text("office")).replace(" ", "_")
    office = _IN_FULL.get(word, word)
    if office not in OFFICES:
        raise RowRefused("office", f"is no designated office; expected one of {', '.join(OFFICES)}")
    return office
