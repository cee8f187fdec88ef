"""Import who holds which designated office, when."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.models import Officer
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, RowRefused, StatedTable

OFFICES = ("responsible_authority", "compliance_official", "administrator", "hr_manager", "is_manager")
_IN_FULL = {"human_resources_manager": "hr_manager", "information_systems_manager": "is_manager"}


class OfficerImporter(AccessImporter):
    """Reads `office, employee_id, start, end?`."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("office", needed=True),
        Column("employee_id", needed=True),
        Column("start", needed=True, also=("start_date",)),
        Column("end", also=("end_date",)),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        Officer: StatedTable(identity=("office", "employee_id", "start"), unique=False)
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one period of office; of dates it is inclusive at both ends."""
        start, end = self._period(row, "start", "end")
        employee_id = self._known.employee(row, "employee_id")
        return [Fact(Officer, office=_office(row), employee_id=employee_id, start=start, end=end)]


def _office(row: Row) -> str:
    word = re.sub(r"[\s_\-]+", "_", row.text("office").casefold())
    office = _IN_FULL.get(word, word)
    if office not in OFFICES:
        raise RowRefused("office", f"is no designated office; expected one of {', '.join(OFFICES)}")
    return office
