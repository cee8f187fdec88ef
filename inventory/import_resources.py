"""Import which data series the resources in a system's logs belong to."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.database import Recorded, current
from config.errors import Refusal
from config.tables.kind import Column, Fact, Importer, Row, RowRefused, StatedTable
from inventory.match_resources import IGNORE, PUBLIC
from inventory.models import DataSeries, ResourcePattern
from inventory.queries import SeriesNames


class ResourceImporter(Importer):
    """Reads `system, pattern, series`.

    The words `public` and `ignore` come before a series that is really called so; give such a series' code instead.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("system", needed=True, also=("system name", "application")),
        Column("pattern", needed=True, also=("resource", "resource pattern")),
        Column("series", needed=True),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        ResourcePattern: StatedTable(identity=("system", "pattern"), folded={"system": str.casefold})
    }

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__(session, zone)
        self._series = SeriesNames(list(session.exec(select(DataSeries).where(current(DataSeries)))))

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one pattern and what it maps to."""
        return [
            Fact(
                ResourcePattern,
                system=row.text("system"),
                pattern=row.text("pattern"),
                series=self._target(row.text("series")),
            )
        ]

    def _target(self, text: str) -> str:
        if text.casefold() in (PUBLIC, IGNORE):
            return text.casefold()
        try:
            return self._series.find(text).code
        except Refusal as refusal:
            hint = f'"{PUBLIC}" and "{IGNORE}" are allowed too'
            raise RowRefused("series", f"cannot be used: {str(refusal).rstrip('.')}; {hint}") from refusal
