"""A recorded series as judgements about its text want it."""

from inventory.citations import ReadCitations, read_citations
from inventory.issues import SeriesText
from inventory.models import DataSeries
from inventory.rules import Classification, ReadClasses


def series_text(row: DataSeries, work_access: str) -> SeriesText:
    """Give a series' row with what was read in it.

    Args:
        work_access: Its work access text, or what stands for it where the record says it otherwise.
    """
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
