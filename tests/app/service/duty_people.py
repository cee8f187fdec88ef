"""The service in a small city where Bo manages Ann, Cy manages Bo, and Di works elsewhere; each of them may sign in."""

from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.access.duties_at_work import add_people
from tests.app.service.serving import Service, hashed_password

_OFFICIALS = (
    ("ann", "E1", Role.EMPLOYEE),
    ("bo", "E2", Role.MANAGER),
    ("cy", "E3", Role.MANAGER),
    ("di", "E4", Role.MANAGER),
)


def add_duty_people(service: Service) -> None:
    """Record the people, and let them sign in."""
    with service.installation.change() as work:
        add_people(work.session)
        for login, employee, role in _OFFICIALS:
            request = OfficialRequest(login, login.title(), [role], employee, hashed_password())
            add_official(work.session, request, now=work.now, by=work.by)
