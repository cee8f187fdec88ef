"""Live decisions over JSON: as the command line explains them, and in the shapes of AuthZEN."""

from typing import Any

import pytest

from audit.explain_access import AccessQuestion, explain_access
from config.work import Installation
from tests.app.service.serving import Service
from tests.town import MARCH_10

_AT = "2025-03-10T12:00:00Z"


def _asked(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a question
    return {
        "subject": {"type": "employee", "id": "E1"},
        "action": {"name": "view"},
        "resource": {"type": "series", "id": "S1"},
        "context": {"time": _AT},
    } | changes


def _explained(installation: Installation, employee: str, series: str) -> str:
    with installation.read() as work:
        return explain_access(work, AccessQuestion(employee, series, MARCH_10)).decision.explanation


def test_an_explanation_is_the_one_that_is_given_elsewhere(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    for employee in ("E1", "E2", "E3"):
        for series in ("S1", "S2", "S3", "S4"):
            asked = {"employee_id": employee, "series": series, "at": _AT}
            answer = browser.post("/api/v1/decisions/explain", json=asked).json()
            assert answer["sentence"] == _explained(town_service.installation, employee, series)


def test_an_explanation_names_the_nearest_grant_and_what_was_known(town_service: Service) -> None:
    browser = town_service.signed_in("auditor")
    asked = {"employee_id": "E1", "series": "bids", "at": "2025-04-02T15:00:00Z"}
    answer = browser.post("/api/v1/decisions/explain", json=asked).json()
    before = browser.post("/api/v1/decisions/explain", json={**asked, "known_at": "2025-01-01"})

    assert (answer["reason"], answer["nearest"]["grant"]) == ("assignment_ended", "temporary-duty:2")
    assert before.status_code == 404
    assert browser.post("/api/v1/decisions/explain", json={**asked, "employee_id": "E9"}).status_code == 404
    refused = browser.post("/api/v1/decisions/explain", json={**asked, "at": "soon"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/at")


def test_a_purpose_is_read_as_the_map_of_its_source_says_wherever_it_is_asked(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    row = {"source": "cad", "name": "pay run", "meaning": "payroll"}
    assert browser.post("/api/v1/mappings/purposes", json=row).status_code == 201
    asked = {"employee_id": "E1", "series": "S1", "at": _AT, "purpose": "Pay Run", "source": "cad"}
    explained = browser.post("/api/v1/decisions/explain", json=asked).json()
    with town_service.installation.read() as work:
        question = AccessQuestion("E1", "S1", MARCH_10, purpose="Pay Run", source="cad")
        elsewhere = explain_access(work, question).purpose
    resource = {"type": "resource", "id": "case/7", "properties": {"system": "cad"}}
    context = {"time": _AT, "purpose": "Pay Run"}
    evaluated = browser.post("/access/v1/evaluation", json=_asked(resource=resource, context=context)).json()
    unknown = browser.post("/access/v1/evaluation", json=_asked(context={**context, "source": "moon"}))

    assert (explained["purpose"], explained["purpose_meant"], elsewhere) == ("Pay Run", "payroll", "payroll")
    assert evaluated["context"]["purpose"] == "payroll"
    assert (unknown.status_code, "no source" in unknown.text) == (400, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "assigned"),
        ({"subject": {"type": "account", "id": "CITY\\aolson", "properties": {"system": "cad"}}}, "assigned"),
        ({"subject": {"type": "account", "id": "frontdesk", "properties": {"system": "cad"}}}, "shared_account"),
        ({"subject": {"type": "account", "id": "ghost", "properties": {"system": "cad"}}}, "unknown_account"),
        ({"resource": {"type": "resource", "id": "bid/7", "properties": {"system": "cad"}}}, "assignment_ended"),
        ({"resource": {"type": "resource", "id": "moon/7", "properties": {"system": "cad"}}}, "uninventoried_resource"),
        ({"resource": {"type": "series", "id": "Agendas"}}, "public_data"),
        ({"subject": {"type": "employee", "id": "E3"}, "context": {"time": "2025-05-01T12:00:00Z"}}, "not_employed"),
    ],
)
def test_an_evaluation_is_decided_by_the_table(town_service: Service, changes: dict[str, Any], reason: str) -> None:
    browser = town_service.signed_in("compliance_official")
    answer = browser.post("/access/v1/evaluation", json=_asked(**changes)).json()

    assert (answer["context"]["reason"], answer["decision"]) == (reason, reason in {"assigned", "public_data"})


def test_several_are_decided_with_what_they_have_in_common(town_service: Service) -> None:
    browser = town_service.signed_in("auditor")
    several = {
        **_asked(),
        "evaluations": [{}, {"resource": {"type": "series", "id": "S4"}}, {"action": {"name": "fly"}}, {}],
    }
    whole = browser.post("/access/v1/evaluations", json=several).json()["evaluations"]
    several["options"] = {"evaluations_semantic": "deny_on_first_deny"}
    ended = browser.post("/access/v1/evaluations", json=several).json()["evaluations"]

    assert [one["decision"] for one in whole] == [True, False, False, True]
    assert whole[2]["context"]["error"]["status"] == 400
    assert [one["decision"] for one in ended] == [True, False]
    assert browser.post("/access/v1/evaluations", json=_asked()).json()["decision"] is True


def test_why_is_told_to_those_who_may_see_it_and_of_others_nothing(town_service: Service) -> None:
    manager = town_service.signed_in("manager")
    stranger = _asked(subject={"type": "employee", "id": "E9"})

    assert manager.post("/access/v1/evaluation", json=_asked()).json() == {"decision": True}
    assert manager.post("/access/v1/evaluation", json=stranger).status_code == 404


@pytest.mark.parametrize("changes", [{"subject": None}, {"subject": {"type": "robot", "id": "x"}}, {"context": 3}])
def test_what_is_no_evaluation_is_a_bad_request(town_service: Service, changes: dict[str, Any]) -> None:
    browser = town_service.signed_in("auditor")
    answer = browser.post("/access/v1/evaluation", json=_asked(**changes), headers={"X-Request-ID": "of-mine"})

    assert (answer.status_code, answer.headers["x-request-id"]) == (400, "of-mine")


def test_the_configuration_says_where_to_ask(service: Service) -> None:
    told = service.browser().get("/.well-known/authzen-configuration").json()

    assert told["access_evaluation_endpoint"] == "https://localhost/access/v1/evaluation"
