"""Administrators run the service, and see no finding, no access and no person's data: counts alone."""

from sqlmodel import select

from access.models import Account, Employee
from audit.models import Finding
from config.officials.permissions import Role
from tests.app.service.serving import Service
from tests.app.service.test_foreign_ids import addresses
from tests.app.service.test_routes import _each
from tests.app.service.working import work_off
from tests.no_persons_in_logs import Untold

PUBLISHED = "Bo Larson"  # the responsible authority, whom the entity names to everybody


def test_nothing_that_an_administrator_may_read_tells_of_a_person_an_access_or_a_finding(town_service: Service) -> None:
    untold = Untold()
    with town_service.installation.read() as work:
        for kind, model in (("name", Employee), ("login", Account), ("key", Finding)):
            for row in work.session.exec(select(model)):
                if getattr(row, kind) != PUBLISHED:
                    untold.add(kind, getattr(row, kind))
    official, administrator = town_service.signed_in("compliance_official"), town_service.signed_in(Role.ADMINISTRATOR)
    for path in ("/api/v1/reports/findings", "/api/v1/reports/decisions", "/api/v1/audits"):
        assert official.post(path, json={}).status_code == 202
    work_off(town_service)
    plain = [("GET", route.path) for route in _each(town_service.app.routes) if "{" not in route.path]

    seen = {
        path: answer.text
        for method, path in (*plain, *addresses(town_service, changing=False))
        if method == "GET" and (answer := administrator.get(path)).status_code == 200
    }

    assert {"/admin/jobs", "/api/v1/jobs", "/metrics", "/notices", "/jobs/1"} <= seen.keys()
    assert {path: told for path, text in seen.items() if (told := untold.found_in(text))} == {}
