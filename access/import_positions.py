"""Import the entity's jobs."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from access.headings import DEPARTMENT_HEADINGS, TITLE_HEADINGS
from access.import_rows import AccessImporter
from access.models import Position
from config.database import Recorded
from config.tables.kind import Column, Fact, Row, StatedTable


class PositionImporter(AccessImporter):
    """Reads `position_code, title, department`."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("position_code", needed=True, also=("position number", "position no", "position id", "job code")),
        Column("title", needed=True, also=TITLE_HEADINGS),
        Column("department", needed=True, also=DEPARTMENT_HEADINGS),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {Position: StatedTable(identity=("position_code",))}

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one position."""
        return [Fact(Position, **{column.name: row.text(column.name) for column in self.columns})]
