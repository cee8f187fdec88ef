"""Officials of the sample city, one for each group of people that the service is for, to look around with."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.models import Employee
from config.database import current
from config.officials.officials import OfficialRequest, add_official
from config.officials.passwords import hash_password
from config.officials.permissions import Role
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
    SignIn("auditor", "Auditor", (Role.AUDITOR,), "auditors"),
    SignIn("administrator", "Administrator", (Role.ADMINISTRATOR,), "administrators"),
)


def add_sign_ins(installation: Installation) -> None:
    """Let one official of each group use the service; the manager is the employee who has the most people."""
    password = hash_password(PASSWORD)
    with installation.change() as work:
        manager = _manager(work.session)
        for one in SIGN_INS:
            employee = manager if Role.MANAGER in one.roles else None
            name = employee.name if employee else one.name
            request = OfficialRequest(one.login, name, one.roles, employee.employee_id if employee else "", password)
            add_official(work.session, request, now=work.now, by=work.by)


def _manager(session: Session) -> Employee:
    people = session.exec(select(Employee).where(current(Employee)).order_by(col(Employee.employee_id))).all()
    by_id = {one.employee_id: one for one in people}
    counted = Counter(one.manager_id for one in people if one.manager_id in by_id)
    return by_id[max(sorted(counted), key=counted.__getitem__)]
