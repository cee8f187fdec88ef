"""The versions of the inventory from the command line."""

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.app.commands import Thirteen


def test_versions_are_published_listed_compared_and_written(town_thirteen: Thirteen, tmp_path: Path) -> None:
    thirteen = town_thirteen
    assert thirteen("inventory", "versions").out == "Nothing was published of the inventory yet.\n"
    first = thirteen("inventory", "publish", "--note", "Resolution 26-40")
    thirteen("series", "rename", "S4", "Offers")
    thirteen("entity", "--set", "authority_phone=555 0100")
    second = thirteen("inventory", "publish")

    assert first.out.startswith("Version 1 of the inventory is published, with ")
    assert "Since version 1: 1 renamed, 1 change besides the series." in second.out
    listed = json.loads(thirteen("inventory", "versions", "--format", "json").out)
    assert [(one["number"], one["note"]) for one in listed] == [(2, ""), (1, "Resolution 26-40")]
    told = thirteen("inventory", "difference", "--from", "1", "--to", "2").out
    assert "    name: “Bids” -> “Offers”" in told
    assert "  Telephone: “” -> “555 0100”" in told
    assert "nothing differs." in thirteen("inventory", "difference").out
    assert thirteen("inventory", "workbook", "1", "--out", str(tmp_path / "one.xlsx")).status == 0
    assert "Bids" in [row[0] for row in load_workbook(tmp_path / "one.xlsx")["Data inventory"].values]


def test_a_text_that_names_an_employee_is_refused_with_the_way_to_mean_it(town_thirteen: Thirteen) -> None:
    town_thirteen("series", "rename", "S4", "Bids of Ann Olson")
    refused = town_thirteen("inventory", "publish")

    assert (refused.status, "Without --yes it is refused." in refused.err) == (1, True)
    assert town_thirteen("inventory", "publish", "--yes").status == 0


def test_a_detail_that_there_is_not_is_refused(town_thirteen: Thirteen) -> None:
    refused = town_thirteen("entity", "--set", "colour=red")

    assert (refused.status, "There is no detail" in refused.err) == (1, True)


def test_a_document_is_written_with_how_much_is_open_in_it(town_thirteen: Thirteen, tmp_path: Path) -> None:
    ran = town_thirteen("document", "security", "--out", str(tmp_path / "security.docx"))

    assert (ran.status, (tmp_path / "security.docx").is_file()) == (0, True)
    assert "marked to be entered or checked." in ran.out


def test_a_review_and_what_differs_in_work_access_are_told(town_thirteen: Thirteen) -> None:
    before = town_thirteen("series", "reviews", "--overdue").out
    assert "S1 (Case files)" not in before
    assert town_thirteen("series", "review", "S1").out.startswith("Case files (S1) is reviewed; it is due again on ")

    assert "S1  Case files" in before
    assert "S1  Case files" not in town_thirteen("series", "reviews", "--overdue").out
    assert "S2  unread: “certain employees as needed”" in town_thirteen("series", "compare").out
