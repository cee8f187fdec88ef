"""What is wrong or doubtful in a series' row of the inventory: reported with the law it rests on, never refused."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventory.catalogue import AppliesTo, entries_for, stated_classes, stated_subject
from inventory.citations import Citation, ReadCitations
from inventory.rules import (
    INDIVIDUAL_CLASSES,
    OTHER_CLASSES,
    Classification,
    ReadClasses,
    read_classes,
    shows_loss,
    split_work_access,
)


@dataclass(frozen=True)
class SeriesText:
    """A series' row as the inventory has it, and what was read in it.

    Args:
        code: The series' code.
        name: The series' name, as an issue's sentence gives it.
        classification: The cell's own text.
        citation: The cell's own text.
        classes: What was read in the classification, or what an official made of it.
        citations: What was read in the citation, or what an official made of it.
        description: The cell's own text.
        work_access: The cell's own text.
        applies_to: Whom or what the data are about, where an official has said so.
    """

    code: str
    name: str
    classification: str
    citation: str
    classes: ReadClasses
    citations: ReadCitations
    description: str = ""
    work_access: str = ""
    applies_to: AppliesTo | None = None


class IssueKind(StrEnum):
    """What can be wrong or doubtful in a series' row."""

    CLASS_MISSING = "class_missing"
    CLASS_UNREADABLE = "class_unreadable"
    CLASS_CELL_CUT_OFF = "class_cell_cut_off"
    CLASS_NOT_IN_CATALOGUE = "class_not_in_catalogue"
    INDIVIDUAL_CLASS_ON_OTHER_DATA = "individual_class_on_other_data"
    OTHER_CLASS_ON_INDIVIDUAL_DATA = "other_class_on_individual_data"
    CITATION_MISSING = "citation_missing"
    CITATION_UNREADABLE = "citation_unreadable"
    CITATION_HISTORICAL = "citation_historical"
    CITATION_NOT_IN_CATALOGUE = "citation_not_in_catalogue"
    WORK_ACCESS_MISSING = "work_access_missing"


@dataclass(frozen=True)
class Issue:
    """One thing to put right, or to look into, in a series' row.

    Args:
        kind: What is wrong.
        sentence: What is wrong where, and what to do.
        citation: The law that the issue rests on.
    """

    kind: IssueKind
    sentence: str
    citation: str


def inventory_issues(series: SeriesText) -> tuple[Issue, ...]:
    """Say what is wrong or doubtful in a series' row: reported, never a reason to refuse it."""
    issues = []
    for kind, law, judge, sentence in _ISSUE_TABLE:
        found = judge(series)
        if found:
            issues.append(Issue(kind, f"{series.name}: {sentence.format(_listed(found))}", law))
    return tuple(issues)


def _listed(things: Iterable[str]) -> str:
    """Write `a, b and c`."""
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


_HISTORICAL = re.compile(r"Minn\. Stat\. 15\.16(?:1\d|[2-9])")  # sections 15.1611 to 15.1699 became chapter 13
_PRESUMED_PUBLIC = "Minn. Stat. 13.03"  # says that data are public unless classified; classifies none itself
_NOTHING_THERE = ("",)  # what a judge finds where the trouble is that nothing is there
_CONTRADICTIONS = {  # what a cell may say of data about this subject, though the law cannot
    AppliesTo.NOT_INDIVIDUALS: re.compile(r"\b(private|confidential)(?: data)? not on individuals", re.IGNORECASE),
    AppliesTo.INDIVIDUALS: re.compile(r"\b((?:protected[ -])?non[ -]?public)(?: data)? on individuals", re.IGNORECASE),
}


def _classless(series: SeriesText) -> Sequence[str]:
    return () if series.classes.classes or series.classes.unreadable else _NOTHING_THERE


def _unreadable_classes(series: SeriesText) -> Sequence[str]:
    return [f'"{part}"' for part in series.classes.unreadable]


def _cut_off_cell(series: SeriesText) -> Sequence[str]:
    return [f'"{series.classification.strip()}"'] if shows_loss(series.classification) else ()


def _unlisted_classes(series: SeriesText) -> Sequence[str]:
    """Parts of any series may be public; where all of it is said to be, no cited law may say otherwise."""
    stated = stated_classes(_laws_read(series))
    unlisted = [cls for cls in series.classes.classes if cls not in stated]
    if not _is_public(series):
        unlisted = [cls for cls in unlisted if cls != Classification.PUBLIC]
    if not (stated and unlisted):
        return ()
    return [f"{_listed(unlisted)}, where the catalogue of statutes has {_listed(sorted(stated))}"]


def _individual_classes_on_other_data(series: SeriesText) -> Sequence[str]:
    return _misplaced(series, INDIVIDUAL_CLASSES, AppliesTo.NOT_INDIVIDUALS)


def _other_classes_on_individual_data(series: SeriesText) -> Sequence[str]:
    return _misplaced(series, OTHER_CLASSES, AppliesTo.INDIVIDUALS)


def _misplaced(series: SeriesText, classes: Collection[Classification], subject: AppliesTo) -> Sequence[str]:
    """Give those of the series' classes that its data cannot have, as an official, the cell or the catalogue says."""
    known = series.applies_to or stated_subject(_laws_read(series))
    contradicted = read_classes("; ".join(_CONTRADICTIONS[subject].findall(series.classification))).classes
    return [cls for cls in series.classes.classes if cls in contradicted or (cls in classes and known == subject)]


def _uncited(series: SeriesText) -> Sequence[str]:
    return () if series.citations.citations or series.citations.unreadable else _NOTHING_THERE


def _unreadable_citations(series: SeriesText) -> Sequence[str]:
    return [f'"{part}"' for part in series.citations.unreadable]


def _historical_citations(series: SeriesText) -> Sequence[str]:
    return [str(citation) for citation in series.citations.citations if _HISTORICAL.match(citation.section_key)]


def _unlisted_citations(series: SeriesText) -> Sequence[str]:
    return [str(citation) for citation in _classifying(series) if not entries_for(citation)]


def _unstated_work_access(series: SeriesText) -> Sequence[str]:
    return () if _is_public(series) or split_work_access(series.work_access) else _NOTHING_THERE


def _is_public(series: SeriesText) -> bool:
    """Say whether the row calls all of the series public, as far as it can be read to its end."""
    whole = not series.classes.unreadable and not _cut_off_cell(series)
    return whole and series.classes.classes == (Classification.PUBLIC,)


def _classifying(series: SeriesText) -> list[Citation]:
    """Give the cited laws that could classify data and are in force."""
    cited = (citation for citation in series.citations.citations if not _HISTORICAL.match(citation.section_key))
    return [citation for citation in cited if citation.section_key != _PRESUMED_PUBLIC]


def _laws_read(series: SeriesText) -> list[Citation]:
    """Give the laws that the series' classes must rest on; none where the cell may name others, too."""
    return [] if series.citations.unreadable or _historical_citations(series) else _classifying(series)


# What is wrong, the law it rests on, who finds it, and the sentence that says so and what to do.
_ISSUE_TABLE: tuple[tuple[IssueKind, str, Callable[[SeriesText], Sequence[str]], str], ...] = (
    (
        IssueKind.CLASS_MISSING,
        "Minn. Stat. 13.025 subd. 1",
        _classless,
        "no classification is given. Enter the class that the law gives these data.",
    ),
    (
        IssueKind.CLASS_UNREADABLE,
        "Minn. Stat. 13.02",
        _unreadable_classes,
        f"{{}} in the classification cannot be read. Write each class as one of: {', '.join(Classification)}.",
    ),
    (
        IssueKind.CLASS_CELL_CUT_OFF,
        "Minn. Stat. 13.025 subd. 1",
        _cut_off_cell,
        "the classification {} ends in a separator. Enter the class that was lost, or take the separator away.",
    ),
    (
        IssueKind.CLASS_NOT_IN_CATALOGUE,
        "Minn. Stat. 13.03 subd. 1",
        _unlisted_classes,
        "the row says {} for the cited law. Compare both with the statute and correct the class or the citation.",
    ),
    (
        IssueKind.INDIVIDUAL_CLASS_ON_OTHER_DATA,
        "Minn. Stat. 13.02",
        _individual_classes_on_other_data,
        (
            "the row says {}, a class for data on individuals, but these data are not on individuals. "
            "Check whether nonpublic or protected nonpublic is meant."
        ),
    ),
    (
        IssueKind.OTHER_CLASS_ON_INDIVIDUAL_DATA,
        "Minn. Stat. 13.02",
        _other_classes_on_individual_data,
        (
            "the row says {}, a class for data not on individuals, but these data are on individuals. "
            "Check whether private or confidential is meant."
        ),
    ),
    (
        IssueKind.CITATION_MISSING,
        "Minn. R. 1205.1200",
        _uncited,
        (
            "no law is cited. Enter the law that classifies these data; "
            "where they are public because no law says otherwise, enter Minn. Stat. 13.03 subd. 1."
        ),
    ),
    (
        IssueKind.CITATION_UNREADABLE,
        "Minn. R. 1205.1200",
        _unreadable_citations,
        "{} in the citation cannot be read. Name each law by its number, such as Minn. Stat. 13.43 subd. 2.",
    ),
    (
        IssueKind.CITATION_HISTORICAL,
        "Minn. Stat. ch. 13",
        _historical_citations,
        "the citation {} is from before the act became chapter 13. Cite the section of chapter 13 now in force.",
    ),
    (
        IssueKind.CITATION_NOT_IN_CATALOGUE,
        "Minn. R. 1205.1200",
        _unlisted_citations,
        (
            "the catalogue of statutes does not list {}. Check the number; "
            "if it is right leave it as it is, for the catalogue is not complete."
        ),
    ),
    (
        IssueKind.WORK_ACCESS_MISSING,
        "Minn. Stat. 13.05 subd. 5",
        _unstated_work_access,
        (
            "no work access is given. Name the positions, departments or employees whose work requires these data, "
            "or import their work access."
        ),
    ),
)
