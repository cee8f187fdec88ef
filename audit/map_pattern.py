"""Say where the resources belong that a pattern matches: to a data series, to `public`, or to `ignore`."""

from dataclasses import dataclass

from access.import_row import import_row
from config.errors import InvalidFields
from config.tables.receipt import Receipt
from config.work import Installation, Work


@dataclass(frozen=True)
class PatternAnswer:
    """Where the resources of a system belong that a pattern matches.

    Args:
        series: The code or exact name of a series, `public` or `ignore`.
    """

    system: str
    pattern: str
    series: str


def map_pattern(installation: Installation, work: Work, answer: PatternAnswer) -> Receipt:
    """Record a pattern, as an import of its own that can be taken back; one that compares as equal is changed.

    Raises:
        InvalidFields: A field cannot be taken.
    """
    lacking = {
        name: sentence
        for name, text, sentence in (
            ("pattern", answer.pattern, "Write a pattern that matches it."),
            ("series", answer.series, "Choose a data series, public or ignore."),
        )
        if not text.strip()
    }
    if lacking:
        raise InvalidFields(lacking)
    cells = {"system": answer.system, "pattern": answer.pattern.strip(), "series": answer.series.strip()}
    return import_row(installation, work, "resources", cells, "answered resource")
