"""Importing a 13.025 inventory: codes, kept cells, issues, the parts of the work access text, real files."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from config.tables.import_file import ImportRequest, import_table
from inventory.import_inventory import InventoryImporter
from inventory.models import DataSeries, WorkAccessPart
from tests.databases import on_both
from tests.importing import CHICAGO, JULY_1, counts, current_rows, import_text, refusals

TOMORROW = JULY_1 + timedelta(days=1)


def parts(session: Session) -> list[tuple[str, str]]:
    return [(row.series, row.part) for row in current_rows(session, WorkAccessPart)]


def test_the_templates_own_headings_are_known(session: Session, tmp_path: Path) -> None:
    headings = (
        '"Name of Record, File, Process, Form or Data Type",Description (Understandable to General Public),'
        "Data Classification,Citation for Classification,Employee Work Access\n"
    )

    import_text(session, InventoryImporter, tmp_path, headings + "Attorney Data,Advice,Private,13.393,City Attorney\n")

    [series] = current_rows(session, DataSeries)
    assert (series.code, series.description, series.classes, series.citations) == (
        *("ATTORNEY-DATA", "Advice", "private", "Minn. Stat. 13.393"),
    )
    assert parts(session) == [("ATTORNEY-DATA", "City Attorney")]


@on_both
def test_cells_are_kept_as_written_beside_what_was_read_in_them(session: Session, tmp_path: Path) -> None:
    text = 'name,classification,citation\nCase files,"Private/Sealed; public","Minn. Stat. §§ 13.82, 13.87; Various"\n'

    import_text(session, InventoryImporter, tmp_path, text)

    [series] = current_rows(session, DataSeries)
    assert series.classification_text == "Private/Sealed; public"
    assert (series.classes, series.unreadable_classes) == ("private; public", "Sealed")
    assert series.citation_text == "Minn. Stat. §§ 13.82, 13.87; Various"
    assert (series.citations, series.unreadable_citations) == ("Minn. Stat. 13.82; Minn. Stat. 13.87", "Various")


def test_a_series_without_any_class_or_citation_is_taken_and_reported(session: Session, tmp_path: Path) -> None:
    receipt = import_text(session, InventoryImporter, tmp_path, "name\nMedical data\n")

    assert counts(receipt) == (1, 0, 0, 0)
    summary = "Inventory issues to resolve: 1 class missing, 1 citation missing, 1 work access missing."
    assert receipt.notices[0] == summary
    assert any(notice.startswith("Medical data: no classification is given.") for notice in receipt.notices)


def test_many_issues_are_counted_and_the_first_twenty_said(session: Session, tmp_path: Path) -> None:
    names = "".join(f"Series {number}\n" for number in range(30))

    receipt = import_text(session, InventoryImporter, tmp_path, "name\n" + names)

    assert len(receipt.notices) == 22
    assert receipt.notices[-1] == "And 70 more issues; the report inventory-issues lists them all."


def test_one_name_in_two_departments_is_two_series(session: Session, tmp_path: Path) -> None:
    text = "name,department\nCorrespondence,Clerk\nCorrespondence,Police\n"

    receipt = import_text(session, InventoryImporter, tmp_path, text)
    again = import_text(session, InventoryImporter, tmp_path, "name,department\nCorrespondence,Police\n")

    assert counts(receipt) == (2, 0, 0, 0)
    assert [row.code for row in current_rows(session, DataSeries)] == ["CORRESPONDENCE", "CORRESPONDENCE-2"]
    assert counts(again) == (0, 0, 1, 0)


def test_one_name_twice_in_one_department_with_other_text_is_refused(session: Session, tmp_path: Path) -> None:
    text = "name,description\nPayroll,Pay\npayroll,Deductions\nPayroll,Pay\n"

    [sentence] = refusals(session, InventoryImporter, tmp_path, text)

    assert sentence == (
        'table.csv, row 3, column name: "payroll" stands in row 2 too, of the same department and with other text; '
        "give both a code, or keep one."
    )


def test_a_code_given_further_down_is_not_given_to_another_series(session: Session, tmp_path: Path) -> None:
    text = "name,code\nPayroll,\nPay runs,PAYROLL\n"

    import_text(session, InventoryImporter, tmp_path, text)

    codes = {row.name: row.code for row in current_rows(session, DataSeries)}
    assert codes == {"Payroll": "PAYROLL-2", "Pay runs": "PAYROLL"}


def test_a_code_in_another_case_is_the_same_series(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll,FIN 1\n")

    receipt = import_text(session, InventoryImporter, tmp_path, "name,code,work_access\nPayroll,fin 1,Clerk\n")

    assert counts(receipt) == (0, 1, 0, 0)
    assert [row.code for row in current_rows(session, DataSeries)] == ["FIN 1"]
    assert parts(session) == [("FIN 1", "Clerk")]


def test_a_row_without_a_code_restates_the_recorded_series_of_its_name(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code,department\nPayroll,FIN 1,Finance\n")

    receipt = import_text(session, InventoryImporter, tmp_path, "name,description\nPAYROLL,Pay\n")

    assert counts(receipt) == (0, 1, 0, 0)
    [series] = current_rows(session, DataSeries)
    assert (series.code, series.name, series.description, series.department) == ("FIN 1", "PAYROLL", "Pay", "Finance")


def test_a_name_that_several_series_have_needs_a_code(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code\nLedger,FIN 1\nLedger,FIN 2\n")

    [sentence] = refusals(session, InventoryImporter, tmp_path, "name\nLedger\n")

    assert 'column name: "Ledger" is the name of several series here; give the code of the one meant: FIN 1, FIN 2' in (
        sentence
    )


def test_what_the_file_has_no_column_for_stays_and_an_empty_cell_empties(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,citation,work_access,retention\nPayroll,13.43,Clerk,6\n")

    import_text(session, InventoryImporter, tmp_path, "name,retention\nPayroll,\n")

    [series] = current_rows(session, DataSeries)
    assert (series.citations, series.work_access_text, series.retention) == ("Minn. Stat. 13.43", "Clerk", "")
    assert parts(session) == [("PAYROLL", "Clerk")]


def test_a_part_that_stays_keeps_the_time_at_which_it_was_recorded(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,work_access\nPayroll,Clerk; Auditor\nLedger,Clerk\n")

    receipt = import_text(
        session, InventoryImporter, tmp_path, "name,work_access\nPayroll,CLERK; Mayor\n", now=TOMORROW
    )

    assert counts(receipt) == (0, 1, 0, 0)
    standing = {(row.series, row.part): row.recorded_at for row in current_rows(session, WorkAccessPart)}
    assert standing == {("PAYROLL", "Clerk"): JULY_1, ("LEDGER", "Clerk"): JULY_1, ("PAYROLL", "Mayor"): TOMORROW}
    closed = session.exec(select(WorkAccessPart).where(WorkAccessPart.part == "Auditor")).one()
    assert (closed.superseded_at, closed.superseded_by) == (TOMORROW, "clerk")


def test_an_emptied_work_access_text_closes_all_parts(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,work_access\nPayroll,Clerk; Auditor\n")

    receipt = import_text(session, InventoryImporter, tmp_path, "name,work_access\nPayroll,\n")

    assert parts(session) == []
    assert receipt.closed == 3


def test_a_series_recorded_under_another_code_is_pointed_out(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name\nPayroll\n")

    receipt = import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll,FIN 1\n")

    assert receipt.notices[0] == "Row 2: a series of this name is recorded with another code; both stand."


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("inventories/arden-hills-city.csv", 1),
        ("inventories/edina-city.csv", 1),
        ("inventories/little-canada-city-historical.csv", 27),
        ("inventories/minneapolis-city.csv", 7),
        ("inventories/minneapolis-public-schools.csv", 15),
        ("inventories/mounds-view-city.csv", 16),
        ("retention/county-human-resources-general-schedule.csv", 10),
        ("retention/little-canada-city-2021-finance.csv", 8),
    ],
)
def test_every_row_of_a_published_inventory_is_in(file: str, rows: int, session: Session, shared_data: Path) -> None:
    def run() -> tuple[int, int, int, int]:
        importer = InventoryImporter(session, CHICAGO)
        request = ImportRequest("inventory", shared_data / file, {})
        return counts(import_table(session, importer, request, now=JULY_1, by="clerk")[0])

    assert run() == (rows, 0, 0, 0)
    assert run() == (0, 0, rows, 0)
    assert len(current_rows(session, DataSeries)) == rows


@pytest.mark.parametrize("word", ["Public", "IGNORE", "*", "All\u00a0 employees", "\ufeffpublic"])
def test_words_that_mean_something_else_are_no_code_or_name_of_a_series(
    session: Session, tmp_path: Path, word: str
) -> None:
    sentences = refusals(
        session, InventoryImporter, tmp_path, f"name,code\nMedical files,{word}\n{word},M-1\n{word},\n"
    )

    assert [sentence.split(": ")[0].rpartition(" ")[2] for sentence in sentences] == ["code", "name", "name"]
    assert "is a word of its own here, not the code or name of a series" in sentences[0]


def test_a_code_in_another_spelling_is_the_same_series(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll,PAY-010\n")

    receipt = import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll,pay-\u200b010\n")

    assert counts(receipt) == (0, 0, 1, 0)
