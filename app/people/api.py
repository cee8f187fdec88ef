"""People, positions, accounts, assignments and work access over JSON, each to those who may know of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from access.may_reach import let_reach
from access.models import Account, Assignment, Employee, Position, WorkAccess
from access.read_person import read_person
from access.shared_policy import CurrentPolicyDep
from app.people.reach import among, reach_of, reaching
from app.people.record_lists import WantedDep, list_rows
from app.people.views import (
    AccountView,
    AssignmentView,
    EmployeeDetailsView,
    EmployeeView,
    HeldGrantView,
    PositionView,
    WorkAccessView,
    account_view,
    assignment_view,
    employee_details_view,
    employee_view,
    held_grant_view,
    position_view,
    work_access_view,
)
from config.web.as_of import AsOfText, KnownAtText, read_as_of
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import version_of

router = APIRouter(prefix="/api/v1", tags=["people"])
PeopleReader = Annotated[SignedIn, official_who_may("read", "people")]
AccessReader = Annotated[SignedIn, official_who_may("read", "work access")]
Wanted = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


@router.get("/employees")
def list_employees(
    installation: InstallationDep,
    official: PeopleReader,
    wanted: WantedDep,
    employee_id: Wanted = None,
    name: Wanted = None,
    email: Wanted = None,
    manager_id: Wanted = None,
) -> Listed[EmployeeView]:
    """List the people of whom one may know."""
    filters = {"employee_id": employee_id, "name": name, "email": email, "manager_id": manager_id}
    with installation.read() as work:
        known = among(reach_of(work, official), Employee)
        return list_rows(work, wanted, Employee, employee_view, filters, *known)


@router.get("/employees/{employee_id}")
def show_employee(
    installation: InstallationDep, official: PeopleReader, response: Response, employee_id: str
) -> EmployeeDetailsView:
    """Show a person with employments, positions, accounts and trainings."""
    with installation.read() as work:
        employee = reach_of(work, official).find(work.session, employee_id)
        details = employee_details_view(read_person(work.session, employee, work.now))
    response.headers["ETag"] = version_of(details.model_dump_json())
    return details


@router.get("/employees/{employee_id}/access")
def show_access(
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: AccessReader,
    employee_id: str,
    as_of: AsOfText = "",
    known_at: KnownAtText = "",
) -> Listed[HeldGrantView]:
    """Show what a person may reach, and through what: the grants in force then, none while they are not employed."""
    with installation.read() as work:
        employee = reach_of(work, official).find(work.session, employee_id)
        day = read_as_of(work, as_of, known_at)
        policy = policies.known_at(work, day.known_at)
        held = let_reach(policy, policy.grants_of_employee(employee.employee_id), day)
        return Listed(items=[held_grant_view(one) for one in held], next=None)


@router.get("/positions")
def list_positions(
    installation: InstallationDep,
    official: PeopleReader,  # noqa: ARG001 - who may
    wanted: WantedDep,
    position_code: Wanted = None,
    title: Wanted = None,
    department: Wanted = None,
) -> Listed[PositionView]:
    """List the positions."""
    filters = {"position_code": position_code, "title": title, "department": department}
    with installation.read() as work:
        return list_rows(work, wanted, Position, position_view, filters)


@router.get("/accounts")
def list_accounts(
    installation: InstallationDep,
    official: PeopleReader,
    wanted: WantedDep,
    system: Wanted = None,
    login: Wanted = None,
    employee_id: Wanted = None,
    kind: Wanted = None,
) -> Listed[AccountView]:
    """List the accounts of the people of whom one may know; those of nobody to who may know of everybody."""
    filters = {"system": system, "login": login, "employee_id": employee_id, "kind": kind}
    with installation.read() as work:
        known = among(reach_of(work, official), Account)
        return list_rows(work, wanted, Account, account_view, filters, *known)


@router.get("/assignments")
def list_assignments(
    installation: InstallationDep,
    official: PeopleReader,
    wanted: WantedDep,
    employee_id: Wanted = None,
    position_code: Wanted = None,
) -> Listed[AssignmentView]:
    """List who holds which position."""
    filters = {"employee_id": employee_id, "position_code": position_code}
    with installation.read() as work:
        known = among(reach_of(work, official), Assignment)
        return list_rows(work, wanted, Assignment, assignment_view, filters, *known)


@router.get("/work-access")
def list_work_access(
    installation: InstallationDep,
    official: AccessReader,
    wanted: WantedDep,
    series: Wanted = None,
    holder_type: Wanted = None,
    holder: Wanted = None,
) -> Listed[WorkAccessView]:
    """List work access; to who may not know of everybody, what reaches the people of whom they may know."""
    filters = {"series": series, "holder_type": holder_type, "holder": holder}
    with installation.read() as work:
        known = reaching(work.session, reach_of(work, official))
        return list_rows(work, wanted, WorkAccess, work_access_view, filters, *known)
