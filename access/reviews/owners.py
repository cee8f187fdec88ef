"""Who is to answer: for a grant the one manager of those whom it reaches, for a series who heads its department."""

from sqlmodel import Session, select

from access.models import Employee
from access.reviews.reviewed_grants import StandingGrant
from config.officials.models import Official
from config.officials.permissions import scope_of
from config.recorded import current
from config.texts import compare_form

THING = "access reviews"


class Owners:
    """Finds owners, by the managers that stand and by who may sign in here and answer."""

    def __init__(self, session: Session) -> None:
        chosen = select(Employee.employee_id, Employee.manager_id).where(current(Employee))
        self._manager_of = dict(session.exec(chosen).all())
        officials = session.exec(select(Official).where(current(Official))).all()
        self._may_answer = {
            compare_form(one.employee_id)
            for one in officials
            if one.employee_id and not one.disabled and scope_of(one.roles.split(";"), "change", THING)
        }

    def of(self, grant: StandingGrant) -> str:
        """Give the employee id of the manager who is to answer; empty where an official is.

        That is the one manager of those whom the grant reaches who is none of them, as nobody decides about themselves.
        Where there are several, or that manager may not answer here, an official answers.
        """
        if not grant.reached:
            return ""
        managers = {self._manager_of.get(one, "") for one in grant.reached} - grant.reached - {""}
        return self.who_may(managers.pop()) if len(managers) == 1 else ""

    def who_may(self, employee_id: str) -> str:
        """Give an employee's id where they may answer here; else it is empty, and an official answers."""
        return employee_id if employee_id and compare_form(employee_id) in self._may_answer else ""
