"""What is pointed out in an inventory: what is missing, unreadable, or not what the cited law says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue import AppliesTo
from inventory.citations import read_citations
from inventory.issues import inventory_issues
from tests.inventory.series_texts import a_row, kinds


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
