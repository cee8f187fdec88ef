"""A series over several inventories: renamed, retired, missing from a later file, and with classes that are lost."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_inventory_texts import InventoryTextImporter
from config.errors import Invalid
from inventory.models import DataSeries
from inventory.rename_series import rename_series
from tests.builders import MAY_1
from tests.importing import JULY_1, counts, current_rows, import_text

HEAD = "code,name,classification,citation,work_access\n"
TWO = f"{HEAD}S1,Case files,private,13.82,certain employees as needed\nS2,Bids,public,13.37,All employees\n"


def lists(session: Session, folder: Path, text: str) -> Mapping[str, list[tuple[str, str, str]]]:
    """Import an inventory, and give its receipt's lists."""
    receipt = import_text(session, InventoryTextImporter, folder, text)
    return {
        listing.name: [(entry.subject, entry.was, entry.now) for entry in listing.entries]
        for listing in receipt.listings
    }


def test_a_row_with_the_code_and_another_name_renames_the_series(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryTextImporter, tmp_path, TWO)

    found = lists(session, tmp_path, TWO.replace("Case files", "Files of cases"))

    assert found == {"renamed": [("S1", "Case files", "Files of cases")]}
    assert {row.code: row.name for row in current_rows(session, DataSeries)} == {"S1": "Files of cases", "S2": "Bids"}


def test_a_series_that_a_later_inventory_lacks_is_listed_and_stays(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryTextImporter, tmp_path, TWO)

    found = lists(session, tmp_path, f"{HEAD}S2,Bids,public,13.37,All employees\n")

    assert found == {"recorded but not in this file": [("S1", "Case files", "")]}
    assert len(current_rows(session, DataSeries)) == 2


def test_a_series_is_retired_by_its_date_and_taken_back_by_an_empty_cell(session: Session, tmp_path: Path) -> None:
    text = "code,name,classification,citation,retired\nS1,Case files,private,13.82,%s\n"
    import_text(session, InventoryTextImporter, tmp_path, text % "2025-05-01")
    retired = [row.retired for row in current_rows(session, DataSeries)]
    silent = import_text(session, InventoryTextImporter, tmp_path, "code,name\nS1,Case files\n", now=JULY_1)
    found = lists(session, tmp_path, text % "")

    assert retired == [MAY_1]
    assert counts(silent) == (0, 0, 1, 0)
    assert found == {"reopened": [("S1", "2025-05-01", "")]}


def test_the_receipt_names_texts_that_name_nobody_and_classes_that_are_lost(session: Session, tmp_path: Path) -> None:
    found = lists(session, tmp_path, TWO.replace("public,13.37", "public; Privat,13.37"))

    assert found == {
        "with classes that cannot be read": [("S2 Bids", "public; Privat", "public")],
        "texts that name nobody known here": [("S1", "", "certain employees as needed")],
    }


@pytest.mark.parametrize("name", ["Public", "ALL  employees", "ig\u200bnore", "*", "\u200b"])
def test_no_series_is_renamed_to_a_word_of_its_own_or_to_nothing(session: Session, tmp_path: Path, name: str) -> None:
    import_text(session, InventoryTextImporter, tmp_path, TWO)

    with pytest.raises(Invalid):
        rename_series(session, "S1", name, now=JULY_1, by="clerk")
