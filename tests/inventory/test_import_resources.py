"""Importing what the resources in a system's logs map to."""

from pathlib import Path

from sqlmodel import Session

from inventory.import_inventory import InventoryImporter
from inventory.import_resources import ResourceImporter
from inventory.models import ResourcePattern
from tests.importing import counts, current_rows, import_text, refusals

HEADINGS = "system,pattern,series\n"


def test_a_pattern_maps_to_the_code_of_the_series_it_names(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll registers,PAY-010\n")

    import_text(session, ResourceImporter, tmp_path, HEADINGS + "hris,/pay/*,payroll registers\nhris,/tax/*,pay-010\n")

    assert [row.series for row in current_rows(session, ResourcePattern)] == ["PAY-010", "PAY-010"]


def test_public_and_ignore_are_words_in_any_spelling(session: Session, tmp_path: Path) -> None:
    import_text(session, InventoryImporter, tmp_path, "name,code\nPublications,PUB-1\n")

    import_text(session, ResourceImporter, tmp_path, HEADINGS + "hris,/a,Public\nhris,/b,\u200bIGNORE\nhris,/c,PUB-1\n")

    assert [row.series for row in current_rows(session, ResourcePattern)] == ["public", "ignore", "PUB-1"]


def test_a_pattern_of_an_unknown_series_is_refused(session: Session, tmp_path: Path) -> None:
    [sentence] = refusals(session, ResourceImporter, tmp_path, HEADINGS + "hris,/pay/*,Payroll\n")

    assert sentence == (
        'table.csv, row 2, column series: "Payroll" cannot be used: The inventory has no data series with the code or '
        'name "Payroll"; "public" and "ignore" are allowed too.'
    )


def test_one_pattern_of_one_system_maps_to_one_thing(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "hris,/pay/*,public\nHRIS,/pay/*,public\nHRIS,/pay/*,ignore\n"

    receipt = import_text(session, ResourceImporter, tmp_path, text, skip_bad_rows=True)

    assert counts(receipt) == (1, 0, 1, 1)
    assert (
        '"ignore" contradicts row 2, which says "public" of system hris, pattern /pay/*' in receipt.refused[0].sentence
    )


def test_a_pattern_in_another_spelling_is_the_same_pattern(session: Session, tmp_path: Path) -> None:
    import_text(session, ResourceImporter, tmp_path, HEADINGS + "hris,Files/*,public\n")

    receipt = import_text(session, ResourceImporter, tmp_path, HEADINGS + "HRIS,files\u200b/*,ignore\n")

    assert counts(receipt) == (0, 1, 0, 0)
    assert [row.series for row in current_rows(session, ResourcePattern)] == ["ignore"]


def test_a_file_that_has_one_pattern_twice_with_other_targets_contradicts_itself(
    session: Session, tmp_path: Path
) -> None:
    [sentence] = refusals(session, ResourceImporter, tmp_path, HEADINGS + "hr,zebra/*,ignore\nhr,ZEBRA/*,public\n")

    assert '"public" contradicts row 2, which says "ignore"' in sentence


def test_a_pattern_that_maps_to_something_else_now_is_changed(session: Session, tmp_path: Path) -> None:
    import_text(session, ResourceImporter, tmp_path, HEADINGS + "hris,/pay/*,public\n")

    receipt = import_text(session, ResourceImporter, tmp_path, HEADINGS + "hris,/pay/*,ignore\n")

    assert counts(receipt) == (0, 1, 0, 0)
    assert [row.series for row in current_rows(session, ResourcePattern)] == ["ignore"]
