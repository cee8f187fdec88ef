"""How tests read a laid out report: its sheets' rows by their headings, its cover's facts and paragraphs."""

from reports.about import About
from reports.sheets import CellValue, Cover, Sheet
from tests.importing import CHICAGO
from tests.town import MARCH_10, NOW

ABOUT = About(entity="Town of Elm", zone=CHICAGO, produced_at=NOW, known_at=NOW, as_of=MARCH_10)


def table(sheets: list[Cover | Sheet], title: str) -> list[dict[str, CellValue]]:
    """Give the rows of a sheet, each by the columns' headings."""
    (sheet,) = (one for one in sheets if one.title == title)
    assert isinstance(sheet, Sheet)
    headings = [column.heading for column in sheet.columns]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def facts_of(sheets: list[Cover | Sheet]) -> dict[str, CellValue]:
    """Give the facts on the cover; of two with the same label, the last."""
    cover = sheets[0]
    assert isinstance(cover, Cover)
    return {label: value for section in cover.sections for label, value in section.facts}


def paragraphs_of(sheets: list[Cover | Sheet]) -> str:
    """Give all paragraphs on the cover."""
    cover = sheets[0]
    assert isinstance(cover, Cover)
    return "\n".join(paragraph for section in cover.sections for paragraph in section.paragraphs)
