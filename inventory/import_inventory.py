"""Import the 13.025 inventory: data series with their classes, citations and the parts of their work access text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.tables.facts import Fact, StatedTables
from config.tables.kind import Contradiction, Holds, Importer, OurColumn, Row
from config.tables.options import AS_IT_IS, ImportOptions
from config.texts import compare_form
from inventory.citations import read_citations
from inventory.headings import (
    CITATION_HEADINGS,
    CLASSIFICATION_HEADINGS,
    CODE_HEADINGS,
    DEPARTMENT_HEADINGS,
    DESCRIPTION_HEADINGS,
    NAME_HEADINGS,
    PURPOSE_HEADINGS,
    RETENTION_HEADINGS,
    SYSTEMS_HEADINGS,
    WORK_ACCESS_HEADINGS,
)
from inventory.issues import Issue, SeriesText, inventory_issues
from inventory.rules import read_classes, split_work_access
from inventory.series_codes import find_codes
from inventory.stated import PARTS, SERIES, StatedPart, StatedSeries

_ISSUES_SHOWN = 20
_NOTHING_RECORDED = StatedSeries(*("" for _ in StatedSeries._fields))


class InventoryImporter(Importer):
    """Reads `name, description?, classification, citation?, work_access?, code?, department?, systems?, ...`.

    A class, citation or work access that is missing or cannot be read is an issue to resolve, never a row lost. A
    series without a code is the recorded one of the same name and department, else it gets a code from its name.
    What the file has no column for stays as it is recorded.
    """

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("name", needed=True, also=NAME_HEADINGS),
        OurColumn("description", also=DESCRIPTION_HEADINGS),
        OurColumn("classification", also=CLASSIFICATION_HEADINGS),
        OurColumn("citation", also=CITATION_HEADINGS),
        OurColumn("work_access", also=WORK_ACCESS_HEADINGS),
        OurColumn("code", also=CODE_HEADINGS, holds=Holds.ID),
        OurColumn("department", also=DEPARTMENT_HEADINGS),
        OurColumn("systems", also=SYSTEMS_HEADINGS),
        OurColumn("retention", also=RETENTION_HEADINGS),
        OurColumn("purpose", also=PURPOSE_HEADINGS),
    )
    tables: ClassVar[StatedTables] = (SERIES, PARTS)

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._recorded = {series.code: series for series in self.current(SERIES).facts}
        self._names = {compare_form(series.name) for series in self._recorded.values()}
        self._codes: Mapping[int, str] = {}
        self._issues: list[Issue] = []

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:
        """Find the code of every series: as given, as recorded, or made from its name."""
        found = find_codes(list(rows), list(self._recorded.values()))
        self._codes = found.codes
        return found.contradictions

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one series, and the parts of its work access text."""
        code = self._codes[row.number]
        if code not in self._recorded and row.text("code") and compare_form(row.text("name")) in self._names:
            self.notice(row, "a series of this name is recorded with another code; both stand")
        series = self._series(row, code, self._recorded.get(code, _NOTHING_RECORDED))
        return [series, *(StatedPart(code, part) for part in split_work_access(series.work_access_text))]

    def notices(self) -> Sequence[str]:
        """Give the inventory's issues, counted by kind, and the first of them as sentences."""
        return [*super().notices(), *_issues_in_short(self._issues)]

    def _series(self, row: Row, code: str, recorded: StatedSeries) -> StatedSeries:
        classification = row.text("classification", recorded.classification_text)
        citation = row.text("citation", recorded.citation_text)
        classes, citations = read_classes(classification), read_citations(citation)
        text = SeriesText(
            code=code,
            name=row.text("name"),
            classification=classification,
            citation=citation,
            classes=classes,
            citations=citations,
            description=row.text("description", recorded.description),
            work_access=row.text("work_access", recorded.work_access_text),
        )
        self._issues += inventory_issues(text)
        return StatedSeries(
            code=code,
            name=text.name,
            description=text.description,
            classification_text=text.classification,
            classes="; ".join(classes.classes),
            unreadable_classes="; ".join(classes.unreadable),
            citation_text=text.citation,
            citations="; ".join(map(str, citations.citations)),
            unreadable_citations="; ".join(citations.unreadable),
            work_access_text=text.work_access,
            department=row.text("department", recorded.department),
            systems=row.text("systems", recorded.systems),
            retention=row.text("retention", recorded.retention),
            purpose=row.text("purpose", recorded.purpose),
        )


def _issues_in_short(issues: Sequence[Issue]) -> list[str]:
    if not issues:
        return []
    counted = Counter(issue.kind.replace("_", " ") for issue in issues)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in counted.most_common())
    sentences = [issue.sentence for issue in issues[:_ISSUES_SHOWN]]
    more = len(issues) - _ISSUES_SHOWN
    rest = [f"And {more:,} more issues; the inventory workbook lists them all."] if more > 0 else []
    return [f"Inventory issues to resolve: {kinds}.", *sentences, *rest]
