"""A recorded series as judgements about its text want it, what they say of it, and its name as reports write it."""

from zoneinfo import ZoneInfo

from config.clock import start_text
from inventory.citations import ReadCitations, read_citations
from inventory.issues import Issue, IssueKind, SeriesText, inventory_issues
from inventory.models import DataSeries
from inventory.rules import Classification, ReadClasses, required_by_13_025
from reports.access_by_record import AccessByRecord

_CLASS_LOST = {IssueKind.CLASS_MISSING, IssueKind.CLASS_UNREADABLE, IssueKind.CLASS_CELL_CUT_OFF}


def issues_of(row: DataSeries, access: AccessByRecord) -> tuple[Issue, ...]:
    """Say what is wrong or doubtful in a series' row; work access is missing where the record has none either."""
    return inventory_issues(_series_text(row, access.stated(row)))


def required(row: DataSeries) -> str:
    """Say whether 13.025 requires the series: yes, no, or unknown where a class is missing, lost or unreadable."""
    text = _series_text(row, row.work_access_text)
    if required_by_13_025(text.classes.classes):
        return "yes"
    return "unknown" if _CLASS_LOST & {issue.kind for issue in inventory_issues(text)} else "no"


def name_of(row: DataSeries, zone: ZoneInfo) -> str:
    """Give a series' name, and from when on it is retired where it is."""
    return f"{row.name} (retired from {start_text(row.retired, zone)} on)" if row.retired else row.name


def _series_text(row: DataSeries, work_access: str) -> SeriesText:
    citations = read_citations(row.citations).citations
    return SeriesText(
        code=row.code,
        name=row.name,
        classification=row.classification_text,
        citation=row.citation_text,
        classes=ReadClasses(tuple(map(Classification, _split(row.classes))), _split(row.unreadable_classes)),
        citations=ReadCitations(citations, _split(row.unreadable_citations)),
        description=row.description,
        work_access=work_access,
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("; ")) if joined else ()
