"""Importing what the resources in a system's logs map to."""

from pathlib import Path

from sqlmodel import Session

from config.tables.import_file import ImportRequest, import_table
from config.tables.options import AS_IT_IS
from inventory.import_inventory import InventoryImporter
from inventory.import_resources import ResourceImporter
from inventory.models import ResourcePattern
from tests.importing import CHICAGO, JULY_1, counts, current_rows, import_text, refusals

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


def test_a_pattern_with_brackets_is_taken_with_a_notice_of_what_it_matches(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "hr,Reviews [2024]/*,public\nhr,Reviews [[]2024]/*,ignore\nhr,a[b,ignore\nhr,x[!0],ignore\n"

    receipt = import_text(session, ResourceImporter, tmp_path, text)

    assert counts(receipt) == (4, 0, 0, 0)
    assert receipt.notices == (
        (
            'Row 2: in "Reviews [2024]/*" [2024] matches one character, one of: 2024; to match brackets themselves, '
            "write Reviews [[]2024]/*."
        ),
        'Row 3: in "Reviews [[]2024]/*" [[] matches a bracket itself.',
        'Row 4: in "a[b" no ] closes the [, so it stands for itself.',
        'Row 5: in "x[!0]" [!0] matches one character, none of: 0; to match brackets themselves, write x[[]!0].',
    )


def test_a_pattern_is_refused_whose_brackets_the_logs_show_to_be_meant(session: Session, tmp_path: Path) -> None:
    def seen(system: str) -> list[str]:
        return ["HR/reviews [2024]/a.docx"] if system == "hr" else []

    path = tmp_path / "table.csv"
    path.write_text(HEADINGS + "hr,HR/Reviews [2024]/*,public\nother,HR/Reviews [2024]/*,public\n")
    importer = ResourceImporter(session, CHICAGO, AS_IT_IS, seen)

    receipt, _ = import_table(session, importer, ImportRequest("resources", path, {}, dry_run=True), now=JULY_1, by="c")

    [refused] = receipt.refused
    assert (refused.number, refused.reason) == (
        2,
        (
            'does not match "HR/reviews [2024]/a.docx" of the logs of hr, as its brackets are a set of characters; '
            "write [[] for a bracket: HR/Reviews [[]2024]/*"
        ),
    )
