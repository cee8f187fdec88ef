"""Audits in the browser and over JSON: asked for, looked at, compared with the one before."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from config.settings import Settings
from tests.app.service.serving import Service, serve
from tests.app.service.working import hidden, work_off
from tests.town_stages import Stage, TownStages


@pytest.fixture
def town_service(town_stages: TownStages, settings: Settings, engine: Engine) -> Iterator[Service]:
    """Give the service of the audited town."""
    town_stages.put(Stage.AUDITED, settings)
    served = serve(engine, settings)
    yield served
    for browser in served.browsers:
        browser.close()


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the town."""
    return town_service.signed_in("compliance_official")


def test_an_audit_is_asked_for_once_and_shown_beside_the_one_before(
    town_service: Service, official: TestClient
) -> None:
    form = {"from": "2025-03-01", "to": "2025-03-31", "key": hidden(official.get("/audits"))}

    sent = [official.post("/audits", data=form).headers["location"] for _ in range(2)]
    work_off(town_service)

    assert sent[0] == sent[1]
    assert 'href="/audits/2"' in official.get(sent[0]).text
    page = official.get("/audits/2").text
    assert "Beside audit 1" in page
    assert "They are of different times" in page
    assert official.get("/audits").text.count('<th scope="row">') == 2


def test_a_question_says_that_it_is_one(town_service: Service, official: TestClient) -> None:
    official.post("/audits", data={"known_at": "2025-07-02"})
    work_off(town_service)

    assert "This was a question about what was or would have been known" in official.get("/audits/2").text
    assert "(a question)" in official.get("/audits").text


def test_what_cannot_be_read_is_said_at_its_field(official: TestClient) -> None:
    typed = {"from": "<then>", "to": "2025-01-01", "known_at": "2100-01-01"}

    answer = official.post("/audits", data=typed)

    assert answer.status_code == 422
    assert 'value="&lt;then&gt;"' in answer.text
    assert [f'id="{field}-fault"' in answer.text for field in ("from", "to", "known_at")] == [True, False, True]
    problem = official.post("/api/v1/audits", json=typed)
    assert problem.status_code == 422
    assert [error["pointer"] for error in problem.json()["errors"]] == ["/from", "/known_at"]


def test_a_program_asks_for_an_audit_and_reads_it(town_service: Service, official: TestClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    asked = [official.post("/api/v1/audits", json={"to": "2025-03-31"}, headers=headers) for _ in range(2)]
    other = official.post("/api/v1/audits", json={}, headers=headers)
    work_off(town_service)

    assert [(one.status_code, one.headers["location"]) for one in asked] == [(202, "/api/v1/jobs/1")] * 2
    assert other.status_code == 409
    assert official.get("/api/v1/jobs/1").json()["outcome"]["run"] == 2
    listed = official.get("/api/v1/audits?limit=1").json()
    assert [run["id"] for run in listed["items"]] == [2]
    one = official.get("/api/v1/audits/2").json()
    assert one["events"] == sum(one["reasons"].values())
    assert official.get("/api/v1/audits/9").status_code == 404


def test_a_city_without_audits_says_what_to_do(service: Service) -> None:
    assert "Import logs first, then audit" in service.signed_in("compliance_official").get("/audits").text
    assert '<form class="usa-form' not in service.signed_in("auditor").get("/audits").text
