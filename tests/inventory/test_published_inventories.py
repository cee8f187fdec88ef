"""What is pointed out in inventories that cities published."""

import csv
from pathlib import Path

from inventory.issues import IssueKind, SeriesText, inventory_issues
from inventory.rules import (
    Classification,
    ReadClasses,
)
from tests.inventory.series_texts import a_row, kinds

PUBLIC, PRIVATE, CONFIDENTIAL, NONPUBLIC, PROTECTED_NONPUBLIC = Classification


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
