"""Which purpose is meant by what people typed as their reason: in each source by the whole text, else by a pattern."""

from collections.abc import Iterable
from enum import StrEnum

from access.facts import MeantPurpose
from access.rules import normal_purpose
from inventory.match_resources import ResourceMap


class PurposeMatch(StrEnum):
    """How a row of the purpose map matches."""

    TEXT = "text"
    PATTERN = "pattern"


class PurposeMap:
    """Finds the purposes that texts of sources mean; built once from all rows.

    Texts compare in compare form. Of patterns that match, the longest wins, and ties go to the one that sorts first, as
    with resources; the whole text goes before any pattern.

    Args:
        rows: In the order of their recording; of two that compare as equal, the later one stands.
    """

    def __init__(self, rows: Iterable[MeantPurpose]) -> None:
        rows = tuple(rows)
        self.sources = frozenset(row.source for row in rows)
        self._texts = {
            (row.source, normal_purpose(row.typed)): row.purpose for row in rows if row.match == PurposeMatch.TEXT
        }
        patterns = [row for row in rows if row.match == PurposeMatch.PATTERN]
        self._patterns = {
            source: ResourceMap((source, row.typed, row.purpose) for row in patterns if row.source == source)
            for source in {row.source for row in patterns}
        }

    def of(self, source: str, typed: str) -> str | None:
        """Give the purpose that a text means in a source's logs; None where no row fits, or there is no text."""
        form = normal_purpose(typed)
        if not form:
            return None
        exact, patterns = self._texts.get((source, form)), self._patterns.get(source)
        return exact if exact is not None or patterns is None else patterns.series_of(source, form)
