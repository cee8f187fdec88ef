"""The laws a cell cites are read in the many ways they are written; what cannot be read is reported."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.citations import Citation, ReadCitations, read_citations

STATUTE_NUMBERS = st.from_regex(r"[1-9][0-9]{0,2}(?:[A-Z]{1,2})?\.[0-9]{2,4}", fullmatch=True)
SUBDIVISIONS = st.from_regex(r"(?:[1-9][0-9]?[a-z]?(?:\([a-z]\))?)?", fullmatch=True)
CITATIONS = st.one_of(
    st.builds(Citation, st.just("Minn. Stat."), STATUTE_NUMBERS, SUBDIVISIONS),
    st.builds(Citation, st.just("Minn. Stat."), st.from_regex(r"ch\. [1-9][0-9]{0,2}[A-Z]?", fullmatch=True)),
    st.builds(Citation, st.just("Minn. Stat."), STATUTE_NUMBERS, st.just(""), st.just("et seq.")),
    st.builds(Citation, st.just("Minn. R."), st.from_regex(r"[0-9]{4}\.[0-9]{4}", fullmatch=True), SUBDIVISIONS),
    st.builds(
        Citation, st.sampled_from(["20 U.S.C.", "5 U.S.C."]), st.from_regex(r"[1-9][0-9]{2}[a-z]?", fullmatch=True)
    ),
    st.builds(Citation, st.sampled_from(["42 CFR", "45 CFR"]), st.from_regex(r"part [1-9][0-9]{0,2}", fullmatch=True)),
)


def texts(read: ReadCitations) -> list[str]:
    return [str(citation) for citation in read.citations]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13.43", ["Minn. Stat. 13.43"]),
        ("MS 13.43", ["Minn. Stat. 13.43"]),
        ("M.S. § 13.43.", ["Minn. Stat. 13.43"]),
        ("MN Stat. 13.43", ["Minn. Stat. 13.43"]),
        ("MN Statues 13.43", ["Minn. Stat. 13.43"]),
        ("minn stat sec 13.43", ["Minn. Stat. 13.43"]),
        ("Minn. Stat. Ann. § 13.43 (2022)", ["Minn. Stat. 13.43"]),
        ("Minnesota Statutes, section 13.43, subdivision 2", ["Minn. Stat. 13.43 subd. 2"]),
        ("Minn. Stat. § 13.43 subd 11", ["Minn. Stat. 13.43 subd. 11"]),
        ("13.43. Subd. 5A", ["Minn. Stat. 13.43 subd. 5a"]),
        ("Minn. Stat. 13.37, subd. 1(a)", ["Minn. Stat. 13.37 subd. 1(a)"]),
        ("Minn. Stat. 13.37, subd. 1, paragraph (a), clause (2)", ["Minn. Stat. 13.37 subd. 1(a)(2)"]),
        ("Minn. Stat. 13.04(2)", ["Minn. Stat. 13.04(2)"]),
        ("203b.12, subd. 7", ["Minn. Stat. 203B.12 subd. 7"]),
        ("Minn. Stat. 524.2-101", ["Minn. Stat. 524.2-101"]),
        ("Minnesota Statutes, chapter 13", ["Minn. Stat. ch. 13"]),
        ("13.01 et seq.", ["Minn. Stat. 13.01 et seq."]),
        ("Minn. Rules 1205.0300", ["Minn. R. 1205.0300"]),
        ("Minnesota Rules, part 1205.0300, subp. 2", ["Minn. R. 1205.0300 subp. 2"]),
        ("1205.0300", ["Minn. R. 1205.0300"]),
        ("42 CFR Part 2", ["42 CFR part 2"]),
        ("49CFR 382.401", ["49 CFR 382.401"]),
        ("45 C.F.R. § 164.502(a)", ["45 CFR 164.502(a)"]),
        ("20 U.S.C. 1232g", ["20 U.S.C. 1232g"]),
        ("18 USC § 2721", ["18 U.S.C. 2721"]),
        ("42 U.S.C. 1320d-2", ["42 U.S.C. 1320d-2"]),
        ("26 U.S.C. § 6103(b)(1)(A)", ["26 U.S.C. 6103(b)(1)(A)"]),
    ],
)
def test_one_law_is_read_however_it_is_written(cell: str, expected: list[str]) -> None:
    assert (texts(read_citations(cell)), read_citations(cell).unreadable) == (expected, ())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "Minn. Stat. §§ 13.82, 259.10, subd. 2, 243.166",
            ["Minn. Stat. 13.82", "Minn. Stat. 259.10 subd. 2", "Minn. Stat. 243.166"],
        ),
        (
            "Minn. Stat. § 13.37 and 13.607, subd. 7 and 203B.12, subd. 7",
            ["Minn. Stat. 13.37", "Minn. Stat. 13.607 subd. 7", "Minn. Stat. 203B.12 subd. 7"],
        ),
        ("MS 13.03, MS 13.43", ["Minn. Stat. 13.03", "Minn. Stat. 13.43"]),
        ("13.43; 13.82\n13.384/13.39 & 13.44", [f"Minn. Stat. 13.{n}" for n in ("43", "82", "384", "39", "44")]),
        (
            "13.43, subds. 2, 4 and 5a; 13.39",
            [*(f"Minn. Stat. 13.43 subd. {n}" for n in ("2", "4", "5a")), "Minn. Stat. 13.39"],
        ),
        ("13.82, subd. 24, 42 CFR part 2", ["Minn. Stat. 13.82 subd. 24", "42 CFR part 2"]),
        ("45 CFR parts 160 and 164; 13.384", ["45 CFR part 160", "45 CFR part 164", "Minn. Stat. 13.384"]),
        ("20 U.S.C. 1232g, 13.32", ["20 U.S.C. 1232g", "Minn. Stat. 13.32"]),
        ("13.43, MS 13.43 and 13.43", ["Minn. Stat. 13.43"]),
    ],
)
def test_several_laws_in_a_cell_are_each_read_once_in_order(cell: str, expected: list[str]) -> None:
    assert (texts(read_citations(cell)), read_citations(cell).unreadable) == (expected, ())


@pytest.mark.parametrize(
    "cell",
    ["144.291 to 144.298", "Minn. Stat. §§ 144.291-144.298", "144.291 through 144.298", "144.291–.298"],  # noqa: RUF001 - as printed
)
def test_a_range_of_sections_is_one_citation(cell: str) -> None:
    assert texts(read_citations(cell)) == ["Minn. Stat. 144.291 to 144.298"]


@pytest.mark.parametrize(
    "cell",
    [
        "Various",
        "Various laws",
        "See City policy",
        "N/A",
        "HIPAA",
        "Minn. Stat. 13",
        "13.5",
        "13.43.2",
        "$25.50",
        "fee of 25.50",
        "subd. 2",
        "Laws 2013",
        "MS 1205.0300",
        "144.298 to 144.291",
        "Chapter 13",
    ],
)
def test_a_cell_that_cites_no_law_for_certain_is_reported_as_written(cell: str) -> None:
    assert read_citations(cell) == ReadCitations(unreadable=(cell,))


@pytest.mark.parametrize(
    ("cell", "citations", "unreadable"),
    [
        ("Minn. Stat. 13.82 and federal law", ["Minn. Stat. 13.82"], ("federal law",)),
        ("Various; 13.43", ["Minn. Stat. 13.43"], ("Various",)),
        ("13.43 Personnel Data, 13.82", ["Minn. Stat. 13.43", "Minn. Stat. 13.82"], ("Personnel Data",)),
        ("Personnel (Minn. Stat. 13.43, subd. 2)", ["Minn. Stat. 13.43 subd. 2"], ("Personnel",)),
        ("FERPA (20 U.S.C. 1232g)", ["20 U.S.C. 1232g"], ("FERPA",)),
        (
            "Personnel data (earlier page); document cites Minnesota Statutes 15.162 and following",
            ["Minn. Stat. 15.162 et seq."],
            ("Personnel data (earlier page)", "document cites"),
        ),
    ],
)
def test_words_beside_a_citation_are_reported(cell: str, citations: list[str], unreadable: tuple[str, ...]) -> None:
    assert (texts(read_citations(cell)), read_citations(cell).unreadable) == (citations, unreadable)


@pytest.mark.parametrize("cell", ["City Code, section 3.05", "City Charter 3.05", "45 CFR 164.502, 164.512"])
def test_a_bare_number_that_may_belong_to_another_law_is_not_taken_for_a_statute(cell: str) -> None:
    read = read_citations(cell)

    assert not [citation for citation in read.citations if citation.law == "Minn. Stat."]
    assert cell[-4:] in read.unreadable[-1]


@pytest.mark.parametrize("cell", ["13.43 (personnel data)", "See 13.43", "Minn. Stat. § 13.43 (2024).", " 13.43 ,"])
def test_a_note_a_year_and_stray_punctuation_are_no_trouble(cell: str) -> None:
    assert read_citations(cell) == ReadCitations((Citation("Minn. Stat.", "13.43"),))


@pytest.mark.parametrize("cell", ["", "  \n ", "-", ";"])
def test_a_cell_without_words_cites_nothing(cell: str) -> None:
    assert read_citations(cell) == ReadCitations()


def test_a_citation_has_a_section_key_without_subdivision_or_range() -> None:
    cell = "13.43 subd. 2; 144.291 to 144.298; 45 CFR 164.502; 20 U.S.C. 1232g(b)"

    keys = [citation.section_key for citation in read_citations(cell).citations]

    assert keys == ["Minn. Stat. 13.43", "Minn. Stat. 144.291", "45 CFR part 164", "20 U.S.C. 1232g"]


@pytest.mark.parametrize(
    ("broad", "inside", "outside"),
    [
        ("13.43 subd. 2", ["13.43", "13.43 subd. 4"], ["13.435", "13.4", "Minn. R. 1343.0000"]),
        ("13.37 to 13.3806", ["13.37", "13.3805", "13.3806", "13.379"], ["13.381", "13.36", "14.38"]),
        ("Minn. Stat. ch. 13", ["13.02", "13.99", "Minn. Stat. ch. 13"], ["13A.02", "130.02", "3.97"]),
        ("13.43 et seq.", ["13.43 subd. 2"], ["13.435"]),
        ("45 CFR parts 160 to 164", ["45 CFR 162.10"], ["45 CFR part 165", "42 CFR part 162"]),
    ],
)
def test_a_citation_includes_the_sections_in_its_range_or_chapter(
    broad: str, inside: list[str], outside: list[str]
) -> None:
    (citation,) = read_citations(broad).citations

    included = [
        other
        for other in read_citations("; ".join([*inside, *outside])).citations
        if citation.includes_section_of(other)
    ]

    assert included == list(read_citations("; ".join(inside)).citations)


@given(st.lists(CITATIONS, min_size=1, max_size=4, unique=True))
def test_citations_joined_as_text_read_back_as_they_were(citations: list[Citation]) -> None:
    read = read_citations("; ".join(str(citation) for citation in citations))

    assert read == ReadCitations(tuple(citations))


@given(st.text(alphabet="abMSinstu. §;,/&()-\n1230", max_size=60))
def test_a_cell_that_says_something_is_never_read_as_saying_nothing(cell: str) -> None:
    read = read_citations(cell)

    assert bool(read.citations or read.unreadable) == any(character.isalnum() for character in cell)
    assert all(part in re.sub(" +", " ", cell) for part in read.unreadable)


@given(
    st.lists(st.sampled_from(["13.43", "subd. 2", "(a)", "to", "and", ",", ";", "part 3", "45 CFR", "7", "MS", "data"]))
)
def test_no_number_of_a_cell_vanishes(pieces: list[str]) -> None:
    read = read_citations(" ".join(pieces))

    kept = " ".join([*texts(read), *read.unreadable])
    assert set(re.findall(r"\d+", " ".join(pieces))) <= set(re.findall(r"\d+", kept))


@given(st.lists(st.from_regex(r"[b-lq-z]{4,8}", fullmatch=True), min_size=1, max_size=5, unique=True))
def test_every_part_that_is_prose_is_reported_whole(parts: list[str]) -> None:
    assert read_citations("; ".join(parts)).unreadable == tuple(parts)


def test_the_citations_of_a_real_inventory_are_read(shared_data: Path) -> None:
    with (shared_data / "inventories" / "mounds-view-city.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Name of data"]: read_citations(row["GOVERNING STATUTE"]) for row in csv.DictReader(file)}

    assert not any(read.unreadable for read in rows.values())
    assert texts(rows["Peace Officer Discipline Procedures"]) == [
        "Minn. Stat. 13.871 subd. 6(o)",
        "Minn. Stat. 626.89 subd. 6",
        "Minn. Stat. 13.43",
        "Minn. Stat. 626.8457 subd. 3",
    ]


@pytest.mark.parametrize("folder", ["inventories", "retention"])
def test_each_law_cell_of_real_lists_is_read_or_reported(shared_data: Path, folder: str) -> None:
    headings = {
        "Statute",
        "STATUTE",
        "GOVERNING STATUTE",
        "Citation for Classification",
        "Authority named in the document",
    }
    cells = []
    for path in sorted((shared_data / folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells += [row[heading] for row in csv.DictReader(file) for heading in headings & row.keys() if row[heading]]

    reads = {cell: read_citations(cell) for cell in cells}

    assert len(reads) >= 5
    assert all(read.citations or read.unreadable for read in reads.values())
    assert {part for read in reads.values() for part in read.unreadable} <= {
        "Various",
        "Personnel data (heading on an earlier page)",
        "document cites",
    }
