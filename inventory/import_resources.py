"""Import which data series the resources in a system's logs belong to."""

from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.database import current
from config.errors import Refusal
from config.tables.facts import StatedTables
from config.tables.kind import Holds, Importer, OurColumn, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions
from config.texts import compare_form
from inventory.match_resources import IGNORE, PUBLIC
from inventory.models import DataSeries
from inventory.queries import SeriesNames
from inventory.stated import PATTERNS, StatedPattern


class ResourceImporter(Importer):
    """Reads `system, pattern, series`.

    The words `public` and `ignore` come before a series that is really called so; give such a series' code instead.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("system", needed=True, also=("system name", "application")),
        OurColumn("pattern", needed=True, also=("resource", "resource pattern")),
        OurColumn("series", needed=True, holds=Holds.ID),
    )
    tables: ClassVar[StatedTables] = (PATTERNS,)

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._series = SeriesNames(list(session.exec(select(DataSeries).where(current(DataSeries)))))

    def read(self, row: Row) -> Sequence[StatedPattern]:
        """Read one pattern and what it maps to."""
        return [StatedPattern(row.text("system"), row.text("pattern"), self._target(row.text("series")))]

    def _target(self, text: str) -> str:
        word = compare_form(text)
        if word in {PUBLIC, IGNORE}:
            return word
        try:
            return self._series.find(text).code
        except Refusal as refusal:
            hint = f'"{PUBLIC}" and "{IGNORE}" are allowed too'
            raise RowRefused("series", f"cannot be used: {str(refusal).rstrip('.')}; {hint}") from refusal
