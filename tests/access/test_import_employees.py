"""Importing positions and employees: managers, periods of employment, and what contradicts itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_employees import EmployeeImporter
from access.import_positions import PositionImporter
from access.models import (
    Employee,
    Employment,
    Position,
)
from tests.importing import counts, current_rows, import_text, refusals


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


# --- Positions ---


def test_an_agencys_postings_serve_as_positions(session: Session, tmp_path: Path) -> None:
    text = "Job ID,Civil Service Title,Agency\n17,NURSE,HEALTH\n17,NURSE,HEALTH\n"

    receipt = import_text(session, PositionImporter, tmp_path, text, mapping={"Job ID": "position_code"})

    assert counts(receipt) == (1, 0, 1, 0)
    [position] = current_rows(session, Position)
    assert (position.position_code, position.title, position.department) == ("17", "NURSE", "HEALTH")


# --- Employees ---

EMPLOYEES = "employee_id,name,email,manager_id,hire_date,separation_date\n"


def test_a_manager_may_stand_further_down(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,,E2,2020-01-01,\nE2,Bo,,,2020-01-01,\n"

    assert counts(import_text(session, EmployeeImporter, tmp_path, text)) == (2, 0, 0, 0)


def test_the_separation_date_is_the_last_day_of_employment(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,2020-01-06,2025-03-31\n")

    [employment] = current_rows(session, Employment)
    assert (employment.start, employment.end) == (utc(2020, 1, 6, 6), utc(2025, 4, 1, 5))


def test_a_rehire_is_a_second_period_of_one_employee(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,,,2020-01-06,2021-03-31\nE1,Ann,,,2024-02-01,\n"

    receipt = import_text(session, EmployeeImporter, tmp_path, text)

    assert counts(receipt) == (2, 0, 0, 0)
    assert len(current_rows(session, Employee)) == 1
    assert len(current_rows(session, Employment)) == 2


def test_rows_of_one_employee_that_differ_in_name_are_refused(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,,,2020-01-06,2021-03-31\nE1,Anne,,,2024-02-01,\n"

    [sentence] = refusals(session, EmployeeImporter, tmp_path, text)

    assert sentence == (
        'table.csv, row 3, column name: "Anne" contradicts row 2, which says "Ann" of employee_id E1; '
        "keep one of the two."
    )


def test_one_hire_date_with_two_separations_is_refused(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,,,2020-01-06,2021-03-31\nE1,Ann,,,2020-01-06,\n"

    [sentence] = refusals(session, EmployeeImporter, tmp_path, text)

    assert "row 3, column separation_date: is empty; it contradicts row 2" in sentence


def test_an_unknown_manager_is_refused_and_so_is_who_would_be_under_a_refused_row(
    session: Session, tmp_path: Path
) -> None:
    text = EMPLOYEES + "E3,Cy,,E2,2020-01-01,\nE2,Bo,,E1,2020-01-01,\nE1,Ann,,E9,2020-01-01,\nE4,Dee,,,2020-01-01,\n"

    receipt = import_text(session, EmployeeImporter, tmp_path, text, skip_bad_rows=True)

    assert [row.sentence for row in receipt.refused] == [
        'table.csv, row 2, column manager_id: "E2" is the employee of row 3, which is refused; correct that row.',
        'table.csv, row 3, column manager_id: "E1" is the employee of row 4, which is refused; correct that row.',
        'table.csv, row 4, column manager_id: "E9" is no known employee_id; import the manager too, or correct the id.',
    ]
    assert [row.employee_id for row in current_rows(session, Employee)] == ["E4"]


def test_a_circle_of_managers_is_refused_with_its_chain(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Ann,,E2,2020-01-01,\nE2,Bo,,E3,2020-01-01,\nE3,Cy,,E1,2020-01-01,\n"

    sentences = refusals(session, EmployeeImporter, tmp_path, text)

    assert len(sentences) == 3
    assert '"E2" makes a circle of managers, E1 -> E2 -> E3 -> E1; correct one of them.' in sentences[0]


def test_a_circle_closed_by_a_later_file_is_refused(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,E2,2020-01-01,\nE2,Bo,,,2020-01-01,\n")

    [sentence] = refusals(session, EmployeeImporter, tmp_path, EMPLOYEES + "E2,Bo,,E1,2020-01-01,\n")

    assert '"E1" makes a circle of managers' in sentence


def test_a_long_chain_under_an_unknown_manager_is_worked_out_at_once(session: Session, tmp_path: Path) -> None:
    rows = "".join(f"E{number},N{number},,E{number + 1},2020-01-01,\n" for number in range(3000))

    assert len(refusals(session, EmployeeImporter, tmp_path, EMPLOYEES + rows)) == 3000


def test_a_file_without_a_column_leaves_what_is_recorded_of_it(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,ann@city.example,,2020-01-06,2025-03-31\n")

    receipt = import_text(session, EmployeeImporter, tmp_path, "employee_id,name,hire_date\nE1,Ann Olson,2020-01-06\n")

    assert counts(receipt) == (0, 1, 0, 0)
    [employee] = current_rows(session, Employee)
    [employment] = current_rows(session, Employment)
    assert (employee.name, employee.email, employment.end) == ("Ann Olson", "ann@city.example", utc(2025, 4, 1, 5))


def test_an_emptied_separation_date_reopens_the_employment(session: Session, tmp_path: Path) -> None:
    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,2020-01-06,2025-03-31\n")

    import_text(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,2020-01-06,\n")

    [employment] = current_rows(session, Employment)
    assert employment.end is None


def test_a_period_that_ends_before_it_starts_is_refused(session: Session, tmp_path: Path) -> None:
    [sentence] = refusals(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,2025-04-01,2025-03-01\n")

    assert sentence == (
        'table.csv, row 2, column separation_date: "2025-03-01" is before the start, 2025-04-01; '
        "a period cannot end before it starts."
    )


def test_a_date_that_cannot_be_read_says_what_was_expected(session: Session, tmp_path: Path) -> None:
    [sentence] = refusals(session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,last spring,\n")

    assert 'column hire_date: "last spring" cannot be read; expected a date such as 2025-03-01' in sentence


def test_who_is_their_own_manager_has_none(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Top,,e\u200b1,2019-01-01,\nE2,Next,,E1,2019-01-01,\n"

    receipt = import_text(session, EmployeeImporter, tmp_path, text)

    assert [row.manager_id for row in current_rows(session, Employee)] == ["", "E1"]
    assert receipt.notices == (
        *("Row 2: the employee is their own manager, which is how systems write that there is none.",),
    )


def test_who_names_a_manager_whose_row_is_refused_is_told_so(session: Session, tmp_path: Path) -> None:
    text = EMPLOYEES + "E1,Top,,,someday,\nE2,Next,,E1,2019-01-01,\nE3,Third,,E2,2019-01-01,\n,Who,,E1,2019-01-01,\n"

    sentences = refusals(session, EmployeeImporter, tmp_path, text)

    assert [sentence.partition('" ')[2] for sentence in sentences[1:3]] == [
        "is the employee of row 2, which is refused; correct that row.",
        "is the employee of row 3, which is refused; correct that row.",
    ]


def test_an_id_in_another_spelling_is_the_same_employee(session: Session, tmp_path: Path) -> None:
    import_text(
        session, EmployeeImporter, tmp_path, EMPLOYEES + "\ufeffE1,Ann,,,2020-01-01,\nE2\u200b,Bo,,,2020-01-01,\n"
    )

    receipt = import_text(
        session, EmployeeImporter, tmp_path, EMPLOYEES + "E1,Ann,,,2020-01-01,\ne2,Bo,,,2020-01-01,\n"
    )

    assert counts(receipt) == (0, 0, 2, 0)
    assert [row.employee_id for row in current_rows(session, Employee)] == ["\ufeffE1", "E2\u200b"]


@pytest.mark.parametrize("damaged", ["1.00E+05", "2-Oct", "2024-10-02"])
def test_an_id_that_a_spreadsheet_damaged_is_refused(session: Session, tmp_path: Path, damaged: str) -> None:
    text = EMPLOYEES + f"{damaged},Ann,,,2020-01-01,\nE2,Bo,,{damaged},2020-01-01,\n"

    sentences = refusals(session, EmployeeImporter, tmp_path, text)

    assert ["enter it anew" in sentence for sentence in sentences] == [True, True]
    assert [sentence.split(":")[0].rpartition(" ")[2] for sentence in sentences] == ["employee_id", "manager_id"]
