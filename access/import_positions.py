"""Import the entity's jobs."""

from collections.abc import Sequence
from typing import ClassVar

from access.headings import DEPARTMENT_HEADINGS, TITLE_HEADINGS
from access.import_rows import AccessImporter
from access.stated import POSITIONS, StatedPosition
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row


class PositionImporter(AccessImporter):
    """Reads `position_code, title, department`."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn(
            "position_code",
            needed=True,
            also=("position number", "position no", "position id", "job code"),
            holds=Holds.ID,
        ),
        OurColumn("title", needed=True, also=TITLE_HEADINGS),
        OurColumn("department", needed=True, also=DEPARTMENT_HEADINGS),
    )
    tables: ClassVar[StatedTables] = (POSITIONS,)

    def read(self, row: Row) -> Sequence[StatedPosition]:
        """Read one position."""
        return [StatedPosition(row.text("position_code"), row.text("title"), row.text("department"))]
