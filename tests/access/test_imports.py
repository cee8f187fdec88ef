"""Importing positions, employees, accounts, work access, temporary duties, officers and their duties."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_officer_duties import OfficerDutyImporter
from access.import_officers import OfficerImporter
from access.import_positions import PositionImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.import_work_access import WorkAccessImporter
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    Officer,
    OfficerDuty,
    Position,
    TemporaryDuty,
    WorkAccess,
)
from inventory.import_inventory import InventoryImporter
from tests.importing import counts, current_rows, import_text, refusals


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def city(session: Session, tmp_path: Path) -> Session:
    """Give a session of a city with some positions, employees and series."""
    import_text(
        session,
        PositionImporter,
        tmp_path,
        "position_code,title,department\nP1,Clerk,Finance\nP2,Clerk,Police\nP3,Assessor,Assessing\n",
    )
    import_text(
        session,
        EmployeeImporter,
        tmp_path,
        "employee_id,name,hire_date\nE1,Ann Olson,2019-01-07\nE2,Bo Larson,2019-01-07\n",
    )
    import_text(session, InventoryImporter, tmp_path, "name,code\nPayroll registers,PAY-010\n")
    return session


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


# --- Assignments ---


def test_an_assignment_of_somebody_unknown_is_refused(city: Session, tmp_path: Path) -> None:
    headings = "employee_id,position_code,start_date\n"

    sentences = refusals(city, AssignmentImporter, tmp_path, headings + "E9,P1,2025-01-01\nE1,P9,2025-01-01\n")

    assert '"E9" is no known employee_id; import the employee first' in sentences[0]
    assert '"P9" is no known position_code; import the position first' in sentences[1]


def test_what_a_file_claims_of_its_recording_is_kept_beside_the_services_clock(city: Session, tmp_path: Path) -> None:
    text = "employee_id,position_code,start_date,recorded_at\nE1,P1,2025-01-01,2025-02-01\n"

    import_text(city, AssignmentImporter, tmp_path, text)

    assert current_rows(city, Assignment)[0].stated_recorded_at == utc(2025, 2, 1, 6)


# --- Accounts ---

ACCOUNTS = "system,login,employee_id,kind,start,end\n"


def test_a_login_may_pass_from_one_employee_to_the_next(city: Session, tmp_path: Path) -> None:
    text = ACCOUNTS + "hris,jdoe,E1,,,2025-06-15\nHRIS,CITY\\jdoe,E2,,2025-06-16,\n"

    assert counts(import_text(city, AccountImporter, tmp_path, text)) == (2, 0, 0, 0)


def test_overlapping_accounts_are_refused_whoever_they_name(city: Session, tmp_path: Path) -> None:
    text = ACCOUNTS + "hris,jdoe,E1,,,2025-06-15\nHRIS,CITY\\JDoe,E1,,2025-06-15,\n"

    [sentence] = refusals(city, AccountImporter, tmp_path, text)

    assert sentence == (
        'table.csv, row 3, column login: "CITY\\JDoe" overlaps row 2 (employee E1, always to 16 June 2025, 00:00); '
        "a login belongs to one employee at a time, so end the one before the other starts."
    )


def test_an_account_that_overlaps_a_recorded_one_is_refused(city: Session, tmp_path: Path) -> None:
    import_text(city, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,2020-01-01,\n")

    [sentence] = refusals(city, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E2,,2025-01-01,\n")

    assert "overlaps an account that is recorded already (employee E1, 1 January 2020, 00:00 to open-ended)" in sentence


def test_ending_a_recorded_account_makes_way_for_the_next(city: Session, tmp_path: Path) -> None:
    import_text(city, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,,\n")
    text = ACCOUNTS + "hris,jdoe,E2,,2025-01-01,\nhris,jdoe@city,E1,,,2024-12-31\n"

    receipt = import_text(city, AccountImporter, tmp_path, text)

    assert counts(receipt) == (1, 1, 0, 0)


def test_a_login_spelled_otherwise_is_the_same_account(city: Session, tmp_path: Path) -> None:
    import_text(city, AccountImporter, tmp_path, ACCOUNTS + "hris,jdoe,E1,,,\n")

    receipt = import_text(city, AccountImporter, tmp_path, ACCOUNTS + "HRIS,CITY\\JDOE,E1,personal,,\n")

    assert counts(receipt) == (0, 0, 1, 0)
    assert current_rows(city, Account)[0].login == "jdoe"


def test_accounts_that_name_nobody_or_needlessly_somebody_are_taken_with_a_notice(
    city: Session, tmp_path: Path
) -> None:
    text = ACCOUNTS + "hris,old,,,,\nhris,older,,,,\nhris,desk,E1,shared,,\nhris,backup,,service,,\n"

    receipt = import_text(city, AccountImporter, tmp_path, text)

    assert counts(receipt) == (4, 0, 0, 0)
    assert receipt.notices == (
        "Rows 2, 3: a personal account without employee_id belongs to nobody, so its accesses stay unresolved.",
        "Row 4: a shared or service account names nobody, so its employee_id does not count.",
    )


def test_an_account_of_no_known_kind_or_of_a_domain_alone_is_refused(city: Session, tmp_path: Path) -> None:
    sentences = refusals(city, AccountImporter, tmp_path, ACCOUNTS + "hris,a,E1,guest,,\nhris,@city.example,E1,,,\n")

    assert '"guest" is no kind of account; expected personal, shared, service' in sentences[0]
    assert '"@city.example" names a domain only; give the login too' in sentences[1]


# --- Work access ---

WORK_ACCESS = "series,holder_type,holder,actions,purposes,start_date,end_date\n"


def test_holders_are_kept_as_grants_name_them(city: Session, tmp_path: Path) -> None:
    text = (
        WORK_ACCESS
        + "payroll registers,Position,assessor,*,,,\nPAY-010,position,P1,*,,,\nPAY-010,department,FINANCE,*,,,\n"
        + "PAY-010,employee,E1,*,,,\nPAY-010,everyone,All employees,*,,,\n"
    )

    import_text(city, WorkAccessImporter, tmp_path, text)

    assert [(row.series, row.holder_type, row.holder) for row in current_rows(city, WorkAccess)] == [
        ("PAY-010", "position", "P3"),
        ("PAY-010", "position", "P1"),
        ("PAY-010", "department", "Finance"),
        ("PAY-010", "employee", "E1"),
        ("PAY-010", "everyone", ""),
    ]


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        ("position,Clerk", '"Clerk" is the title of several positions; give the code of one: P1, P2'),
        ("position,Chief", '"Chief" is no position\'s code or title'),
        ("position,", "column holder: is empty; name the position that has this work access"),
        ("department,Parks", '"Parks" is the department of no position'),
        ("employee,E9", '"E9" is no known employee_id'),
        ("everyone,E1", '"E1" is named although everyone holds this'),
        ("team,Red", 'column holder_type: "team" is no kind of holder; expected one of position, department'),
    ],
)
def test_a_holder_that_is_not_clear_is_refused(holder: str, sentence: str, city: Session, tmp_path: Path) -> None:
    [refusal] = refusals(city, WorkAccessImporter, tmp_path, WORK_ACCESS + f"PAY-010,{holder},*,,,\n")

    assert sentence in refusal


def test_actions_and_purposes_are_kept_in_one_form(city: Session, tmp_path: Path) -> None:
    text = WORK_ACCESS + "PAY-010,employee,E1,Print; VIEW,Payroll ; audit;PAYROLL,,\nPAY-010,employee,E2,view;*,,,\n"

    import_text(city, WorkAccessImporter, tmp_path, text)

    kept = [(row.actions, row.purposes) for row in current_rows(city, WorkAccess)]
    assert kept == [("view;print", "audit;payroll"), ("*", "*")]


def test_a_word_that_is_no_action_is_refused(city: Session, tmp_path: Path) -> None:
    [sentence] = refusals(city, WorkAccessImporter, tmp_path, WORK_ACCESS + "PAY-010,employee,E1,view;read,,,\n")

    assert '"view;read" is no list of actions; expected * or some of view, search, create' in sentence


def test_other_by_name_is_taken_with_a_notice(city: Session, tmp_path: Path) -> None:
    receipt = import_text(city, WorkAccessImporter, tmp_path, WORK_ACCESS + "PAY-010,employee,E1,view;other,,,\n")

    assert receipt.notices == ('Row 2: "other" among the actions covers nothing; only * covers what no profile names.',)


# --- Temporary duties ---

DUTIES = "employee_id,series,actions,start,end,granted_by,reason,revoked_at\n"


def test_a_date_of_revocation_means_its_first_moment(city: Session, tmp_path: Path) -> None:
    text = DUTIES + "E1,PAY-010,view,2025-03-01,2025-03-31,Bo Larson,leave,2025-03-10\n"

    import_text(city, TemporaryDutyImporter, tmp_path, text)

    [duty] = current_rows(city, TemporaryDuty)
    assert (duty.start, duty.end) == (utc(2025, 3, 1, 6), utc(2025, 4, 1, 5))
    assert duty.revoked_at == utc(2025, 3, 10, 5)


def test_a_duty_needs_an_end_a_grantor_and_a_reason(city: Session, tmp_path: Path) -> None:
    text = (
        DUTIES
        + "E1,PAY-010,view,2025-03-01,,Bo,leave,\nE1,PAY-010,view,2025-03-01,2025-03-31,,leave,\n"
        + "E1,PAY-010,view,2025-03-01,2025-03-31,Bo,,\n"
    )

    sentences = refusals(city, TemporaryDutyImporter, tmp_path, text)

    assert [sentence.split(":")[0].rpartition(" ")[2] for sentence in sentences] == ["end", "granted_by", "reason"]


def test_a_duty_that_ends_as_it_begins_is_taken_with_a_notice(city: Session, tmp_path: Path) -> None:
    instant = "2025-03-01T12:00:00Z"
    text = DUTIES + f"E1,PAY-010,view,{instant},{instant},E2,leave,\n"

    receipt = import_text(city, TemporaryDutyImporter, tmp_path, text)

    assert counts(receipt) == (1, 0, 0, 0)
    assert receipt.notices == ("Row 2: the period ends as it begins, so it never holds; check its dates.",)


def test_a_revocation_entered_later_changes_the_duty(city: Session, tmp_path: Path) -> None:
    duty = "E1,PAY-010,view,2025-03-01,2025-03-31,Bo Larson,leave,"
    import_text(city, TemporaryDutyImporter, tmp_path, DUTIES + duty + "\n")

    receipt = import_text(city, TemporaryDutyImporter, tmp_path, DUTIES + duty + "2025-03-10\n")

    assert counts(receipt) == (0, 1, 0, 0)


# --- Officers and their specified duties ---


def test_offices_are_known_in_their_usual_spellings(city: Session, tmp_path: Path) -> None:
    text = (
        "office,employee_id,start\nResponsible Authority,E1,2020-01-01\nhr-manager,E1,2020-01-01\n"
        "Information Systems Manager,E2,2020-01-01\n"
    )

    import_text(city, OfficerImporter, tmp_path, text)

    offices = [row.office for row in current_rows(city, Officer)]
    assert offices == ["responsible_authority", "hr_manager", "is_manager"]


def test_an_office_that_is_not_designated_is_refused(city: Session, tmp_path: Path) -> None:
    [sentence] = refusals(city, OfficerImporter, tmp_path, "office,employee_id,start\nmayor,E1,2020-01-01\n")

    assert '"mayor" is no designated office; expected one of responsible_authority, compliance_official' in sentence


def test_a_specified_duty_covers_one_series_or_all(city: Session, tmp_path: Path) -> None:
    import_text(city, OfficerImporter, tmp_path, "office,employee_id,start\nadministrator,E1,2020-01-01\n")
    headings = "employee_id,series,duty,start,end\n"
    period = "2025-01-01,2025-12-31\n"

    receipt = import_text(
        city,
        OfficerDutyImporter,
        tmp_path,
        f"{headings}E1,*,answer requests,{period}E1,Payroll registers,audit,{period}",
    )

    assert receipt.notices == ()
    assert [row.series for row in current_rows(city, OfficerDuty)] == ["*", "PAY-010"]


def test_a_duty_of_somebody_without_an_office_is_pointed_out(city: Session, tmp_path: Path) -> None:
    text = "employee_id,series,duty,start,end\nE2,*,answer requests,2025-01-01,2025-12-31\n"

    receipt = import_text(city, OfficerDutyImporter, tmp_path, text)

    assert receipt.notices[0].startswith("Row 2: the employee holds no designated office here")
