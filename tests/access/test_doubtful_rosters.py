"""A later roster that is refused, or asked about before it ends or begins what it should not."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_employees import EmployeeImporter
from access.undo_import import undo_import
from config.errors import Conflict, Invalid
from tests.access.rosters import (
    ANN,
    APRIL_1,
    BO,
    FIRST,
    HEADINGS,
    MARCH_1,
    NOON,
    OFFICERS,
    employed,
    held,
    listed,
    roster,
)
from tests.importing import counts, import_text


def test_a_roster_is_refused_without_its_day_once_people_are_recorded(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\n1,Ann Olson,1972-05-01\n")

    with pytest.raises(Invalid, match="as of a day, which must be given"):
        roster(session, tmp_path, FIRST)


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
