"""Importing assignments and accounts: whose a login is, and when."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.models import (
    Account,
    Assignment,
)
from config.tables.options import ImportOptions
from tests.importing import counts, current_rows, import_text, refusals

# --- Assignments ---


def test_an_assignment_of_somebody_unknown_is_refused(people: Session, tmp_path: Path) -> None:
    headings = "employee_id,position_code,start_date\n"

    sentences = refusals(people, AssignmentImporter, tmp_path, headings + "E9,P1,2025-01-01\nE1,P9,2025-01-01\n")

    assert '"E9" is no known employee_id; import the employee first' in sentences[0]
    assert '"P9" is no known position_code; import the position first' in sentences[1]


def test_what_a_file_claims_of_its_recording_is_kept_beside_the_services_clock(people: Session, tmp_path: Path) -> None:
    text = "employee_id,position_code,start_date,recorded_at\nE1,P1,2025-01-01,2025-02-01\n"

    import_text(people, AssignmentImporter, tmp_path, text)

    assert current_rows(people, Assignment)[0].stated_recorded_at == datetime(2025, 2, 1, 6, tzinfo=UTC)


# --- Accounts ---

ACCOUNTS = "system,login,employee_id,kind,start,end\n"


def test_a_login_may_pass_from_one_employee_to_the_next(people: Session, tmp_path: Path) -> None:
    text = ACCOUNTS + "hris,jdoe,E1,,,2025-06-15\nHRIS,CITY\\jdoe,E2,,2025-06-16,\n"

    assert counts(import_text(people, AccountImporter, tmp_path, text)) == (2, 0, 0, 0)


def test_overlapping_accounts_are_refused_whoever_they_name(people: Session, tmp_path: Path) -> None:
    text = ACCOUNTS + "hris,jdoe,E1,,,2025-06-15\nHRIS,CITY\\JDoe,E1,,2025-06-15,\n"

    [sentence] = refusals(people, AccountImporter, tmp_path, text)

    assert sentence == (
        'table.csv, row 3, column login: "CITY\\JDoe" overlaps row 2 (employee E1, always to 16 June 2025, 00:00); '
        "a login belongs to one employee at a time, so end the one before the other starts; domains do not count "
        "unless the profile of its source says so."
    )


def test_an_account_that_overlaps_a_recorded_one_is_refused(people: Session, tmp_path: Path) -> None:
    import_text(people, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,2020-01-01,\n")

    [sentence] = refusals(people, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E2,,2025-01-01,\n")

    assert "overlaps an account that is recorded already (employee E1, 1 January 2020, 00:00 to open-ended)" in sentence


def test_ending_a_recorded_account_makes_way_for_the_next(people: Session, tmp_path: Path) -> None:
    import_text(people, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,,\n")
    text = ACCOUNTS + "hris,jdoe,E2,,2025-01-01,\nhris,jdoe@city,E1,,,2024-12-31\n"

    receipt = import_text(people, AccountImporter, tmp_path, text)

    assert counts(receipt) == (1, 1, 0, 0)


def test_a_login_spelled_otherwise_is_the_same_account(people: Session, tmp_path: Path) -> None:
    import_text(people, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,,\n")

    receipt = import_text(people, AccountImporter, tmp_path, ACCOUNTS + "HRIS,CITY\\JDOE,E1,personal,,\n")

    assert counts(receipt) == (0, 0, 1, 0)
    assert current_rows(people, Account)[0].login == "jdoe"


def test_accounts_that_name_nobody_or_needlessly_somebody_are_taken_with_a_notice(
    people: Session, tmp_path: Path
) -> None:
    text = ACCOUNTS + "hris,old,,,,\nhris,older,,,,\nhris,desk,E1,shared,,\nhris,backup,,service,,\n"

    receipt = import_text(people, AccountImporter, tmp_path, text)

    assert counts(receipt) == (4, 0, 0, 0)
    assert receipt.notices == (
        "Rows 2, 3: a personal account without employee_id belongs to nobody, so its accesses stay unresolved.",
        "Row 4: a shared or service account names nobody, so its employee_id does not count.",
    )


def test_an_account_of_no_known_kind_or_of_a_domain_alone_is_refused(people: Session, tmp_path: Path) -> None:
    sentences = refusals(people, AccountImporter, tmp_path, ACCOUNTS + "hris,a,E1,guest,,\nhris,@city.example,E1,,,\n")

    assert '"guest" is no kind of account; expected personal, shared, service' in sentences[0]
    assert '"@city.example" names a domain only; give the login too' in sentences[1]


def test_what_is_the_whole_truth_about_a_login_is_so_about_all_its_spellings(people: Session, tmp_path: Path) -> None:
    import_text(people, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,,\nhris,other,E1,,,\n")
    text = ACCOUNTS + "hris,CITY\\jdoe,E2,,2025-01-01,\n"

    receipt = import_text(people, AccountImporter, tmp_path, text, options=ImportOptions(replace=True))

    assert [entry.subject for entry in receipt.listings[0].entries] == ["hris jdoe"]
    assert [row.login for row in current_rows(people, Account)] == ["other", "CITY\\jdoe"]
