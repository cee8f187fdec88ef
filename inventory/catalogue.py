"""The statutory catalogue shipped with the product: which sections classify which data, and how."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from inventory.citations import Citation, read_citations

MIXED = "mixed"
_MOST_REMEMBERED = 4_096  # inventories cite few laws, many times
_OTHER_SUBDIVISION = 3  # the farthest that an entry of a section can be from what is cited


class AppliesTo(StrEnum):
    """Whom or what data are about; the law has other classes for data on individuals than for all other data."""

    INDIVIDUALS = "data on individuals"
    NOT_INDIVIDUALS = "data not on individuals"
    BOTH = "both"


@dataclass(frozen=True)
class CatalogueEntry:
    """What one section, or one subdivision, does with one kind of data.

    Args:
        citation: The law, with at most one subdivision.
        title: The section's name, or the kind of data where a section has several entries.
        applies_to: Whom or what the data are about.
        classification: The word of a class, or `mixed`: the law uses several here, or the class depends on whom the
            data are about, so that a person must say which one applies.
        description: What data are meant, in plain words.
        departments: Where such data are usually kept.
        seen: Whether the section's number was seen in a published source while the catalogue was made.
    """

    citation: Citation
    title: str
    applies_to: AppliesTo
    classification: str
    description: str
    departments: tuple[str, ...]
    seen: bool

    @property
    def searched(self) -> str:
        """All the text that a search looks at."""
        return " ".join([str(self.citation), self.title, self.description, *self.departments])

    def __str__(self) -> str:
        classes = "several classes: ask which one applies" if self.classification == MIXED else self.classification
        subject = "data on individuals and other data" if self.applies_to is AppliesTo.BOTH else self.applies_to
        unseen = "" if self.seen else " [not seen in a source: look it up before relying on it]"
        return f"{self.citation}: {self.title} ({classes}; {subject}). {self.description}{unseen}"


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Give all entries in the order of the law: chapter 13, then other statutes, then federal law."""
    text = resources.files("inventory").joinpath("catalogue.csv").read_text(encoding="utf-8")
    return tuple(_entry(row) for row in csv.DictReader(text.splitlines()))


def find_entries(query: str) -> tuple[CatalogueEntry, ...]:
    """Find the entries that a query names by number, by words, or by both.

    A citation at the query's start, such as `13.43 subd. 2`, restricts the search to its section. Every other word
    must begin a word of the entry's citation, title, description or departments, whatever the case.

    Returns:
        First the entries with most of the words in their title; among equals those nearest to the cited subdivision,
        then in the catalogue's order. An empty query finds nothing.
    """
    read = read_citations(query)
    cited = [entry for citation in read.citations for entry in entries_for(citation)]
    words = _words(" ".join(read.unreadable) if read.citations else query)
    if not (words or cited):
        return ()
    pool = dict.fromkeys(cited) if read.citations else catalogue()
    found = [entry for entry in pool if _begun(words, entry.searched) == words]
    return tuple(sorted(found, key=lambda entry: -len(_begun(words, entry.title))))


@lru_cache(_MOST_REMEMBERED)
def entries_for(citation: Citation) -> tuple[CatalogueEntry, ...]:
    """Give the entries of the cited section, or of all sections in the cited range or chapter.

    Returns:
        Where a subdivision is cited: first its own entries, then those of a part of it or of what it is part of, of
        the whole section, of other subdivisions. Among equals, and where none is cited, in the catalogue's order.
    """
    entries = (entry for entry in catalogue() if citation.includes_section_of(entry.citation))
    return tuple(sorted(entries, key=lambda entry: _distance(citation, entry)))


def stated_classes(citations: Collection[Citation]) -> frozenset[str]:
    """Give the words of all classes that these laws give, taken together.

    Returns:
        Nothing where the catalogue cannot say: it lacks one of the laws or the subdivision, or has it as `mixed`.
    """
    return frozenset(entry.classification for entry in _definite_entries(citations))


def stated_subject(citations: Collection[Citation]) -> AppliesTo | None:
    """Say whom or what data under these laws are about; None where the catalogue cannot say for certain."""
    subjects = {entry.applies_to for entry in _definite_entries(citations)}
    return subjects.pop() if len(subjects) == 1 else None


def _definite_entries(citations: Collection[Citation]) -> list[CatalogueEntry]:
    """Give the entries of all these laws, or none where one of them has none or leaves the class open."""
    by_law = [_nearest_entries(citation) for citation in citations]
    entries = [entry for of_law in by_law for entry in of_law]
    return entries if all(by_law) and all(entry.classification != MIXED for entry in entries) else []


def _nearest_entries(citation: Citation) -> list[CatalogueEntry]:
    """Give the entries that bear on the cited subdivision: all of the section's where none is cited."""
    entries = entries_for(citation)
    nearest = min((_distance(citation, entry) for entry in entries), default=_OTHER_SUBDIVISION)
    return [entry for entry in entries if _distance(citation, entry) == nearest != _OTHER_SUBDIVISION]


def _entry(row: dict[str, str]) -> CatalogueEntry:
    (citation,) = read_citations(row["citation"]).citations
    return CatalogueEntry(
        citation=citation,
        title=row["title"],
        applies_to=AppliesTo(row["applies_to"]),
        classification=row["classification"],
        description=row["description"],
        departments=tuple(row["departments"].split("; ")),
        seen=row["seen"] == "yes",
    )


def _distance(citation: Citation, entry: CatalogueEntry) -> int:
    """Say how far an entry of the cited section is from the cited subdivision."""
    cited, listed = citation.subdivision, entry.citation.subdivision
    if not cited or " to " in cited or cited == listed:
        return 0
    if not listed:
        return 2
    return 1 if cited.startswith(f"{listed}(") or listed.startswith(f"{cited}(") else _OTHER_SUBDIVISION


def _begun(words: frozenset[str], text: str) -> frozenset[str]:
    """Give those of the words that begin a word of the text."""
    held = _words(text)
    return frozenset(word for word in words if any(other.startswith(word) for other in held))


def _words(text: str) -> frozenset[str]:
    """Split into case-folded words; a number such as 13.43 or 1(a) is one word, an apostrophe is none."""
    words = re.findall(r"[\w.()]+", re.sub(r"['\u2019]", "", text.casefold()))
    return frozenset(word.strip(".()") for word in words) - {""}
