"""Import the 13.025 inventory: data series with their classes, citations and the parts of their work access text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.database import Recorded
from config.tables.kind import (
    Column,
    Contradiction,
    Fact,
    Importer,
    Owner,
    Row,
    StatedTable,
    normal_words,
    standing_rows,
)
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
from inventory.models import DataSeries, WorkAccessPart
from inventory.rules import read_classes, split_work_access
from inventory.series_codes import find_codes

_ISSUES_SHOWN = 20
# Of each column that a file may lack, where its text stands in the record.
_TEXTS = {
    "description": "description",
    "classification": "classification_text",
    "citation": "citation_text",
    "work_access": "work_access_text",
    "department": "department",
    "systems": "systems",
    "retention": "retention",
    "purpose": "purpose",
}


class InventoryImporter(Importer):
    """Reads `name, description?, classification, citation?, work_access?, code?, department?, systems?, ...`.

    A class, citation or work access that is missing or cannot be read is an issue to resolve, never a row lost. A
    series without a code is the recorded one of the same name and department, else it gets a code from its name.
    What the file has no column for stays as it is recorded.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", needed=True, also=NAME_HEADINGS),
        Column("description", also=DESCRIPTION_HEADINGS),
        Column("classification", also=CLASSIFICATION_HEADINGS),
        Column("citation", also=CITATION_HEADINGS),
        Column("work_access", also=WORK_ACCESS_HEADINGS),
        Column("code", also=CODE_HEADINGS),
        Column("department", also=DEPARTMENT_HEADINGS),
        Column("systems", also=SYSTEMS_HEADINGS),
        Column("retention", also=RETENTION_HEADINGS),
        Column("purpose", also=PURPOSE_HEADINGS),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        DataSeries: StatedTable(identity=("code",)),
        WorkAccessPart: StatedTable(
            identity=("series", "part"), folded={"part": str.casefold}, owner=Owner(DataSeries, "code", "series")
        ),
    }

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__(session, zone)
        self._recorded = {row.code: row for row in standing_rows(session, DataSeries)}
        self._names = {normal_words(row.name) for row in self._recorded.values()}
        self._codes: Mapping[int, str] = {}
        self._issues: list[Issue] = []

    def look_over(self, rows: Sequence[Row]) -> Iterable[Contradiction]:
        """Find the code of every series: as given, as recorded, or made from its name."""
        found = find_codes(rows, list(self._recorded.values()))
        self._codes = found.codes
        return found.contradictions

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one series, and the parts of its work access text."""
        code = self._codes[row.number]
        recorded = self._recorded.get(code)
        if recorded is None and row.text("code") and normal_words(row.text("name")) in self._names:
            self.notice(row, "a series of this name is recorded with another code; both stand")
        texts = {
            field: row.text(column) if recorded is None or row.states(column) else getattr(recorded, field)
            for column, field in _TEXTS.items()
        }
        parts = split_work_access(texts["work_access_text"])
        return [
            self._series(code, row.text("name"), texts),
            *(Fact(WorkAccessPart, series=code, part=one) for one in parts),
        ]

    def notices(self) -> Sequence[str]:
        """Give the inventory's issues, counted by kind, and the first of them as sentences."""
        return [*super().notices(), *_issues_in_short(self._issues)]

    def _series(self, code: str, name: str, texts: Mapping[str, str]) -> Fact:
        classes = read_classes(texts["classification_text"])
        citations = read_citations(texts["citation_text"])
        series = SeriesText(
            code=code,
            name=name,
            classification=texts["classification_text"],
            citation=texts["citation_text"],
            classes=classes,
            citations=citations,
            description=texts["description"],
            work_access=texts["work_access_text"],
        )
        self._issues += inventory_issues(series)
        return Fact(
            DataSeries,
            code=code,
            name=name,
            classes="; ".join(classes.classes),
            unreadable_classes="; ".join(classes.unreadable),
            citations="; ".join(map(str, citations.citations)),
            unreadable_citations="; ".join(citations.unreadable),
            **texts,
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
