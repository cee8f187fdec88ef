"""What logs name that maps to nothing, over JSON: those of most accesses first, and answered once."""

import pytest
from starlette.testclient import TestClient

from tests.app.service.serving import Service

_MAPPINGS = "/api/v1/mappings"


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the town."""
    return town_service.signed_in("compliance_official")


def _names(browser: TestClient, what: str) -> list[str]:
    return [one["name"] for one in browser.get(f"{_MAPPINGS}/{what}").json()["items"]]


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("accounts", {"employee_id": "E2"}),
        ("resources", {"pattern": "moon/*", "series": "public"}),
    ],
)
def test_a_name_is_listed_until_it_is_answered(official: TestClient, what: str, answer: dict[str, str]) -> None:
    name = _names(official, what)[0]
    body = {"source": "cad", **answer} | ({"name": name} if what == "accounts" else {"pattern": f"{name[:4]}*"})
    said = [official.post(f"{_MAPPINGS}/{what}", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)]

    assert [one.status_code for one in said] == [201, 201], said[0].text
    assert "can be taken back" in said[0].json()["said"]
    assert name not in _names(official, what)


def test_a_word_is_answered_from_the_version_of_the_source_that_was_seen(official: TestClient) -> None:
    body = {"source": "cad", "name": "peek", "meaning": "view"}
    tag = official.get("/api/v1/sources/cad").headers["etag"]

    assert official.post(f"{_MAPPINGS}/actions", json=body).status_code == 428
    assert official.post(f"{_MAPPINGS}/actions", json=body, headers={"If-Match": tag}).status_code == 201
    assert official.post(f"{_MAPPINGS}/actions", json=body, headers={"If-Match": tag}).status_code == 412
    assert official.get(f"{_MAPPINGS}/moons").status_code == 422
