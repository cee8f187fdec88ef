"""The catalogue of statutes is whole, in our own words, and found by number and by word."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue import (
    MIXED,
    AppliesTo,
    CatalogueEntry,
    catalogue,
    entries_for,
    find_entries,
    stated_classes,
    stated_subject,
)
from inventory.citations import Citation, read_citations
from inventory.rules import INDIVIDUAL_CLASSES, OTHER_CLASSES, Classification


def cited(text: str) -> Citation:
    (citation,) = read_citations(text).citations
    return citation


def numbers(entries: tuple[CatalogueEntry, ...]) -> list[str]:
    return [str(entry.citation) for entry in entries]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_every_entry_is_complete() -> None:
    for entry in catalogue():
        assert entry.title
        assert entry.description.endswith(".")
        assert all(entry.departments)
        assert entry.classification in {*Classification, MIXED}


def test_no_entry_gives_data_a_class_that_they_cannot_have() -> None:
    for entry in catalogue():
        if entry.applies_to is AppliesTo.INDIVIDUALS:
            assert entry.classification not in OTHER_CLASSES
        if entry.applies_to is AppliesTo.NOT_INDIVIDUALS:
            assert entry.classification not in INDIVIDUAL_CLASSES


def test_the_citations_are_written_as_the_service_writes_them() -> None:
    assert all(read_citations(str(entry.citation)).citations == (entry.citation,) for entry in catalogue())


def test_the_facts_are_those_of_the_research_and_the_sentences_our_own(shared_data: Path) -> None:
    with (shared_data.parent / "law" / "classifications.csv").open(encoding="utf-8", newline="") as file:
        researched = list(csv.DictReader(file))

    assert [(entry.citation, entry.applies_to, entry.classification, entry.seen) for entry in catalogue()] == [
        (cited(row["citation"]), row["applies_to"], row["classification"], row["source_seen"] == "yes")
        for row in researched
    ]
    for entry, row in zip(catalogue(), researched, strict=True):
        ours, theirs = words(entry.description), " ".join(words(row["short_description"]))
        assert not [run for run in zip(*(ours[start:] for start in range(4)), strict=False) if " ".join(run) in theirs]


def test_an_entry_that_was_not_seen_in_a_source_says_so() -> None:
    for entry in catalogue():
        assert ("not seen in a source" in str(entry)) is not entry.seen


def test_an_entry_of_several_classes_says_to_ask() -> None:
    (entry,) = entries_for(cited("13.32 subd. 5"))[:1]

    assert "Directory information (several classes: ask which one applies; data on individuals)." in str(entry)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("13.3805 subd. 2", ["13.3805 subd. 2", "13.3805 subd. 1", "13.3805 subd. 3"]),
        ("13.72 subd. 4", ["13.72 subd. 4", "13.72", "13.72 subd. 1", "13.72 subd. 10"]),
        ("13.44 subd. 3", ["13.44 subd. 3(a)", "13.44 subd. 3(b)", "13.44 subd. 1"]),
        ("13.44 subd. 3(b)(2)", ["13.44 subd. 3(b)", "13.44 subd. 1", "13.44 subd. 3(a)"]),
        ("13.72", ["13.72 subd. 1", "13.72 subd. 4", "13.72 subd. 10", "13.72"]),
        ("13.40 to 13.401", ["13.40 subd. 1", "13.40 subd. 2", "13.401"]),
        ("13.604", []),
        ("Minn. R. 1205.0300", []),
    ],
)
def test_the_entries_of_a_section_come_with_the_cited_subdivision_first(citation: str, expected: list[str]) -> None:
    assert numbers(entries_for(cited(citation))) == [f"Minn. Stat. {number}" for number in expected]


@pytest.mark.parametrize(
    ("citation", "expected"), [("45 CFR 164.502(a)", "45 CFR part 164"), ("20 USC 1232g(b)", "20 U.S.C. 1232g")]
)
def test_federal_law_is_found_by_its_part_or_section(citation: str, expected: str) -> None:
    assert numbers(entries_for(cited(citation))) == [expected]


@pytest.mark.parametrize(
    ("laws", "classes", "subject"),
    [
        ("13.435", {"nonpublic"}, AppliesTo.NOT_INDIVIDUALS),
        ("13.43 subd. 4", {"private"}, AppliesTo.INDIVIDUALS),
        ("13.355; 13.86", {"private", "confidential"}, AppliesTo.INDIVIDUALS),
        ("13.355; 13.435", {"private", "nonpublic"}, None),
        ("13.51 subd. 1", {"private"}, AppliesTo.BOTH),
        ("13.43", set(), None),  # several classes in one of its subdivisions
        ("13.355; 13.37", set(), None),
        ("13.355; 13.604", set(), None),
        ("13.82 subd. 15", set(), None),
        ("", set(), None),
    ],
)
def test_the_catalogue_states_classes_only_where_it_is_sure(
    laws: str, classes: set[str], subject: AppliesTo | None
) -> None:
    citations = read_citations(laws).citations

    assert (set(stated_classes(citations)), stated_subject(citations)) == (classes, subject)


@pytest.mark.parametrize("query", ["13.44 subd. 3(b)", "MS § 13.44, Subd. 3(b)", "13.44, subdivision 3, paragraph (b)"])
def test_a_query_by_number_finds_the_section_nearest_first(query: str) -> None:
    assert numbers(find_entries(query)) == [f"Minn. Stat. 13.44 subd. {number}" for number in ("3(b)", "1", "3(a)")]


def test_a_number_does_not_find_a_longer_number() -> None:
    assert {entry.citation.section for entry in find_entries("13.43")} == {"13.43"}


def test_the_beginning_of_a_number_finds_all_that_begin_so() -> None:
    found = {entry.citation.section for entry in find_entries("13.82")} | {
        "13.821",
        "13.822",
        "13.823",
        "13.824",
        "13.825",
    }

    assert {entry.citation.section for entry in find_entries("13.8")} >= found


def test_every_word_of_a_query_must_be_found_whatever_the_case() -> None:
    assert numbers(find_entries("LICENSE photo")) == ["Minn. Stat. 171.07 subd. 1a"]
    assert find_entries("license volcano") == ()


def test_words_beside_a_number_narrow_its_section() -> None:
    assert numbers(find_entries("13.43 payroll")) == ["Minn. Stat. 13.43 subd. 4", "Minn. Stat. 13.43"]
    assert numbers(find_entries("payroll 13.43")) == numbers(find_entries("13.43 payroll"))


def test_departments_are_searched() -> None:
    assert "Minn. Stat. 13.40 subd. 2" in numbers(find_entries("libraries"))


def test_an_apostrophe_is_not_needed() -> None:
    assert numbers(find_entries("drivers privacy")) == numbers(find_entries("Driver's Privacy")) == ["18 U.S.C. 2721"]


def test_entries_with_the_words_in_their_title_come_first() -> None:
    found = [entry.title for entry in find_entries("domestic abuse")]

    assert found[:2] == ["Domestic abuse data", "Domestic abuse program data"]


@pytest.mark.parametrize("query", ["", "  ", "§", "13.604", "Minn. R. 1205.0300"])
def test_a_query_for_nothing_or_for_what_is_not_there_finds_nothing(query: str) -> None:
    assert find_entries(query) == ()


@given(st.sampled_from(catalogue()))
def test_every_entry_is_found_by_its_citation_and_by_its_title(entry: CatalogueEntry) -> None:
    assert entry in find_entries(str(entry.citation))
    assert entry in find_entries(entry.title)


@given(st.text(max_size=40))
def test_any_query_finds_entries_once_each(query: str) -> None:
    found = find_entries(query)

    assert len(set(found)) == len(found)
