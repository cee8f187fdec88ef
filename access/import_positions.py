"""Import the entity's jobs."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from access.headings import DEPARTMENT_HEADINGS, TITLE_HEADINGS
from access.import_rows import AccessImporter
from access.stated import POSITIONS, StatedPosition
from config.spellings import Spellings
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

    @cached_property
    def _codes(self) -> Spellings:
        return Spellings(position.position_code for position in self.current(POSITIONS).facts)

    def read(self, row: Row) -> Sequence[StatedPosition]:
        """Read one position."""
        return [StatedPosition(self._codes.of(row.text("position_code")), row.text("title"), row.text("department"))]
