"""Importing a roster when people are recorded already: a complete list as of a day, against what stands."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_positions import PositionImporter
from access.import_roster import RosterImporter
from access.models import Assignment, Employee, Employment
from access.undo_import import undo_import
from config.applied_imports import AppliedImport
from config.errors import Conflict, Invalid
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from config.tables.receipt import Receipt
from tests.importing import CHICAGO, counts, current_rows, import_text

HEADINGS = "employee_id,name,title,department,hire_date\n"
OFFICERS = tuple(f"{number},Officer {number},Officer,Police,1999-03-01\n" for number in range(10, 30))
ANN, BO = "1,Ann Olson,Officer,Police,1972-05-01\n", "2,Bo Larson,Clerk,Finance,2010-02-01\n"
FIRST = HEADINGS + "".join((ANN, BO, *OFFICERS))
NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
MARCH_1, APRIL_1 = date(2025, 3, 1), date(2025, 4, 1)
MIDNIGHT_OF_MARCH_1 = datetime(2025, 3, 1, 6, tzinfo=UTC)


def roster(
    session: Session,
    folder: Path,
    text: str,
    as_of: date | None = None,
    *,
    partial: bool = False,
    yes: bool = False,
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> Receipt:
    """Import a roster as the door does, each a minute after the one before."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(as_of=as_of, partial=partial, yes=yes)
    request = ImportRequest("roster", path, {}, dry_run, skip_bad_rows, options=options)
    now = NOON.replace(minute=len(session.exec(select(AppliedImport)).all()))
    return import_table(session, RosterImporter(session, CHICAGO, options), request, now=now, by="clerk")[0]


def listed(receipt: Receipt, name: str) -> list[tuple[int | None, str, str, str]]:
    """Give the entries of a list of a receipt; none where it has no such list."""
    return [
        (entry.number, entry.subject, entry.was, entry.now)
        for listing in receipt.listings
        if listing.name == name
        for entry in listing.entries
    ]


def held(session: Session, employee_id: str) -> list[tuple[str, str, str]]:
    """Give what an employee holds: code, first and last day as local dates, empty where open."""
    return [
        (row.position_code, local(row.start), local(row.end))
        for row in current_rows(session, Assignment)
        if row.employee_id == employee_id
    ]


def employed(session: Session, employee_id: str) -> list[tuple[str, str]]:
    rows = [row for row in current_rows(session, Employment) if row.employee_id == employee_id]
    return [(local(row.start), local(row.end)) for row in rows]


def local(instant: datetime | None) -> str:
    return f"{instant.astimezone(CHICAGO):%Y-%m-%d}" if instant else ""


def test_a_roster_is_refused_without_its_day_once_people_are_recorded(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\n1,Ann Olson,1972-05-01\n")

    with pytest.raises(Invalid, match="as of a day, which must be given"):
        roster(session, tmp_path, FIRST)


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


def test_new_titles_and_departments_stand_beside_the_nearest_known_one(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    moved = "1,Ann Olson,Oficer,Police,1972-05-01\n2,Bo Larson,Clerk,Polcie,2010-02-01\n"

    receipt = roster(session, tmp_path, HEADINGS + moved + "".join(OFFICERS), MARCH_1)

    assert listed(receipt, "new titles") == [(None, "Oficer", "", "did you mean Officer?")]
    assert listed(receipt, "new departments") == [(None, "Polcie", "", "did you mean Police?")]


def test_a_first_roster_says_what_stands_in_a_row_and_was_probably_meant_for_another(
    session: Session, tmp_path: Path
) -> None:
    text = HEADINGS + "".join(OFFICERS) * 2 + "1,Ann Olson,Officer,Polcie,1972-05-01\n"

    receipt = roster(session, tmp_path, text)

    assert [entry[1:] for entry in listed(receipt, "names as good as another")] == [
        ("Polcie", "", "did you mean Police?")
    ]


def test_more_than_a_tenth_who_leave_need_a_yes(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    text = HEADINGS + ANN + "".join(OFFICERS[2:])

    with pytest.raises(Invalid) as refusal:
        roster(session, tmp_path, text, MARCH_1)
    dry = roster(session, tmp_path, text, MARCH_1, dry_run=True)

    [sentence] = refusal.value.details
    assert sentence == (
        "3 of the 22 people who worked here on 28 February 2025 are not listed and would have left, which is more than "
        "a tenth; a list of some of them only is partial."
    )
    assert [(stop.sentence, stop.needs_yes) for stop in dry.stops] == [(sentence, True)]
    assert roster(session, tmp_path, text, MARCH_1, yes=True).summary.startswith("As of 1 March 2025: 0 hired, 3 left")


def test_a_tenth_needs_none_and_more_who_begin_do(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)

    roster(session, tmp_path, HEADINGS + ANN + "".join(OFFICERS[1:]), MARCH_1)

    new = "".join(f"{number},New {number},Clerk,Finance,2025-03-03\n" for number in range(40, 43))
    with pytest.raises(Invalid) as refusal:
        roster(session, tmp_path, HEADINGS + ANN + "".join(OFFICERS[1:]) + new, APRIL_1)
    assert refusal.value.details[0].startswith("3 people would begin, which is more than a tenth of the 20 people")


def test_an_older_roster_is_refused_until_the_newer_one_is_taken_back(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    roster(session, tmp_path, FIRST, APRIL_1)

    with pytest.raises(Conflict, match="Import 2 was a roster as of 2025-04-01; one as of 2025-03-01 would take back"):
        roster(session, tmp_path, FIRST, MARCH_1)

    undo_import(session, 2, now=NOON.replace(minute=40), by="clerk")
    assert counts(roster(session, tmp_path, FIRST, MARCH_1)) == (0, 0, 22, 0)


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


def test_a_roster_of_a_day_to_come_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="2025-12-02 is still to come"):
        roster(session, tmp_path, FIRST, date(2025, 12, 2))


@pytest.mark.parametrize(
    "bad_row",
    [
        "2,Bo Larson,Clerk,Finance,soon\n",
        ",BO  LARSON,Clerk,Finance,soon\n",
        ",,Clerk,,\n",
        "2,Bo Larson,Clerk,Finance,2010-02-01,one,cell,too,many\n",
    ],
)
def test_nobody_is_missing_who_may_stand_in_a_refused_row(bad_row: str, session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)

    receipt = roster(session, tmp_path, HEADINGS + ANN + bad_row + "".join(OFFICERS), MARCH_1, skip_bad_rows=True)

    assert len(receipt.refused) == 1
    assert employed(session, "2") == [("2010-02-01", "")]
    assert listed(receipt, "not ended") == [(None, "Bo Larson (2)", "Clerk, Finance", "")]


def test_nothing_ends_for_somebody_one_of_whose_rows_is_refused(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)
    rows = "1,Ann Olson,Trainer,Police,1972-05-01\n1,Ann Olson,Officer,,1972-05-01\n"

    roster(session, tmp_path, HEADINGS + rows + BO + "".join(OFFICERS), MARCH_1, skip_bad_rows=True)

    assert held(session, "1") == [("OFFICER-POLICE", "1972-05-01", ""), ("TRAINER-POLICE", "2025-03-01", "")]


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


def test_who_is_missing_as_somebody_else_begins_in_the_same_place_is_asked_about(
    session: Session, tmp_path: Path
) -> None:
    headings, others = "name,title,department,hire_date\n", "".join(row.partition(",")[2] for row in OFFICERS)
    roster(session, tmp_path, f"{headings}Ann Olson,Clerk,Finance,2020-01-06\n{others}")

    married = f"{headings}Ann Berg,Clerk,Finance,2020-01-06\n{others}"
    [stop] = roster(session, tmp_path, married, MARCH_1, dry_run=True).stops
    numbered = f"employee_id,{headings}ANN-OLSON,Ann Berg,Clerk,Finance,2020-01-06\n" + "".join(
        f",{row}" for row in others.splitlines(keepends=True)
    )
    receipt = roster(session, tmp_path, numbered, MARCH_1)

    assert "if that is one person, give row 2 the employee_id ANN-OLSON" in stop.sentence
    assert receipt.summary.startswith("As of 1 March 2025: 0 hired, 0 left, 0 back, 0 moved, 1 renamed")


def test_a_renamed_department_is_asked_about(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)

    receipt = roster(session, tmp_path, FIRST.replace(",Police,", ",Police Department,"), MARCH_1)

    [stop] = receipt.stops
    assert stop.sentence.startswith(
        "Nobody is left in Police; 21 people went from it to Police Department, which is new."
    )


def test_a_roster_that_lists_people_hired_after_its_day_is_asked_about(session: Session, tmp_path: Path) -> None:
    roster(session, tmp_path, FIRST)

    receipt = roster(session, tmp_path, f"{FIRST}3,Cy,Clerk,Finance,2025-06-02\n", MARCH_1)

    assert [stop.sentence for stop in receipt.stops] == [
        "1 person is listed as hired after 1 March 2025 (Cy (3)); check that this is the roster's day."
    ]
    assert employed(session, "3") == [("2025-06-02", "")]


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
