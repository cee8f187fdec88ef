"""A row of an inventory, sound by default, and the kinds of what is pointed out in it."""

from inventory.catalogue import AppliesTo
from inventory.citations import read_citations
from inventory.issues import Issue, SeriesText
from inventory.rules import (
    read_classes,
    series_code,
)


def a_row(
    *,
    name: str = "Personnel Data",
    classification: str = "Private",
    citation: str = "Minn. Stat. 13.43 subd. 4",
    work_access: str = "Payroll Clerk",
    applies_to: AppliesTo | None = None,
) -> SeriesText:
    return SeriesText(
        code=series_code(name, ()),
        name=name,
        classification=classification,
        citation=citation,
        classes=read_classes(classification),
        citations=read_citations(citation),
        work_access=work_access,
        applies_to=applies_to,
    )


def kinds(issues: tuple[Issue, ...]) -> list[str]:
    return [issue.kind.value for issue in issues]
