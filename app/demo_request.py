"""The demo's request: an employee asks for a temporary duty, which waits for the manager."""

from sqlmodel import select

from access.change_duty import Decider
from access.duty_terms import DutyAsked, read_duty_terms
from access.models import Employee
from access.people_below import Reach
from access.request_duty import request_duty
from config.clock import end_text
from config.officials.models import Official
from config.officials.permissions import Scope
from config.recorded import current
from config.terminal import say
from config.work import Installation

_WANTED = "Closed Meeting Recordings"
_REASON = "minutes of the closed meetings of this month"


def show_request(installation: Installation, login: str) -> None:
    """Let the employee with this login ask for a duty."""
    with installation.change() as work:
        who = work.session.exec(select(Official).where(current(Official), Official.login == login)).one()
        by = Decider(login, Reach(Scope.OWN, who.employee_id))
        asked = DutyAsked(employee_id=who.employee_id, series=_WANTED, actions="view", end="+14d", reason=_REASON)
        terms = read_duty_terms(work, asked, reach=by.reach)
        request_duty(work, terms, by=by)
        manager_id = work.session.exec(
            select(Employee.manager_id).where(current(Employee), Employee.employee_id == who.employee_id)
        ).one()
        manager = work.session.exec(
            select(Employee.name).where(current(Employee), Employee.employee_id == manager_id)
        ).one()
        until = end_text(terms.end, work.zone)
    say(f"{terms.employee_name} asks to view {terms.series_name} {until}; it waits for {manager}.")
