"""Import the 13.025 inventory: data series with their classes, citations and the parts of their work access text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.tables.dates import DateColumns, Side
from config.tables.facts import Fact, Plan, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, Importer, OurColumn, Row
from config.tables.listings import Entry, Listing
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
_NOTHING_RECORDED = StatedSeries._make([*("" for _ in StatedSeries._fields[:-1]), None])


class InventoryImporter(Importer):
    """Reads `name, description?, classification, citation?, work_access?, code?, department?, systems?, ...`.

    A class, citation or work access that is missing or cannot be read is an issue to resolve, never a row lost. A
    series without a code is the recorded one of the same name and department, else it gets a code from its name.
    What the file has no column for stays as it is recorded, and so does a series that is not in the file: it is listed.
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
        OurColumn("retired", also=("retired on", "date retired", "retirement date"), holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (SERIES, PARTS)

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._recorded = {series.code: series for series in self.current(SERIES).facts}
        self._names = {compare_form(series.name) for series in self._recorded.values()}
        self._codes: Mapping[int, str] = {}
        self._issues: list[Issue] = []
        self._dates = DateColumns(zone, (), ())

    def look_over(self, rows: Iterable[Row]) -> Iterable[Contradiction]:
        """Find the code of every series: as given, as recorded, or made from its name."""
        self._dates = DateColumns(self.zone, ("retired",), rows)
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
        return [*super().notices(), *self._dates.notices(), *_issues_in_short(self._issues)]

    def listings(self, plans: Plans) -> Sequence[Listing]:
        """Give which series are renamed, which classes are lost, and which series the file does not have."""
        found = (
            Listing("renamed", list(_renamed(plans.of(SERIES)))),
            Listing(
                "with classes that cannot be read",
                list(_lost_classes(plans.of(SERIES))),
                "what was written, and what of it can be read; until it is resolved, the series counts as not public.",
            ),
            Listing("recorded but not in this file", list(self._missing()), "they stay as they are."),
        )
        return [listing for listing in found if listing.entries]

    def _missing(self) -> Iterator[Entry]:
        stated = {compare_form(code) for code in self._codes.values()}
        for code, series in self._recorded.items():
            if compare_form(code) not in stated and series.retired is None:
                yield Entry(None, code, series.name)

    def _retired(self, row: Row, recorded: StatedSeries) -> datetime | None:
        if not row.states("retired"):
            return recorded.retired
        found = self._dates.read(row, "retired", Side.MOMENT)
        return found and found.instant

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
            retired=self._retired(row, recorded),
        )


def _renamed(plan: Plan[StatedSeries]) -> Iterator[Entry]:
    for number, before, series in plan.changed():
        if compare_form(before.name) != compare_form(series.name):
            yield Entry(number, series.code, before.name, series.name)


def _lost_classes(plan: Plan[StatedSeries]) -> Iterator[Entry]:
    for number, series in plan.opened:
        if series.unreadable_classes:
            read = series.classes or "nothing"
            yield Entry(number, f"{series.code} {series.name}", series.classification_text, read)


def _issues_in_short(issues: Sequence[Issue]) -> list[str]:
    if not issues:
        return []
    counted = Counter(issue.kind.replace("_", " ") for issue in issues)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in counted.most_common())
    sentences = [issue.sentence for issue in issues[:_ISSUES_SHOWN]]
    more = len(issues) - _ISSUES_SHOWN
    rest = [f"And {more:,} more issues; the report inventory-issues lists them all."] if more > 0 else []
    return [f"Inventory issues to resolve: {kinds}.", *sentences, *rest]
