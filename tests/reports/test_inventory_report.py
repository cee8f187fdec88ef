"""The inventory as it is published: the State's columns, the cells as written, and what is to be put right."""

from inventory.issues import IssueKind
from inventory.models import DataSeries, Entity
from reports.inventory_report import InventoryRecords, inventory_report
from reports.sheets import Cover, Sheet
from tests.builders import a_row
from tests.reports.reading import ABOUT, facts_of, paragraphs_of, table

ENTITY = a_row(Entity, name="Town of Elm", time_zone="America/Chicago", responsible_authority="Bo Larson")
TEMPLATE = [
    "Name of Record, File, Process, Form or Data Type",
    "Description (Understandable to General Public)",
    "Data Classification",
    "Citation for Classification",
    "Employee Work Access",
]


def a_series(code: str, **changes: str) -> DataSeries:
    row: DataSeries = a_row(
        DataSeries,
        code=code,
        name=f"Records {code}",
        **{
            "classification_text": "Private",
            "citation_text": "13.43",
            "citations": "Minn. Stat. 13.43",
            "work_access_text": "Payroll Clerk",
            **changes,
        },
    )
    return row


def laid_out(*series: DataSeries, officers: dict[str, list[str]] | None = None) -> list[Cover | Sheet]:
    return list(inventory_report(InventoryRecords(ENTITY, series, officers or {}), ABOUT))


def test_the_first_columns_are_those_of_the_states_template_in_its_order() -> None:
    (row,) = table(laid_out(a_series("S1")), "Data inventory")

    assert list(row)[:5] == TEMPLATE


def test_cells_stand_as_they_were_published_whatever_was_read_in_them() -> None:
    odd = a_series("S1", classification_text="Privat / See note", citation_text="Various", classes="")

    (row,) = table(laid_out(odd), "Data inventory")

    assert (row["Data Classification"], row["Citation for Classification"]) == ("Privat / See note", "Various")


def test_series_without_a_department_come_first_then_by_department_and_name() -> None:
    rows = [a_series("S1", department="Police"), a_series("S2", department="finance"), a_series("S3")]

    codes = [row["Code"] for row in table(laid_out(*rows), "Data inventory")]

    assert codes == ["S3", "S2", "S1"]


def test_private_and_confidential_data_are_required_by_13_025_and_other_data_are_not() -> None:
    classes = ["private", "confidential; public", "nonpublic", "protected nonpublic", "public"]

    rows = table(laid_out(*(a_series(f"S{n}", classes=text) for n, text in enumerate(classes))), "Data inventory")

    assert [row["Required by 13.025"] for row in rows] == ["yes", "yes", "no", "no", "no"]


def test_the_cover_names_the_responsible_authority_and_says_what_is_not_entered() -> None:
    facts = facts_of(laid_out())

    assert facts["Entity"] == "Town of Elm"
    assert facts["Address"] == "(not entered yet)"


def test_the_cover_says_which_laws_the_inventory_serves() -> None:
    text = paragraphs_of(laid_out())

    assert "13.025 subd. 1" in text
    assert "part of the procedures under Minn. Stat. 13.05 subd. 5" in text


def test_the_cover_names_who_may_reach_all_not_public_data_now() -> None:
    facts = facts_of(laid_out(officers={"administrator": ["Ann Olson", "Cy Dale"]}))

    assert facts["Administrator"] == "Ann Olson, Cy Dale"
    assert facts["Human resources manager"] == "(held by nobody on record)"


def test_each_issue_has_its_kind_its_sentence_and_its_law() -> None:
    series = a_series("S1", classification_text="Privat", classes="", unreadable_classes="Privat")

    (row,) = table(laid_out(series), "Issues")

    assert row["Kind"] == IssueKind.CLASS_UNREADABLE.replace("_", " ")
    assert '"Privat" in the classification cannot be read' in str(row["What is wrong, and what to do"])
    assert row["Law"] == "Minn. Stat. 13.02"


def test_what_an_official_made_of_a_cell_that_could_not_be_read_is_no_issue_any_more() -> None:
    resolved = a_series("S1", classification_text="Privat", classes="private", unreadable_classes="")

    assert table(laid_out(resolved), "Issues") == []
