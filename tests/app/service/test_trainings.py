"""Trainings are listed over JSON, to managers those of their people, and shown wherever access is granted."""

import re
from datetime import UTC, datetime

import pytest

from access.models import Training
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from tests.app.service.serving import Service, hashed_password
from tests.app.service.working import hidden
from tests.builders import a_row

_API = "/api/v1"
_EXPIRED = "Training CJIS expired: it counted through 30 April 2026."


@pytest.fixture
def trained(town_service: Service) -> Service:
    """Give the town where Ann's training expired in April, and one of somebody elsewhere counts for good."""
    ended = datetime(2026, 5, 1, 5, tzinfo=UTC)
    with town_service.installation.change() as work:
        work.session.add(a_row(Training, end=ended))
        work.session.add(a_row(Training, employee_id="E9", training="Data practices"))
    return town_service


def test_trainings_are_listed_by_person_and_by_whether_they_expired(trained: Service) -> None:
    def listed(role: Role, **asked: str) -> list[str]:
        found = trained.signed_in(role).get(f"{_API}/trainings", params=asked)
        return [one["employee_id"] for one in found.json()["items"]]

    assert listed(Role.HR) == ["E1", "E9"]
    assert listed(Role.HR, expired="true") == ["E1"]
    assert listed(Role.HR, expired="false") == ["E9"]
    assert listed(Role.HR, employee_id="E9") == ["E9"]
    assert listed(Role.MANAGER) == ["E1"]
    first = trained.signed_in(Role.HR).get(f"{_API}/trainings", params={"limit": "1"}).json()
    assert (len(first["items"]), bool(first["next"])) == (1, True)
    assert trained.signed_in(Role.HR).get(f"{_API}/employees/E1").json()["trainings"][0]["training"] == "CJIS"


def test_what_has_expired_or_soon_will_comes_first_on_the_page(trained: Service) -> None:
    soon = datetime(2026, 6, 20, 5, tzinfo=UTC)
    with trained.installation.change() as work:
        work.session.add(a_row(Training, employee_id="E2", training="Taser", end=soon))

    def shown(role: Role, **asked: str) -> list[str]:
        page = trained.signed_in(role).get("/trainings", params=asked).text
        return re.findall(r'href="/people/(E\d)"', page)

    assert shown(Role.HR) == ["E1", "E2", "E9"]
    assert shown(Role.HR, state="expires within 30 days") == ["E2"]
    assert shown(Role.HR, q="data pra") == ["E9"]
    assert shown(Role.MANAGER) == ["E1", "E2"]
    assert trained.signed_in(Role.ADMINISTRATOR).get("/trainings").status_code == 403


def test_an_employee_sees_their_own_trainings(trained: Service) -> None:
    with trained.installation.change() as work:
        request = OfficialRequest("ann", "Ann", [Role.EMPLOYEE], "E1", hashed_password())
        add_official(work.session, request, now=work.now, by=work.by)

    page = trained.signed_in("ann").get("/me/access").text
    assert _EXPIRED in page
    assert "Data practices" not in page


def test_who_grants_access_is_told_of_trainings_before(trained: Service) -> None:
    official = trained.signed_in(Role.COMPLIANCE_OFFICIAL)
    duty = {"employee_id": "E1", "series": "S4", "end": "+3d", "reason": "covers for Eve"}
    assert official.post(f"{_API}/temporary-duties/preview", json=duty).json()["trainings"] == [_EXPIRED]

    access = {"series": "S4", "holder_type": "employee", "holder": "E1", "actions": ["view"]}
    assert official.post(f"{_API}/work-access/preview", json=access).json()["trainings"] == [_EXPIRED]

    form = {"holder_type": "employee", "holder": "E1", "actions": "view", "step": "preview"}
    key = hidden(official.get("/inventory/S4/grants/new"))
    assert _EXPIRED in official.post("/inventory/S4/grants/new", data=form | {"key": key}).text
