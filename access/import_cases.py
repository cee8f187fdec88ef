"""Import a list of cases, by which the case numbers that people give as their reason are known."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.stated import CASES, StatedCase
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row


class CaseImporter(AccessImporter):
    """Reads `case_number, system?, opened?, closed?`; a case without a system is one for the logs of any."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn(
            "case_number",
            needed=True,
            also=("case", "case no", "case #", "incident", "incident number", "file number"),
            holds=Holds.ID,
        ),
        OurColumn("system", also=("system name", "application")),
        OurColumn("opened", also=("open date", "date opened", "reported", "start"), holds=Holds.DATE),
        OurColumn("closed", also=("close date", "date closed", "end"), holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (CASES,)

    def read(self, row: Row) -> Sequence[StatedCase]:
        """Read one case; of dates its period is inclusive at both ends."""
        start, end = self._period(row, "opened", "closed")
        case = StatedCase(case_number=row.text("case_number"), system=row.text("system"), start=start, end=end)
        return self._completed(row, CASES, case)
