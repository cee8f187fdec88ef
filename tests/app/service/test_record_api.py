"""People, series and work access over JSON: paged, as of a day, and changed only from the version that was seen."""

from httpx2 import Response

from tests.app.service.serving import Service, add_stranger
from tests.databases import on_both

_API = "/api/v1"


def test_lists_are_given_in_pages_in_the_order_asked_for(town_service: Service) -> None:
    browser = town_service.signed_in("hr")
    first = browser.get(f"{_API}/employees?limit=2&sort=-name").json()
    second = browser.get(f"{_API}/employees", params={"limit": 2, "sort": "-name", "cursor": first["next"]}).json()

    assert [one["name"] for one in first["items"] + second["items"]] == ["Cy Dale", "Bo Larson", "Ann Olson"]
    assert second["next"] is None
    assert browser.get(f"{_API}/employees?sort=age").status_code == 422


@on_both
def test_lists_are_narrowed_by_their_fields_and_as_of_a_day(town_service: Service) -> None:
    browser = town_service.signed_in("auditor")

    def held(asked: str) -> list[str]:
        return [
            one["employee_id"] for one in browser.get(f"{_API}/assignments?position_code=P1{asked}").json()["items"]
        ]

    assert (held(""), held("&as_of=2025-03-31"), held("&as_of=2025-04-01")) == (["E1", "E3"], ["E1", "E3"], ["E1"])
    assert [one["login"] for one in browser.get(f"{_API}/accounts?kind=shared").json()["items"]] == ["frontdesk"]
    assert browser.get(f"{_API}/work-access?series=S2").json()["items"][0]["actions"] == ["view", "modify"]
    assert len(browser.get(f"{_API}/positions").json()["items"]) == 4


@on_both
def test_a_manager_is_given_their_own_people_alone(town_service: Service) -> None:
    add_stranger(town_service)
    manager = town_service.signed_in("manager")

    assert {one["employee_id"] for one in manager.get(f"{_API}/employees").json()["items"]} == {"E1", "E2", "E3"}
    assert manager.get(f"{_API}/employees/E4").status_code == 404
    assert manager.get(f"{_API}/employees/E4/access").status_code == 404
    assert {one["employee_id"] for one in manager.get(f"{_API}/series/S3/holders").json()["items"]} == {"E1", "E2"}


def test_access_is_what_is_in_force_then_as_known_then(town_service: Service) -> None:
    browser = town_service.signed_in("hr")

    def reached(asked: str) -> set[str]:
        return {one["series"] for one in browser.get(f"{_API}/employees/E1/access?{asked}").json()["items"]}

    assert reached("as_of=2025-03-02") == {"S1", "S3", "S4"}
    assert reached("as_of=2025-04-02") == {"S1", "S3"}
    assert reached("as_of=2025-03-02&known_at=2024-01-01") == set()


def test_a_series_is_changed_only_from_the_version_that_was_seen(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    seen = browser.get(f"{_API}/series/S1")
    body = {name: seen.json()[name] for name in ("name", "classification", "citation", "work_access", "department")}
    body["retired"] = "2026-01-01"

    def put(version: str, **changes: str) -> Response:
        return browser.put(f"{_API}/series/S1", headers={"If-Match": version}, json={**body, **changes})

    assert browser.put(f"{_API}/series/S1", json=body).status_code == 428
    changed = put(seen.headers["etag"])
    assert (changed.status_code, changed.json()["retired"]) == (200, "2026-01-01")
    assert changed.headers["etag"] == browser.get(f"{_API}/series/S1").headers["etag"]
    assert put(seen.headers["etag"]).status_code == 412
    assert put(changed.headers["etag"], retired="soon").json()["errors"][0]["pointer"] == "/retired"
