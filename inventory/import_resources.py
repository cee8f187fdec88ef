"""Import which data series the resources in a system's logs belong to."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import ClassVar, TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.errors import Refusal
from config.own_source import OWN_KEPT, is_own
from config.recorded import current
from config.tables.facts import StatedTables
from config.tables.kind import Holds, Importer, OurColumn, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions
from config.texts import compare_form, shortened
from inventory.bracket_patterns import LITERAL_BRACKET, brackets_in_words, meant_literally, with_literal_brackets
from inventory.match_resources import IGNORE, PUBLIC
from inventory.models import DataSeries
from inventory.series_names import SeriesNames
from inventory.stated import PATTERNS, StatedPattern

# Gives the resources with brackets in their names that the logs of a system hold.
SeenResources: TypeAlias = Callable[[str], Collection[str]]


def _nothing_seen(_system: str) -> Collection[str]:
    return ()


class ResourceImporter(Importer):
    """Reads `system, pattern, series`.

    A pattern with brackets is taken with a notice of what it matches, and refused where the logs name what it would
    match if its brackets stood for themselves.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("system", needed=True, also=("system name", "application")),
        OurColumn("pattern", needed=True, also=("resource", "resource pattern")),
        OurColumn("series", needed=True, holds=Holds.ID),
    )
    tables: ClassVar[StatedTables] = (PATTERNS,)

    def __init__(
        self,
        session: Session,
        zone: ZoneInfo,
        options: ImportOptions = AS_IT_IS,
        seen: SeenResources = _nothing_seen,
    ) -> None:
        super().__init__(session, zone, options)
        self._series = SeriesNames(list(session.exec(select(DataSeries).where(current(DataSeries)))))
        self._seen = cache(seen)

    def read(self, row: Row) -> Sequence[StatedPattern]:
        """Read one pattern and what it maps to."""
        system, pattern = row.text("system"), row.text("pattern")
        if not compare_form(pattern):
            raise RowRefused("pattern", "holds nothing that can be seen; write a pattern")
        if "[" in pattern:
            self._look_at_brackets(row, system, pattern)
        stated = StatedPattern(system, pattern, self._target(row.text("series")))
        if is_own(system) and stated not in self.current(PATTERNS).facts:
            raise RowRefused("system", OWN_KEPT)
        return [stated]

    def _look_at_brackets(self, row: Row, system: str, pattern: str) -> None:
        resource = meant_literally(pattern, self._seen(system))
        if resource is not None:
            raise RowRefused(
                "pattern",
                f'does not match "{shortened(resource)}" of the logs of {shortened(system)}, as its brackets are a set '
                f"of characters; write {LITERAL_BRACKET} for a bracket: {shortened(with_literal_brackets(pattern))}",
            )
        self.notice(row, brackets_in_words(pattern))

    def _target(self, text: str) -> str:
        word = compare_form(text)
        if word in {PUBLIC, IGNORE}:
            return word
        try:
            return self._series.find(text).code
        except Refusal as refusal:
            hint = f'"{PUBLIC}" and "{IGNORE}" are allowed too'
            raise RowRefused("series", f"cannot be used: {str(refusal).rstrip('.')}; {hint}") from refusal
