"""Importing a roster when people are recorded already: a complete list as of a day, against what stands."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_positions import PositionImporter
from access.models import Assignment, Employee
from access.undo_import import undo_import
from config.errors import Conflict
from config.officials.officials import OfficialRequest, add_official, all_officials
from config.officials.sessions import begin_session, find_session
from tests.access.rosters import (
    ANN,
    APRIL_1,
    BO,
    FIRST,
    HEADINGS,
    MARCH_1,
    MIDNIGHT_OF_MARCH_1,
    NOON,
    OFFICERS,
    employed,
    held,
    listed,
    roster,
)
from tests.importing import counts, current_rows, import_text


def test_a_promoted_officer_leaves_the_old_post_and_holds_the_new_one_from_the_day_alone(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST)
    promoted = "1,Ann Olson,Lieutenant,Police,1972-05-01\n"

    receipt = roster(session, tmp_path, HEADINGS + promoted + BO + "".join(OFFICERS), MARCH_1)

    assert held(session, "1") == [
        ("LIEUTENANT-POLICE", "2025-03-01", ""),
        ("OFFICER-POLICE", "1972-05-01", "2025-03-01"),
    ]
    assert next(row.end for row in current_rows(session, Assignment) if row.end) == MIDNIGHT_OF_MARCH_1
    assert listed(receipt, "moved") == [(2, "Ann Olson (1)", "Officer, Police", "Lieutenant, Police")]
    assert receipt.summary == ("As of 1 March 2025: 0 hired, 0 left, 0 back, 1 moved, 0 renamed, 0 with a new manager.")
    assert counts(receipt) == (1, 0, 21, 0)


def test_who_is_missing_has_left_and_the_logins_are_listed(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    accounts = "system,login,employee_id,start,end\nrms,blarson,2,,\nhris,bo,2,,2025-02-28\nrms,aolson,1,,\n"
    import_text(session, AccountImporter, tmp_path, accounts, now=NOON)

    receipt = roster(session, tmp_path, HEADINGS + ANN + "".join(OFFICERS), MARCH_1)

    assert employed(session, "2") == [("2010-02-01", "2025-03-01")]
    assert held(session, "2") == [("CLERK-FINANCE", "2010-02-01", "2025-03-01")]
    assert listed(receipt, "left") == [(None, "Bo Larson (2)", "Clerk, Finance", "")]
    assert listed(receipt, "logins of those who left") == [(None, "blarson in rms", "", "Bo Larson (2)")]
    assert "1 left" in str(receipt)


def test_an_official_who_left_is_signed_out_and_disabled_and_the_last_of_an_office_is_named(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST)
    for login, role, employee_id in (("ann", "hr", "1"), ("bo", "administrator", "2"), ("cy", "auditor", "")):
        request = OfficialRequest(login, login, [role], employee_id=employee_id)
        add_official(session, request, now=NOON, by="test")
    token = begin_session(session, "ann", now=NOON)

    receipt = roster(session, tmp_path, HEADINGS + "".join(OFFICERS), MARCH_1)

    assert [(one.login, one.disabled) for one in all_officials(session)] == [
        ("ann", True),
        ("bo", False),
        ("cy", False),
    ]
    assert find_session(session, token, now=NOON) is None
    ann, bo = receipt.notices[-2:]
    assert "whose login here is ann, is employed no more, and was signed out" in ann
    assert "was not disabled: bo is the last official who is administrator" in bo


def test_who_left_is_disabled_under_each_of_their_logins_however_their_id_is_written(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST.replace("2,Bo", "b2,Bo"))
    for login, employee_id in (("bo", "B2"), ("bo-too", " b2 "), ("ann", "1")):
        add_official(session, OfficialRequest(login, login, ["hr"], employee_id=employee_id), now=NOON, by="test")

    roster(session, tmp_path, HEADINGS + ANN + "".join(OFFICERS), MARCH_1)

    assert [one.login for one in all_officials(session) if one.disabled] == ["bo", "bo-too"]


def test_nobody_is_missing_from_a_partial_roster(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)

    receipt = roster(session, tmp_path, HEADINGS + "1,Ann Olson,Chief,Police,1972-05-01\n", MARCH_1, partial=True)

    assert employed(session, "2") == [("2010-02-01", "")]
    assert held(session, "1")[1] == ("OFFICER-POLICE", "1972-05-01", "2025-03-01")
    assert "As of 1 March 2025, partial: 0 hired, 0 left, 0 back, 1 moved" in str(receipt)


def test_who_is_back_begins_again_and_the_same_roster_again_changes_nothing(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    roster(session, tmp_path, HEADINGS + ANN + "".join(OFFICERS), MARCH_1)

    receipt = roster(session, tmp_path, FIRST, date(2025, 3, 15))
    again = roster(session, tmp_path, FIRST, date(2025, 3, 15))

    assert employed(session, "2") == [("2010-02-01", "2025-03-01"), ("2025-03-15", "")]
    assert held(session, "2")[1] == ("CLERK-FINANCE", "2025-03-15", "")
    assert listed(receipt, "back") == [(3, "Bo Larson (2)", "", "Clerk, Finance since 15 March 2025")]
    assert counts(again) == (0, 0, 22, 0)


def test_a_separation_that_was_recorded_lately_holds_though_the_person_is_still_listed(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST)
    separated = "employee_id,name,hire_date,separation_date\n2,Bo Larson,2010-02-01,2025-02-14\n"
    import_text(session, EmployeeImporter, tmp_path, separated, now=NOON.replace(minute=30))

    receipt = roster(session, tmp_path, FIRST, MARCH_1)

    assert employed(session, "2") == [("2010-02-01", "2025-02-15")]
    assert listed(receipt, "listed after their separation") == [
        (3, "Bo Larson (2)", "1 February 2010 to 14 February 2025", "hired 1 February 2010")
    ]


def test_a_new_person_begins_with_the_hire_date_and_it_is_said_that_an_earlier_roster_had_not_listed_them(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST)
    roster(session, tmp_path, FIRST, MARCH_1)

    receipt = roster(session, tmp_path, f"{FIRST}3,Cy,Clerk,Finance,2025-02-03\n", APRIL_1)

    assert held(session, "3") == [("CLERK-FINANCE", "2025-02-03", "")]
    assert listed(receipt, "hired") == [
        (24, "Cy (3)", "", "Clerk, Finance since 3 February 2025, though not on the roster of 1 March 2025")
    ]


def test_renamed_people_new_managers_and_corrected_hire_dates_are_listed(session: Session, tmp_path: Path) -> None:
    headings = HEADINGS.replace("\n", ",manager_id\n")
    roster(session, tmp_path, headings + "1,Ann Olson,Chief,Police,1972-05-01,\n2,Bo,Clerk,Police,2010-02-01,1\n")

    receipt = roster(
        session, tmp_path, headings + "1,Ann Berg,Chief,Police,1972-05-02,\n2,BO,Clerk,Police,2010-02-01,\n", MARCH_1
    )

    assert listed(receipt, "renamed") == [(2, "1", "Ann Olson", "Ann Berg")]
    assert listed(receipt, "with a new manager") == [(3, "Bo (2)", "Ann Olson (1)", "nobody")]
    assert listed(receipt, "with another hire date") == [(2, "Ann Olson (1)", "since 1 May 1972", "hired 2 May 1972")]
    assert employed(session, "1") == [("1972-05-02", "")]
    assert held(session, "1") == [("CHIEF-POLICE", "1972-05-02", "")]


def test_a_later_roster_is_taken_back_with_all_that_it_ended(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    roster(session, tmp_path, HEADINGS + "1,Ann Olson,Chief,Police,1972-05-02\n" + "".join(OFFICERS), MARCH_1)

    undo_import(session, 2, now=NOON.replace(minute=40), by="clerk")

    assert (employed(session, "1"), employed(session, "2")) == ([("1972-05-01", "")], [("2010-02-01", "")])
    assert held(session, "1") == [("OFFICER-POLICE", "1972-05-01", "")]
    assert held(session, "2") == [("CLERK-FINANCE", "2010-02-01", "")]


def test_who_left_by_a_roster_that_was_taken_back_and_applied_again_is_back_once_listed(
    session: Session, tmp_path: Path
) -> None:
    roster(session, tmp_path, FIRST)
    left = roster(session, tmp_path, FIRST.replace(ANN, ""), MARCH_1).number
    assert left is not None
    undone = undo_import(session, left, now=NOON.replace(minute=2), by="clerk").number
    assert undone is not None
    undo_import(session, undone, now=NOON.replace(minute=3), by="clerk")

    roster(session, tmp_path, FIRST, date(2025, 3, 15))

    assert employed(session, "1") == [("1972-05-01", "2025-03-01"), ("2025-03-15", "")]


def test_a_roster_that_changed_only_its_day_is_taken_back_and_applied_again(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    day = roster(session, tmp_path, FIRST, APRIL_1).number or 0
    undone = undo_import(session, day, now=NOON.replace(minute=2), by="clerk").number or 0

    assert str(undo_import(session, undone, now=NOON.replace(minute=3), by="clerk")).endswith("Import 4.")
    with pytest.raises(Conflict, match="Import 2 was a roster as of 2025-04-01"):
        roster(session, tmp_path, FIRST, MARCH_1)


def test_of_people_without_numbers_a_corrected_hire_date_makes_no_other_person(
    session: Session, tmp_path: Path
) -> None:
    headings, others = "name,title,department,hire_date\n", "".join(row.partition(",")[2] for row in OFFICERS)
    roster(session, tmp_path, f"{headings}Ann Olson,Clerk,Finance,2020-01-06\n{others}")
    roster(session, tmp_path, f"{headings}Ann Olson,Clerk,Finance,2020-01-06\n{others}", MARCH_1)

    roster(session, tmp_path, f"{headings}Ann Olson,Clerk,Finance,2020-01-07\n{others}", APRIL_1)
    receipt = roster(session, tmp_path, f"{headings}Ann Olson,Clerk,Finance,2025-04-20\n{others}", date(2025, 5, 1))

    assert employed(session, "ANN-OLSON") == [("2020-01-07", "2025-05-01")]
    assert employed(session, "ANN-OLSON-2") == [("2025-04-20", "")]
    assert "is recorded with another hire date" in receipt.notices[0]


def test_ids_are_known_however_they_are_cased(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST.replace("1,Ann", "e1,Ann"))

    receipt = roster(session, tmp_path, FIRST.replace("1,Ann", "E1,Ann"), MARCH_1)

    assert counts(receipt) == (0, 0, 22, 0)


def test_people_and_positions_of_other_files_are_listed_as_they_stand(session: Session, tmp_path: Path) -> None:
    import_text(
        session, PositionImporter, tmp_path, "position_code,title,department\nP1,Clerk,Finance\nP2,Notary,Law\n"
    )
    employees = "employee_id,name,email,hire_date\nE1,Ann,ann@city.example,2020-01-06\n"
    import_text(session, EmployeeImporter, tmp_path, employees, now=NOON)
    headings = "employee_id,position_code,start_date,end_date,recorded_at\n"
    rows = "E1,P1,2022-05-02,,2022-05-01\nE1,P2,2023-01-01,,\nE1,P2,2020-01-06,2021-01-01,\n"
    import_text(session, AssignmentImporter, tmp_path, headings + rows, now=NOON)

    receipt = roster(session, tmp_path, "name,title,department,hire_date\nAnn,Clerk,Finance,2020-01-06\n", MARCH_1)

    assert sorted(held(session, "E1")) == [
        ("P1", "2022-05-02", ""),
        ("P2", "2020-01-06", "2021-01-02"),
        ("P2", "2023-01-01", "2025-03-01"),
    ]
    assert listed(receipt, "moved") == [(2, "Ann (E1)", "Notary, Law", "nothing in its place")]
    assert [row.email for row in current_rows(session, Employee)] == ["ann@city.example"]


def test_an_empty_cell_clears_what_an_absent_column_leaves(session: Session, tmp_path: Path) -> None:
    text = "employee_id,name,title,department,email\n1,Ann,Clerk,Finance,ann@city.example\n"
    roster(session, tmp_path, text)

    roster(session, tmp_path, "employee_id,name,title,department\n1,Ann,Clerk,Finance\n", MARCH_1)
    kept = [row.email for row in current_rows(session, Employee)]
    roster(session, tmp_path, text.replace("ann@city.example", ""), APRIL_1)

    assert (kept, [row.email for row in current_rows(session, Employee)]) == (["ann@city.example"], [""])
