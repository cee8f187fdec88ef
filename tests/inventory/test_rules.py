"""What a row of an inventory says is read without guessing, and what is wrong with it is said, never refused."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue import AppliesTo
from inventory.citations import read_citations
from inventory.issues import Issue, IssueKind, SeriesText, inventory_issues
from inventory.rules import (
    Classification,
    ReadClasses,
    read_classes,
    required_by_13_025,
    series_code,
    split_work_access,
)

PUBLIC, PRIVATE, CONFIDENTIAL, NONPUBLIC, PROTECTED_NONPUBLIC = Classification


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


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Public", [PUBLIC]),
        ("Public;", [PUBLIC]),
        ("PRIVATE.", [PRIVATE]),
        ("• Confidential", [CONFIDENTIAL]),
        ("NonPublic", [NONPUBLIC]),
        ("Non-public", [NONPUBLIC]),
        ("non public data", [NONPUBLIC]),
        ("Protected Non-Public", [PROTECTED_NONPUBLIC]),
        ("Protected-Nonpublic", [PROTECTED_NONPUBLIC]),
        ("protected nonpublic data not on individuals", [PROTECTED_NONPUBLIC]),
        ("Private Data", [PRIVATE]),
        ("Confidential data on individuals.", [CONFIDENTIAL]),
        ("Private (13.43)", [PRIVATE]),
        ("Private (13.43, subd. 4; and/or 13.37)", [PRIVATE]),
        ("Public; NonPublic;", [PUBLIC, NONPUBLIC]),
        ("Private/Nonpublic", [PRIVATE, NONPUBLIC]),
        ("private, nonpublic and public", [PRIVATE, NONPUBLIC, PUBLIC]),
        ("Private, and Public", [PRIVATE, PUBLIC]),
        ("Confidential\r\nProtected\u00a0Nonpublic", [CONFIDENTIAL, PROTECTED_NONPUBLIC]),
        ("Private/Public/private", [PRIVATE, PUBLIC]),
        (
            "Private/Confidential/Protected Nonpublic/Public/Nonpublic",
            [PRIVATE, CONFIDENTIAL, PROTECTED_NONPUBLIC, PUBLIC, NONPUBLIC],
        ),
    ],
)
def test_each_class_of_a_cell_is_read_once_in_order(cell: str, expected: list[Classification]) -> None:
    assert read_classes(cell) == ReadClasses(tuple(expected))


@pytest.mark.parametrize(
    "cell",
    [
        "Not public",
        "Protected",
        "Restricted",
        "Private or nonpublic",
        "Priv.",
        "Private?",
        "Various",
        "(see policy)",
        "-",
        "Private (13.43",
    ],
)
def test_a_class_that_cannot_be_read_is_reported_not_guessed(cell: str) -> None:
    assert read_classes(cell) == ReadClasses(unreadable=(cell,))


def test_a_note_that_speaks_of_another_class_is_reported_beside_the_class() -> None:
    read = read_classes("Private (public after award) / Nonpublic (until award)")

    assert read == ReadClasses((PRIVATE, NONPUBLIC), ("(public after award)",))


@pytest.mark.parametrize("cell", ["", " ", "\n", " ; / , "])
def test_a_cell_without_words_has_no_class(cell: str) -> None:
    assert read_classes(cell) == ReadClasses()


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["Public", "private data", " NON-PUBLIC ", "Protected nonpublic", "Confidential."]),
            st.text(alphabet="abPu.- rivte", max_size=12),
        )
    ),
    st.sampled_from(["/", ";", "\n", ",", " and ", " / ", "; "]),
)
def test_every_part_of_a_cell_is_a_class_or_reported(parts: list[str], separator: str) -> None:
    cell = separator.join(parts)

    read = read_classes(cell)

    written = [part.strip() for part in re.split(r"[/;\n,]|\sand(?:\s|$)", cell) if part.strip()]
    unread = [part for part in written if not read_classes(part).classes]
    assert read.unreadable == tuple(dict.fromkeys(unread))
    assert read.classes == tuple(dict.fromkeys(cls for part in written for cls in read_classes(part).classes))


@given(st.text())
def test_any_text_with_a_part_gives_a_class_or_an_unreadable_part_as_written(cell: str) -> None:
    read = read_classes(cell)

    assert bool(read.classes or read.unreadable) == bool(re.sub(r"[/;\n\r,\s]", "", cell))
    assert all(part in cell for part in read.unreadable)


@given(st.lists(st.sampled_from(Classification), unique=True))
def test_classes_written_as_text_read_back(classes: list[Classification]) -> None:
    assert read_classes("; ".join(classes)) == ReadClasses(tuple(classes))


@pytest.mark.parametrize(
    ("classes", "required"),
    [
        ([PRIVATE], True),
        ([PUBLIC, CONFIDENTIAL], True),
        ([PUBLIC, NONPUBLIC, PROTECTED_NONPUBLIC], False),
        ([], False),
    ],
)
def test_13_025_requires_series_with_private_or_confidential_data(
    classes: list[Classification], *, required: bool
) -> None:
    assert required_by_13_025(classes) is required


def test_work_access_is_split_at_semicolons_and_line_ends_only() -> None:
    cell = " Payroll Clerk; HR Manager, deputy ;;\r\npayroll clerk\nFire and Rescue\n"

    assert split_work_access(cell) == ("Payroll Clerk", "HR Manager, deputy", "Fire and Rescue")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Personnel Data", "PERSONNEL-DATA"),
        ("Complaint/Complainant Data", "COMPLAINT-COMPLAINANT-DATA"),
        ("Workers’ compensation  (old)", "WORKERS-COMPENSATION-OLD"),  # noqa: RUF001 - as printed
        ("Café résumés & 911 calls", "CAFE-RESUMES-911-CALLS"),
        ("Orders for Protection, Harassment Restraining Orders", "ORDERS-FOR-PROTECTION-HARASSMENT"),
        ("x" * 60, "X" * 40),
        ("—", "SERIES"),
    ],
)
def test_a_code_is_the_words_of_the_name(name: str, code: str) -> None:
    assert series_code(name, ()) == code


def test_a_code_that_is_taken_gets_the_next_number() -> None:
    assert series_code("Personnel Data", ["personnel-data", "PERSONNEL-DATA-2"]) == "PERSONNEL-DATA-3"


@pytest.mark.parametrize("word", ["Public", "IGNORE"])
def test_a_code_is_never_a_word_that_a_resource_may_map_to_instead(word: str) -> None:
    assert series_code(word, ()) == f"{word.upper()}-2"


@given(st.lists(st.text(max_size=60), max_size=30))
def test_codes_are_short_plain_distinct_and_the_same_again(names: list[str]) -> None:
    def codes() -> list[str]:
        given_out: list[str] = []
        for name in names:
            given_out.append(series_code(name, given_out))
        return given_out

    assert len(set(codes())) == len(names)
    assert all(re.fullmatch(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", code) and len(code) <= 40 for code in codes())
    assert codes() == codes()


def test_a_sound_row_has_no_issues() -> None:
    assert inventory_issues(a_row()) == ()


def test_a_row_without_anything_is_reported_not_refused() -> None:
    issues = inventory_issues(a_row(classification="", citation=" ", work_access=" ;"))

    assert kinds(issues) == ["class_missing", "citation_missing", "work_access_missing"]


def test_unreadable_parts_are_quoted_in_the_issue() -> None:
    issues = inventory_issues(a_row(classification="Private/Secret/Closed", citation="Minn. Stat. 13.43; Various"))

    assert kinds(issues) == ["class_unreadable", "citation_unreadable"]
    assert issues[0].sentence.startswith('Personnel Data: "Secret" and "Closed" in the classification cannot be read.')
    assert issues[1].sentence.startswith('Personnel Data: "Various" in the citation cannot be read.')


@pytest.mark.parametrize("cell", ["Public;", "Public; NonPublic;", "Private/", "Private,\n", "Private and"])
def test_a_class_cell_that_ends_in_a_separator_may_have_lost_a_class(cell: str) -> None:
    issues = inventory_issues(a_row(classification=cell, citation="13.15"))

    assert kinds(issues) == ["class_cell_cut_off"]


def test_a_cited_section_that_the_catalogue_lacks_is_to_be_checked() -> None:
    issues = inventory_issues(a_row(citation="13.604; 13.43"))

    assert kinds(issues) == ["citation_not_in_catalogue"]
    assert "Minn. Stat. 13.604" in issues[0].sentence
    assert "Minn. Stat. 13.43" not in issues[0].sentence


def test_the_presumption_that_data_are_public_needs_no_entry_in_the_catalogue() -> None:
    assert inventory_issues(a_row(classification="Public", citation="MS 13.03", work_access="")) == ()


@pytest.mark.parametrize("citation", ["Minn. Stat. 15.162", "15.1611 et seq.", "15.1695"])
def test_a_section_from_before_chapter_13_is_historical(citation: str) -> None:
    issues = inventory_issues(a_row(citation=citation))

    assert kinds(issues) == ["citation_historical"]
    assert str(read_citations(citation).citations[0]) in issues[0].sentence


@pytest.mark.parametrize("citation", ["15.17", "15.161"])
def test_a_section_of_chapter_15_that_still_stands_is_not_historical(citation: str) -> None:
    assert kinds(inventory_issues(a_row(citation=citation))) == ["citation_not_in_catalogue"]


@pytest.mark.parametrize(
    ("classification", "citation"),
    [
        ("Private", "13.86"),
        ("Confidential", "13.355"),
        ("Confidential", "13.43 subd. 4"),
        ("Public", "13.355"),
        ("Private/Confidential", "13.355"),
    ],
)
def test_a_class_that_no_cited_law_gives_is_reported(classification: str, citation: str) -> None:
    assert kinds(inventory_issues(a_row(classification=classification, citation=citation))) == [
        "class_not_in_catalogue"
    ]


def test_the_sentence_on_a_wrong_class_names_both_classes() -> None:
    (issue,) = inventory_issues(a_row(name="Informants", classification="Private", citation="13.86"))

    assert issue.sentence.startswith(
        "Informants: the row says private, where the catalogue of statutes has confidential"
    )


@pytest.mark.parametrize(
    ("classification", "citation"),
    [
        ("Private/Public", "13.355"),  # part of a series may always be public
        ("Private/Confidential", "13.355; 13.86"),  # each class has its law
        ("Confidential/Protected nonpublic", "13.39 subd. 2"),  # the law gives both
        ("Confidential", "13.43"),  # several classes in the section: ask, do not check
        ("Confidential", "13.43 subd. 2"),  # the same within one subdivision
        ("Confidential", "13.82 subd. 15"),  # the catalogue has other subdivisions only
        ("Public;", "13.355"),  # a class may be missing: said once
        ("Nonpublic", "13.37 subd. 1"),
    ],
)
def test_a_class_is_not_called_wrong_where_the_law_leaves_room(classification: str, citation: str) -> None:
    assert "class_not_in_catalogue" not in kinds(
        inventory_issues(a_row(classification=classification, citation=citation))
    )


@pytest.mark.parametrize("citation", ["13.355; 243.166", "13.355; Various", "13.355; 15.162"])
def test_a_class_is_not_called_wrong_where_it_may_rest_on_a_law_that_is_not_known(citation: str) -> None:
    found = kinds(inventory_issues(a_row(classification="Nonpublic", citation=citation)))

    assert not {"class_not_in_catalogue", "other_class_on_individual_data"} & set(found)


@pytest.mark.parametrize("classification", ["Private", "Confidential/Nonpublic"])
def test_a_class_for_individuals_on_other_data_is_reported(classification: str) -> None:
    issues = inventory_issues(a_row(classification=classification, citation="13.435"))

    assert "individual_class_on_other_data" in kinds(issues)
    assert "other_class_on_individual_data" not in kinds(issues)


@pytest.mark.parametrize("classification", ["Nonpublic", "Private/Protected nonpublic"])
def test_a_class_for_other_data_on_individuals_is_reported(classification: str) -> None:
    issues = inventory_issues(a_row(classification=classification, citation="13.355"))

    assert "other_class_on_individual_data" in kinds(issues)
    assert "individual_class_on_other_data" not in kinds(issues)


@pytest.mark.parametrize("citation", ["13.37", "13.39", "13.604", "Various", "", "13.355; 13.435"])
def test_whom_data_are_about_is_not_guessed(citation: str) -> None:
    found = kinds(inventory_issues(a_row(classification="Private/Nonpublic", citation=citation)))

    assert not {"individual_class_on_other_data", "other_class_on_individual_data"} & set(found)


def test_what_an_official_says_of_the_data_outweighs_the_catalogue() -> None:
    row = a_row(classification="Private", citation="13.37", applies_to=AppliesTo.NOT_INDIVIDUALS)
    excused = a_row(classification="Private/Nonpublic", citation="13.435", applies_to=AppliesTo.BOTH)

    assert kinds(inventory_issues(row)) == ["individual_class_on_other_data"]
    assert "individual_class_on_other_data" not in kinds(inventory_issues(excused))


@pytest.mark.parametrize(
    ("classification", "kind"),
    [
        ("Private data not on individuals", "individual_class_on_other_data"),
        ("Non-public data on individuals", "other_class_on_individual_data"),
        ("Private data on individuals / Nonpublic data not on individuals", None),
    ],
)
def test_a_class_cell_that_contradicts_itself_is_reported(classification: str, kind: str | None) -> None:
    assert kinds(inventory_issues(a_row(classification=classification, citation="13.37"))) == ([kind] if kind else [])


@pytest.mark.parametrize(("classification", "needed"), [("Public", False), ("Public/Private", True), ("Public;", True)])
def test_work_access_is_missed_unless_all_of_a_series_is_public(classification: str, *, needed: bool) -> None:
    issues = inventory_issues(a_row(classification=classification, citation="13.43", work_access=""))

    assert ("work_access_missing" in kinds(issues)) is needed


@given(
    st.sampled_from(
        ["", "Private", "Public;", "Secret", "Nonpublic data on individuals", "Private data not on individuals"]
    ),
    st.sampled_from(["", "13.43", "13.355", "13.435", "13.604", "Various", "15.162", "{0} {name}"]),
    st.sampled_from(["", "Clerk"]),
)
def test_each_issue_is_said_once_in_a_sentence_with_its_law(
    classification: str, citation: str, work_access: str
) -> None:
    issues = inventory_issues(a_row(classification=classification, citation=citation, work_access=work_access))

    assert len(set(kinds(issues))) == len(issues)
    for issue in issues:
        assert issue.sentence.startswith("Personnel Data: ")
        assert issue.sentence.endswith(".")
        assert len(read_citations(issue.citation).citations) == 1


def rows_of(path: Path, name: str, classification: str, citation: str, work_access: str = "") -> list[SeriesText]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            a_row(
                name=row[name],
                classification=row[classification] or "",
                citation=row[citation] or "",
                work_access=row[work_access] if work_access else "",
            )
            for row in csv.DictReader(file)
        ]


def test_the_issues_of_minneapolis_are_its_published_slips(shared_data: Path) -> None:
    rows = rows_of(
        shared_data / "inventories" / "minneapolis-city.csv",
        "Name of Record, File, Process, Form or Data Type",
        "Data Classification",
        "Citation for Classification",
        "Employee Work Access",
    )

    assert {row.name: kinds(inventory_issues(row)) for row in rows} == {
        "Advisory Council Member Data": ["class_cell_cut_off", "citation_not_in_catalogue"],
        "Attorney Data": [],
        "Civil Investigative Data": ["class_cell_cut_off"],
        "Complaint/Complainant Data": ["class_cell_cut_off", "citation_unreadable"],
        "Computer Use and Access Data": ["class_cell_cut_off"],
        "Continuity of Operations": [],
        "Correspondence": ["class_cell_cut_off", "citation_unreadable"],
    }


def test_five_classes_of_one_row_of_mounds_view_are_all_read(shared_data: Path) -> None:
    rows = rows_of(
        shared_data / "inventories" / "mounds-view-city.csv", "Name of data", "CLASSIFICATION(S)", "GOVERNING STATUTE"
    )

    (row,) = [row for row in rows if row.name == "Law Enforcement Data"]
    assert row.classes == ReadClasses((PRIVATE, CONFIDENTIAL, PROTECTED_NONPUBLIC, PUBLIC, NONPUBLIC))
    assert not any(other.classes.unreadable for other in rows)


def test_an_inventory_from_before_chapter_13_is_told_apart(shared_data: Path) -> None:
    path = shared_data / "inventories" / "little-canada-city-historical.csv"

    rows = rows_of(path, "Type of data", "Classification", "Authority named in the document")

    assert len(rows) == 27
    assert all("citation_historical" in kinds(inventory_issues(row)) for row in rows)
    assert not any("citation_not_in_catalogue" in kinds(inventory_issues(row)) for row in rows)


def test_no_published_class_is_called_wrong(shared_data: Path) -> None:
    rows = [
        *rows_of(shared_data / "inventories" / "arden-hills-city.csv", "Name of data", "Classification", "Statute"),
        *rows_of(shared_data / "inventories" / "edina-city.csv", "Name of data", "Classification", "Statute"),
        *rows_of(
            shared_data / "inventories" / "mounds-view-city.csv",
            "Name of data",
            "CLASSIFICATION(S)",
            "GOVERNING STATUTE",
        ),
        *rows_of(
            shared_data / "retention" / "county-human-resources-general-schedule.csv",
            "Title",
            "Classification",
            "Statute",
        ),
        *rows_of(
            shared_data / "retention" / "little-canada-city-2021-finance.csv", "TITLE", "CLASSIFICATION", "STATUTE"
        ),
    ]
    about_classes = {
        IssueKind.CLASS_NOT_IN_CATALOGUE,
        IssueKind.INDIVIDUAL_CLASS_ON_OTHER_DATA,
        IssueKind.OTHER_CLASS_ON_INDIVIDUAL_DATA,
    }

    wrong = [issue for row in rows for issue in inventory_issues(row) if issue.kind in about_classes]

    assert len(rows) > 30
    assert wrong == []
