"""Delegations between managers as pages and JSON take and show them."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field
from sqlmodel import col, select

from access.delegation_models import Delegation
from access.delegations import DelegationRequest, delegate_people
from access.models import Employee
from app.people.reach import reach_of
from config.clock import read_end, read_start, utc_text
from config.errors import Conflict, InvalidFields
from config.officials.officials import all_officials
from config.officials.permissions import Role
from config.recorded import current
from config.web.signed_in import SignedIn
from config.work import Work


class NewDelegation(BaseModel):
    """Who is to stand in for the manager who asks, and when; both days count."""

    delegate: str = Field(max_length=200, description="An employee's id, or the full name that one employee has.")
    start: str = Field(default="", max_length=60, description="The first day or instant; empty = from now on.")
    end: str = Field(max_length=60, description="The last day, which counts, or an instant.")


class DelegationView(BaseModel):
    """A delegation; it holds from `start` up to, not including, `end`, both in UTC."""

    id: int
    manager_id: str
    manager_name: str
    delegate_id: str
    delegate_name: str
    start: str
    end: str
    notice: str = Field(description="What should be known of it; empty where nothing should.")


def make_delegation(work: Work, asked: NewDelegation, official: SignedIn) -> DelegationView:
    """Let somebody stand in for the manager who asks.

    Raises:
        InvalidFields: A field cannot be taken.
        Conflict: Who asks is no employee.
    """
    manager_id = own_id(work, official)
    faults = dict[str, str]()
    start = end = work.now
    for name, text, read in (("start", asked.start, read_start), ("end", asked.end, read_end)):
        try:
            moment = read(text, work.zone) if text.strip() or name == "end" else work.now
        except ValueError as error:
            faults[name] = f'"{text}" cannot be read; expected {error}.' if text.strip() else "Give the last day."
            continue
        start, end = (moment, end) if name == "start" else (start, moment)
    if faults:
        raise InvalidFields(faults)
    request = DelegationRequest(manager_id, asked.delegate, start, end)
    return delegation_view(work, delegate_people(work.session, request, now=work.now, by=official.login))


def own_id(work: Work, official: SignedIn) -> str:
    """Give the employee id of who asks.

    Raises:
        Conflict: They are no employee, so nobody is below them.
    """
    employee_id = reach_of(work, official).employee_id
    if not employee_id:
        raise Conflict("Your login is not tied to an employee; have the administrator add your employee id to it.")
    return employee_id


def delegation_view(work: Work, one: Delegation) -> DelegationView:
    """Give a delegation as it is shown."""
    return delegation_views(work, [one])[0]


def delegation_views(work: Work, listed: Sequence[Delegation]) -> list[DelegationView]:
    """Give delegations as they are shown."""
    ids = {employee_id for one in listed for employee_id in (one.manager_id, one.delegate_id)}
    named = select(Employee.employee_id, Employee.name).where(col(Employee.employee_id).in_(ids), current(Employee))
    names = dict(work.session.exec(named).all())
    managers = {
        official.employee_id
        for official in all_officials(work.session)
        if not official.disabled and Role.MANAGER in official.roles.split(";")
    }
    return [_view(one, names, is_manager=one.delegate_id in managers) for one in listed]


def _view(one: Delegation, names: Mapping[str, str], *, is_manager: bool) -> DelegationView:
    name = names.get(one.delegate_id, one.delegate_id)
    cannot = f"{name} cannot sign in as a manager here; have the administrator give them that role."
    return DelegationView(
        id=one.id,
        manager_id=one.manager_id,
        manager_name=names.get(one.manager_id, one.manager_id),
        delegate_id=one.delegate_id,
        delegate_name=name,
        start=utc_text(one.start),
        end=utc_text(one.end),
        notice="" if is_manager else cannot,
    )
