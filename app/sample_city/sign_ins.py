"""Officials of the sample city, one for each group of people that the service is for, to look around with."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.models import Employee, Employment
from config.officials.officials import OfficialRequest, add_official
from config.officials.passwords import hash_password
from config.officials.permissions import Role
from config.recorded import current
from config.work import Installation

# It opens an invented city on this machine alone; who serves a city of their own chooses their own.
PASSWORD = "prairie otters audit thirteen lakes"  # noqa: S105 - see above


class SignIn(NamedTuple):
    """A login of the sample city, the name it bears, and whom it shows the service as."""

    login: str
    name: str
    roles: Sequence[Role]
    shown_to: str


SIGN_INS = (
    SignIn(
        "official",
        "Compliance official",
        (Role.COMPLIANCE_OFFICIAL, Role.RESPONSIBLE_AUTHORITY),
        "compliance officials",
    ),
    SignIn("hr", "Human resources", (Role.HR,), "human resources"),
    SignIn("manager", "Manager", (Role.MANAGER,), "managers"),
    SignIn("employee", "Employee", (Role.EMPLOYEE,), "employees"),
    SignIn("auditor", "Auditor", (Role.AUDITOR,), "auditors"),
    SignIn("administrator", "Administrator", (Role.ADMINISTRATOR,), "administrators"),
)


def add_sign_ins(installation: Installation) -> None:
    """Let one official of each group use the service.

    The manager is the employee who has the most people; the employee is one of these.
    """
    password = hash_password(PASSWORD)
    with installation.change() as work:
        manager = _manager(work.session)
        employed = {Role.MANAGER: manager, Role.EMPLOYEE: _one_of(work.session, manager)}
        for one in SIGN_INS:
            employee = employed.get(one.roles[0])
            name = employee.name if employee else one.name
            request = OfficialRequest(one.login, name, one.roles, employee.employee_id if employee else "", password)
            add_official(work.session, request, now=work.now, by=work.by)


def _manager(session: Session) -> Employee:
    people = session.exec(select(Employee).where(current(Employee)).order_by(col(Employee.employee_id))).all()
    by_id = {one.employee_id: one for one in people}
    counted = Counter(one.manager_id for one in people if one.manager_id in by_id)
    return by_id[max(sorted(counted), key=counted.__getitem__)]


def _one_of(session: Session, manager: Employee) -> Employee:
    """Give the first of a manager's people who is still employed."""
    lasting = select(Employment.employee_id).where(current(Employment), col(Employment.end).is_(None))
    people = select(Employee).where(current(Employee), Employee.manager_id == manager.employee_id)
    return session.exec(people.where(col(Employee.employee_id).in_(lasting)).order_by(col(Employee.employee_id))).all()[
        0
    ]
