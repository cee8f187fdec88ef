"""The inventory as it is published: the State's columns, the cells as written, and what is to be put right."""

from typing import Any

from access.facts import Access, EmployeeFacts, Facts, Holding, PositionFacts, SeriesFacts
from config.clock import ALWAYS, FOREVER, microseconds
from inventory.issues import IssueKind
from inventory.models import DataSeries, Entity
from reports.inventory_issues_report import inventory_issues_report
from reports.inventory_report import InventoryRecords, inventory_report
from reports.queries import OfficeHolder
from reports.sheets import CellValue, Cover, Sheet
from tests.builders import MAY_1, a_row
from tests.importing import CHICAGO
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


EVERYONE = Access("inventory:1", "S1", "everyone", "", 511, "*", ALWAYS, FOREVER, ALWAYS, "")
CLERKS = EVERYONE._replace(grant_id="work-access:1", holder_type="position", holder="P1")
ANN = OfficeHolder("Ann Olson", "E1", "ann@elm.example")
CY = OfficeHolder("Cy Dale", "E3", "")


def facts(*series: DataSeries, accesses: tuple[Access, ...] = (), untestable: tuple[str, ...] = ()) -> Facts:
    return Facts(
        zone=CHICAGO,
        employees={"E1": EmployeeFacts("E1", "Ann Olson", "")},
        positions={
            "P1": PositionFacts("P1", "Payroll Clerk", "Finance"),
            "P2": PositionFacts("P2", "Payroll Clerk", "Finance"),
        },
        series={row.code: SeriesFacts(row.code, row.name, row.classes == "public", untestable) for row in series},
        employments=(),
        offices=(),
        holdings=(Holding("E1", "P1", ALWAYS, FOREVER, ALWAYS),),
        accesses=accesses,
        duties=(),
        officer_duties=(),
        logins=(),
        patterns=(),
    )


def records_of(
    *series: DataSeries,
    officers: dict[str, list[OfficeHolder]] | None = None,
    **known: Any,  # noqa: ANN401 - the same
) -> InventoryRecords:
    return InventoryRecords(ENTITY, series, officers or {}, facts(*series, **known))


def laid_out(*series: DataSeries, **known: Any) -> list[Cover | Sheet]:  # noqa: ANN401 - as facts and records_of
    return list(inventory_report(records_of(*series, **known), ABOUT))


def issues_laid_out(*series: DataSeries, **known: Any) -> list[Cover | Sheet]:  # noqa: ANN401 - the same
    return list(inventory_issues_report(records_of(*series, **known), ABOUT))


def printed(sheets: list[Cover | Sheet]) -> dict[str, list[dict[str, CellValue]]]:
    """Give the rows of the inventory by their departments, each by the columns' headings."""
    (sheet,) = (one for one in sheets if isinstance(one, Sheet))
    headings = [column.heading for column in sheet.columns]
    return {group.heading: [dict(zip(headings, row, strict=True)) for row in group.rows] for group in sheet.groups}


def only_row(sheets: list[Cover | Sheet]) -> dict[str, CellValue]:
    ((row,),) = printed(sheets).values()
    return row


def work_access(*series: DataSeries, **known: Any) -> CellValue:  # noqa: ANN401 - the same
    return only_row(laid_out(*series, **known))["Employee Work Access"]


def test_the_columns_are_those_of_the_states_template_in_its_order_and_no_others() -> None:
    assert list(only_row(laid_out(a_series("S1")))) == TEMPLATE


def test_cells_stand_as_they_were_published_whatever_was_read_in_them() -> None:
    odd = a_series("S1", classification_text="Privat / See note", citation_text="Various", classes="")

    row = only_row(laid_out(odd))

    assert (row["Data Classification"], row["Citation for Classification"]) == ("Privat / See note", "Various")


def test_a_retired_series_is_marked_and_stays() -> None:
    retired = a_series("S1")
    retired.retired = MAY_1

    assert only_row(laid_out(retired))[TEMPLATE[0]] == "Records S1 (retired from 1 May 2025 on)"
    (in_full,) = table(issues_laid_out(retired), "Series in full")
    assert in_full["Series"] == "Records S1 (retired from 1 May 2025 on)"


def test_there_is_a_table_for_each_department_and_first_one_for_series_of_none() -> None:
    rows = [a_series("S1", department="Police"), a_series("S2", department="finance"), a_series("S3")]

    tables = printed(laid_out(*rows, a_series("S0", department="POLICE")))

    assert [len(rows) for rows in tables.values()] == [1, 1, 2]
    assert list(tables)[1:] == ["finance", "POLICE"]


# --- Employee Work Access ---


def test_work_access_is_that_of_the_record_though_the_text_is_empty() -> None:
    series = a_series("S1", work_access_text="", department="Finance")

    assert work_access(series, accesses=(CLERKS, CLERKS._replace(holder="P2"))) == "Payroll Clerk"
    assert work_access(a_series("S1"), accesses=(CLERKS,)) == "Payroll Clerk (Finance)"


def test_holders_are_named_everyone_first_and_last_the_part_that_names_none_as_it_is_written() -> None:
    by_name = EVERYONE._replace(holder_type="employee", holder="E1")
    department = EVERYONE._replace(holder_type="department", holder="Police")

    text = work_access(
        a_series("S1"), accesses=(by_name, CLERKS, department, EVERYONE), untestable=("others as needed",)
    )

    assert text == (
        "All employees; Police (all positions); Payroll Clerk (Finance); Ann Olson (by name); others as needed"
    )


def test_work_access_that_ended_or_has_not_begun_is_not_said() -> None:
    now = microseconds(ABOUT.as_of)

    assert work_access(a_series("S1"), accesses=(CLERKS._replace(end=now), CLERKS._replace(start=now + 1))) == (
        "(nobody on record)"
    )


def test_of_public_data_anybody_may_see_them() -> None:
    assert work_access(a_series("S1", classes="public")) == "Public data: anybody"


# --- The cover ---


def test_the_cover_says_month_and_year_and_how_to_reach_the_officials() -> None:
    about = facts_of(laid_out(a_series("S1"), officers={"compliance_official": [ANN], "responsible_authority": [CY]}))

    assert about["Month and year"] == "March 2025"
    assert about["Compliance official"] == "Ann Olson, Payroll Clerk, ann@elm.example"
    assert "none on record" in str(about["Designees"])


def test_where_the_office_is_held_by_another_than_the_entity_says_the_cover_says_so() -> None:
    (cover, _) = laid_out(a_series("S1"), officers={"responsible_authority": [CY]})
    assert isinstance(cover, Cover)

    said = dict(cover.sections[0].facts)["Responsible authority"]

    assert said == "Bo Larson (but on that day the office is held by: Cy Dale)"


def test_the_cover_names_the_responsible_authority_and_says_what_is_not_entered() -> None:
    about = facts_of(laid_out())

    assert about["Entity"] == "Town of Elm"
    assert about["Address"] == "(not entered yet)"


def test_the_cover_says_which_laws_the_inventory_serves() -> None:
    text = paragraphs_of(laid_out())

    assert "13.025 subd. 1" in text
    assert "part of the procedures under Minn. Stat. 13.05 subd. 5" in text


def test_the_cover_names_who_may_reach_all_not_public_data_now() -> None:
    about = facts_of(laid_out(officers={"administrator": [ANN, CY]}))

    assert about["Administrator"] == "Ann Olson, Payroll Clerk, ann@elm.example; Cy Dale"
    assert about["Human resources manager"] == "(held by nobody on record)"


# --- The issues ---


def test_13_025_requires_private_and_confidential_data_and_a_class_that_is_lost_leaves_it_unknown() -> None:
    classes = ["private", "confidential; public", "nonpublic", "protected nonpublic", "public", ""]
    series = [a_series(f"S{n}", classes=text, classification_text=text) for n, text in enumerate(classes)]
    lost = a_series("S6", classes="public", classification_text="Public;")
    misspelt = a_series("S7", classes="public", unreadable_classes="Privat")

    rows = table(issues_laid_out(*series, lost, misspelt), "Series in full")

    assert [row["Required by 13.025"] for row in rows] == [
        *("yes", "yes", "no", "no", "no", "unknown", "unknown", "unknown")
    ]
    assert facts_of(laid_out(*series, lost, misspelt))["Unknown"] == 3


def test_work_access_is_missing_only_where_the_record_has_none_either() -> None:
    silent = a_series("S1", work_access_text="")

    with_access = table(issues_laid_out(silent, accesses=(CLERKS,)), "Issues")
    without = table(issues_laid_out(silent), "Issues")

    assert with_access == []
    assert [row["Kind"] for row in without] == ["work access missing"]


def test_each_issue_has_its_kind_its_sentence_and_its_law() -> None:
    series = a_series("S1", classification_text="Privat", classes="", unreadable_classes="Privat")

    (row,) = table(issues_laid_out(series, accesses=(CLERKS,)), "Issues")

    assert row["Kind"] == IssueKind.CLASS_UNREADABLE.replace("_", " ")
    assert '"Privat" in the classification cannot be read' in str(row["What is wrong, and what to do"])
    assert row["Law"] == "Minn. Stat. 13.02"


def test_what_an_official_made_of_a_cell_that_could_not_be_read_is_no_issue_any_more() -> None:
    resolved = a_series("S1", classification_text="Privat", classes="private", unreadable_classes="")

    assert table(issues_laid_out(resolved, accesses=(CLERKS,)), "Issues") == []
