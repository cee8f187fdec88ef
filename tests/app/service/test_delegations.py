"""A manager lets somebody stand in: for a period, for their own people, and never for themselves."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.app.service.duty_people import add_duty_people
from tests.app.service.serving import Service, sign_in

HERE = "/my-people/delegations"


@pytest.fixture
def duty_service(service: Service) -> Service:
    """Give the service in which Bo manages Ann, Cy manages Bo, and Di works elsewhere."""
    add_duty_people(service)
    return service


def sees(browser: TestClient) -> list[bool]:
    """Say whether Ann, and whether Bo, are among somebody's people."""
    page = browser.get("/my-people").text
    return [f"employee_id={one}" in page for one in ("E1", "E2")]


def test_the_people_of_a_manager_are_the_delegates_for_the_period_alone(duty_service: Service) -> None:
    bo, di = duty_service.signed_in("bo"), duty_service.signed_in("di")
    assert sees(di) == [False, False]

    asked = {"delegate": "E4", "start": "2026-06-01", "end": "2026-06-03"}
    assert bo.post(HERE, data=asked).status_code == 303

    assert sees(di) == [True, False]
    assert di.get("/people/E1").status_code == 200
    duty_service.clock.pass_by(timedelta(days=3))
    for browser, login in ((bo, "bo"), (di, "di")):
        sign_in(browser, login)
    assert sees(di) == [False, False]
    assert di.get("/people/E1").status_code == 404
    assert "Nobody stands in for you" in bo.get(HERE).text


def test_a_delegate_grants_a_duty_under_their_own_name(duty_service: Service) -> None:
    bo, di = duty_service.signed_in("bo"), duty_service.signed_in("di")
    duty = {"employee_id": "E1", "series": "S1", "actions": "view", "end": "friday", "reason": "covers"}
    assert di.post("/api/v1/temporary-duties", json=duty).status_code in {404, 422}

    bo.post("/api/v1/delegations", json={"delegate": "E4", "end": "2026-06-30"})

    made = di.post("/api/v1/temporary-duties", json=duty)
    assert made.status_code == 201
    assert made.json()["granted_by"] == "E4"


def test_what_a_manager_has_from_another_is_not_passed_on(duty_service: Service) -> None:
    cy, bo, di = (duty_service.signed_in(login) for login in ("cy", "bo", "di"))
    bo.post("/api/v1/delegations", json={"delegate": "E4", "end": "2026-06-30"})
    di.post("/api/v1/delegations", json={"delegate": "E3", "end": "2026-06-30"})

    assert sees(di) == [True, False]
    assert sees(cy) == [True, True]  # Bo is below Cy, and Ann below Bo; nobody is below Di
    assert len(di.get("/api/v1/delegations").json()["items"]) == 1


def test_a_delegation_is_ended_by_its_manager_alone(duty_service: Service) -> None:
    bo, di = duty_service.signed_in("bo"), duty_service.signed_in("di")
    made = bo.post("/api/v1/delegations", json={"delegate": "E4", "end": "2026-06-30"}).json()
    assert "notice" in made

    assert di.post(f"/api/v1/delegations/{made['id']}/end").status_code == 404
    assert sees(di) == [True, False]
    assert bo.post(f"{HERE}/{made['id']}/end").status_code == 303
    assert sees(di) == [False, False]


@pytest.mark.parametrize("login", ["compliance_official", "auditor"])
def test_who_may_know_of_everybody_sees_all_who_stand_in_and_stood(duty_service: Service, login: str) -> None:
    for manager, delegate in (("bo", "E4"), ("cy", "E2")):
        duty_service.signed_in(manager).post(HERE, data={"delegate": delegate, "end": "2026-06-30"})
    duty_service.clock.pass_by(timedelta(minutes=1))
    duty_service.signed_in("bo").post("/api/v1/delegations/1/end")
    browser = duty_service.signed_in(login)

    def pairs(query: str = "") -> list[tuple[str, str]]:
        items = browser.get(f"/api/v1/delegations{query}").json()["items"]
        return [(one["manager_id"], one["delegate_id"]) for one in items]

    assert pairs() == [("E3", "E2")]
    assert pairs("?ended=true") == [("E2", "E4"), ("E3", "E2")]
    assert pairs("?ended=true&manager_id=E2") == [("E2", "E4")]
    assert [row in browser.get("/duties/delegations").text for row in ("(E2)</th>", "(E3)</th>")] == [False, True]
    assert "(E4)</td>" in browser.get("/duties/delegations?ended=1").text
    assert "/duties/delegations" in browser.get("/duties").text


def test_a_manager_sees_their_own_delegations_alone(duty_service: Service) -> None:
    bo, di = duty_service.signed_in("bo"), duty_service.signed_in("di")
    bo.post(HERE, data={"delegate": "E4", "end": "2026-06-30"})

    assert [len(di.get(f"/api/v1/delegations{query}").json()["items"]) for query in ("", "?manager_id=E2")] == [0, 0]
    assert [name in di.get("/duties/delegations").text for name in ("(E2)", "(E4)")] == [False, False]
    assert "(E4)" in bo.get("/duties/delegations").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"delegate": "<E9>", "end": "2026-06-30"}, "delegate"),
        ({"delegate": "E2", "end": "2026-06-30"}, "delegate"),
        ({"delegate": "E4", "end": "<soon>"}, "end"),
        ({"delegate": "E4", "end": "2026-05-31"}, "end"),
        ({"delegate": "E4", "end": "2028-05-31"}, "end"),
        ({"delegate": "E4"}, "end"),
    ],
)
def test_what_is_no_delegation_is_refused_at_its_field(
    duty_service: Service, typed: dict[str, str], field: str
) -> None:
    refused = duty_service.signed_in("bo").post(HERE, data=typed)

    assert refused.status_code == 422
    assert f'id="{field}-fault"' in refused.text
    for text in typed.values():
        assert text.replace("<", "&lt;").replace(">", "&gt;") in refused.text
