"""Importing one-sheet HR exports: who is who, which positions there are, what a roster is silent about, real files."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_positions import PositionImporter
from access.import_roster import RosterImporter
from access.models import Assignment, Employee, Employment, Position
from config.errors import Invalid
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import Receipt
from tests.importing import CHICAGO, JULY_1, counts, current_rows, import_text, refusals

HEADINGS = "name,title,department,hire_date\n"
LATER = ImportOptions(as_of=date(2025, 7, 1), yes=True)


def ids(session: Session) -> list[str]:
    return [row.employee_id for row in current_rows(session, Employee)]


def held(session: Session) -> list[tuple[str, str]]:
    return [(row.employee_id, row.position_code) for row in current_rows(session, Assignment)]


def test_a_roster_makes_positions_people_and_who_holds_what(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + '"Aaron,Patricia G",Office Services II,OED-Employment Dev (031),10/24/1979 12:00:00 AM\n'

    import_text(session, RosterImporter, tmp_path, text)

    code = "OFFICE-SERVICES-II-OED-EMPLOYMENT-DEV-031"
    [position] = current_rows(session, Position)
    assert (position.position_code, position.title) == (code, "Office Services II")
    assert position.department == "OED-Employment Dev (031)"
    assert [(row.employee_id, row.name) for row in current_rows(session, Employee)] == [
        ("AARON-PATRICIA-G", "Aaron,Patricia G")
    ]
    hired = datetime(1979, 10, 24, 5, tzinfo=UTC)
    assert [(row.start, row.end) for row in current_rows(session, Employment)] == [(hired, None)]
    assert [(row.position_code, row.start, row.end) for row in current_rows(session, Assignment)] == [
        (code, hired, None)
    ]


def test_names_in_parts_are_put_together(session: Session, tmp_path: Path) -> None:
    text = (
        "LAST NAME,FIRST NAME,MIDDLE NAME,SUFFIX,CLASSIFICATION,DEPARTMENT,HIRE DATE\n"
        "RUSSELL,ANNA,A,,CITY SECRETARY,CITY SECRETARY,1952-04-28\nO'NEIL,JO,,JR,CLERK,PARKS,1952-04-28\n"
    )

    import_text(session, RosterImporter, tmp_path, text)

    assert [(row.employee_id, row.name) for row in current_rows(session, Employee)] == [
        ("RUSSELL-ANNA-A", "RUSSELL, ANNA A"),
        ("ONEIL-JR-JO", "O'NEIL JR, JO"),
    ]


def test_the_same_title_in_one_department_is_one_position(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "Ann,Clerk,Finance,\nBo,CLERK, finance ,\nCy,Clerk,Police,\n"

    import_text(session, RosterImporter, tmp_path, text)

    assert [row.position_code for row in current_rows(session, Position)] == ["CLERK-FINANCE", "CLERK-POLICE"]


def test_namesakes_hired_on_different_days_are_two_people_and_stay_so(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "Ann Olson,Clerk,Finance,2020-01-06\nAnn Olson,Clerk,Police,2010-01-04\n"
    turned = HEADINGS + "Ann Olson,Clerk,Police,2010-01-04\nANN  OLSON,Clerk,Finance,2020-01-06\n"

    import_text(session, RosterImporter, tmp_path, text)
    again = import_text(session, RosterImporter, tmp_path, turned, options=LATER)

    starts = {row.employee_id: row.start and row.start.year for row in current_rows(session, Employment)}
    assert starts == {"ANN-OLSON": 2010, "ANN-OLSON-2": 2020}
    assert counts(again) == (0, 1, 1, 0)  # the name is spelled otherwise
    assert len(ids(session)) == 2


def test_a_namesake_who_joins_later_leaves_the_others_ids_alone(session: Session, tmp_path: Path) -> None:
    import_text(session, RosterImporter, tmp_path, HEADINGS + "Ann Olson,Clerk,Finance,2020-01-06\n")
    text = HEADINGS + "Ann Olson,Clerk,Police,2010-01-04\nAnn Olson,Clerk,Finance,2020-01-06\n"

    receipt = import_text(session, RosterImporter, tmp_path, text, options=LATER)

    assert {row.employee_id: row.start and row.start.year for row in current_rows(session, Employment)} == {
        "ANN-OLSON": 2020,
        "ANN-OLSON-2": 2010,
    }
    assert receipt.notices == (
        "Row 2: an employee of this name is recorded with another hire date, so this is taken for another person.",
    )


def test_namesakes_that_nothing_tells_apart_are_all_refused(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "Ann Olson,Clerk,Finance,\nBo,Clerk,Finance,\nann olson,Chief,Police,\n"

    receipt = import_text(session, RosterImporter, tmp_path, text, skip_bad_rows=True)

    assert [row.number for row in receipt.refused] == [2, 4]
    assert receipt.refused[0].sentence == (
        'table.csv, row 2, column name: "Ann Olson" stands in rows 2, 4 with the same hire date or none, so one person '
        "cannot be told from another; add a column employee_id."
    )
    assert ids(session) == ["BO"]


def test_a_row_that_differs_only_in_a_column_kept_out_may_be_another_person(session: Session, tmp_path: Path) -> None:
    text = "name,title,department,salary\nAnn,Clerk,Finance,40000\nAnn,Clerk,Finance,50000\n"

    assert len(refusals(session, RosterImporter, tmp_path, text)) == 2


def test_a_row_written_twice_is_one_person(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "Ann,Clerk,Finance,2020-01-06\nAnn,Clerk,Finance,2020-01-06\n"

    assert counts(import_text(session, RosterImporter, tmp_path, text)) == (1, 0, 1, 0)


def test_of_namesakes_the_one_without_a_hire_date_is_refused(session: Session, tmp_path: Path) -> None:
    text = HEADINGS + "Ann,Clerk,Finance,2020-01-06\nAnn,Clerk,Finance,\n"

    [sentence] = refusals(session, RosterImporter, tmp_path, text)

    assert sentence.startswith(
        'table.csv, row 3, column name: "Ann" stands in rows 2, 3 with the same hire date or none'
    )


def test_a_roster_without_hire_dates_knows_the_recorded_people_by_name(session: Session, tmp_path: Path) -> None:
    import_text(session, RosterImporter, tmp_path, HEADINGS + "Ann Olson,Clerk,Finance,2020-01-06\n")

    text = "name,title,department\nAnn Olson,Clerk,Finance\n"
    receipt = import_text(session, RosterImporter, tmp_path, text, options=LATER)

    assert counts(receipt) == (0, 0, 1, 0)


def test_an_employee_number_joins_several_rows_into_one_person(session: Session, tmp_path: Path) -> None:
    text = "employee_id,name,title,department\n7,Ann,Clerk,Finance\n7,Ann,Auditor,Finance\n8,Ann,Clerk,Finance\n"

    receipt = import_text(session, RosterImporter, tmp_path, text)

    assert counts(receipt) == (3, 0, 0, 0)
    assert ids(session) == ["7", "8"]
    assert held(session) == [("7", "CLERK-FINANCE"), ("7", "AUDITOR-FINANCE"), ("8", "CLERK-FINANCE")]


def test_one_employee_number_with_two_names_is_refused(session: Session, tmp_path: Path) -> None:
    text = "employee_id,name,title,department\n7,Ann,Clerk,Finance\n7,Bo,Auditor,Finance\n"

    [sentence] = refusals(session, RosterImporter, tmp_path, text)

    assert 'row 3, column name: "Bo" contradicts row 2, which says "Ann" of employee_id 7' in sentence


@pytest.mark.parametrize("headings", ["name", "last_name,first_name"])
def test_people_whose_name_is_withheld_are_refused(headings: str, session: Session, tmp_path: Path) -> None:
    cells = ",".join("N/A" for _ in headings.split(","))

    [sentence] = refusals(session, RosterImporter, tmp_path, f"{headings},title,department\n{cells},Detective,Police\n")

    assert f"row 2, column {headings.partition(',')[0]}: is empty" in sentence


def test_marks_of_an_empty_cell_are_no_values(session: Session, tmp_path: Path) -> None:
    text = "name,title,department,hire_date,email,manager_id\nAnn,Clerk,Finance,-,N/A,NaN\n"

    import_text(session, RosterImporter, tmp_path, text)

    [employee] = current_rows(session, Employee)
    assert (employee.email, employee.manager_id) == ("", "")
    assert current_rows(session, Employment)[0].start is None


def test_a_title_that_several_positions_of_a_department_have_is_refused_unless_held(
    session: Session, tmp_path: Path
) -> None:
    import_text(
        session, PositionImporter, tmp_path, "position_code,title,department\nP1,Clerk,Finance\nP2,Clerk,Finance\n"
    )
    import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\nE1,Ann,2020-01-06\n")
    headings = "employee_id,position_code,start_date\n"
    import_text(session, AssignmentImporter, tmp_path, headings + "E1,P2,2020-01-06\n")
    text = HEADINGS + "Ann,Clerk,Finance,2020-01-06\nBo,Clerk,Finance,2020-01-06\n"

    [sentence] = refusals(session, RosterImporter, tmp_path, text, options=LATER)

    assert 'row 3, column title: "Clerk" is the title of several positions there (P1, P2)' in sentence


def test_a_manager_who_is_nobody_here_is_refused(session: Session, tmp_path: Path) -> None:
    headings = "employee_id,name,title,department,manager_id\n"
    text = headings + "1,Ann,Clerk,Finance,2\n2,Bo,Chief,Finance,9\n3,Cy,Clerk,Finance,\n"

    assert len(refusals(session, RosterImporter, tmp_path, text)) == 2


def test_the_states_payroll_workbook_is_taken_as_it_is(session: Session, tmp_path: Path) -> None:
    text = (
        "TEMPORARY_ID,RECORD_NBR,EMPLOYEE_NAME,AGENCY_NBR,AGENCY_NAME,DEPARTMENT_NBR,DEPARTMENT_NAME,JOB_CODE,JOB_TITLE,"
        "CLASSIFIED_DESC,ORIGINAL_HIRE_DATE,LAST_HIRE_DATE,JOB_ENTRY_DATE\n"
        '10001,0,"Olson,Ann M",G02,Administration,G02100,Real Estate,000111,Specialist,Classified,30317,43836,43836\n'
        '10001,1,"Olson,Ann M",H12,Health,H12200,Vital Records,000222,Archivist,Unclassified,30317,43836,44000\n'
        '10002,0,"Olson,Ann M",H12,Health,-,Vital Records,000222,Archivist,Classified,-,-,-\n'
    )

    receipt = import_text(session, RosterImporter, tmp_path, text)

    assert counts(receipt) == (3, 0, 0, 0)
    assert ids(session) == ["10001", "10002"]
    assert [row.department for row in current_rows(session, Position)] == ["Real Estate", "Vital Records"]
    assert current_rows(session, Employment)[0].start == datetime(2020, 1, 6, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("file", "mapping", "taken", "refused"),
    [
        ("baltimore-city-fy2018.csv", {}, 13_683, 0),
        ("houston-city-2014.csv", {}, 21_876, 0),
        ("memphis-city-2025.csv", {}, 8_170, 32),
        ("chicago-city-no-surnames.csv", {"ID": "employee_id", "First name": "name"}, 32_658, 0),
    ],
)
def test_every_row_of_a_citys_roster_is_accounted_for(
    file: str, mapping: dict[str, str], taken: int, refused: int, session: Session, shared_data: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(shared_data / "rosters" / file, tmp_path))

    def run(options: ImportOptions, now: datetime) -> Receipt:
        request = ImportRequest("roster", path, mapping, skip_bad_rows=True, options=options)
        return import_table(session, RosterImporter(session, CHICAGO, options), request, now=now, by="clerk")[0]

    assert counts(run(AS_IT_IS, JULY_1)) == (taken, 0, 0, refused)
    assert counts(run(LATER, JULY_1 + timedelta(days=1))) == (0, 0, taken, refused)


def test_a_roster_of_first_names_says_which_column_it_lacks(session: Session, shared_data: Path) -> None:
    request = ImportRequest("roster", shared_data / "rosters" / "chicago-city-no-surnames.csv", {})

    with pytest.raises(Invalid, match="has no column for name"):
        import_table(session, RosterImporter(session, CHICAGO), request, now=JULY_1, by="clerk")
