"""Temporary duties over JSON: granted once however often sent, changed only as seen, and known to whom they concern."""

from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.app.service.duty_people import add_duty_people
from tests.app.service.serving import Service

_DUTIES = "/api/v1/temporary-duties"
_DUTY = {"employee_id": "E1", "series": "S1", "actions": "view;search", "end": "friday", "reason": "covers for Eve"}


@pytest.fixture
def service(service: Service) -> Service:
    add_duty_people(service)
    return service


def _granted(browser: TestClient, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - of a request
    answer = browser.post(_DUTIES, json=_DUTY | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def _do(browser: TestClient, duty: dict[str, Any], act: str, body: dict[str, str] | None = None) -> Response:
    return browser.post(f"{_DUTIES}/{duty['id']}/{act}", json=body, headers={"If-Match": duty["version"]})


def test_a_manager_grants_a_duty_and_finds_it_again(service: Service) -> None:
    bo = service.signed_in("bo")
    answer = bo.post(_DUTIES, json=_DUTY)

    duty = answer.json()
    assert (answer.status_code, duty["state"], duty["granted_by"]) == (201, "in force", "E2")
    assert (duty["employee_name"], duty["series_name"]) == ("Ann Olson", "Case files")
    assert (duty["start"], duty["end"]) == (f"{duty['history'][0]['at']}", "2026-06-06T05:00:00Z")
    shown = bo.get(answer.headers["location"])
    assert (shown.json(), shown.headers["etag"]) == (duty, answer.headers["etag"])
    assert [one["id"] for one in bo.get(_DUTIES).json()["items"]] == [duty["id"]]


def test_what_is_sent_twice_is_granted_once(service: Service) -> None:
    bo = service.signed_in("bo")
    answers = [bo.post(_DUTIES, json=_DUTY, headers={"Idempotency-Key": "k"}).json() for _ in range(2)]
    other = bo.post(_DUTIES, json=_DUTY | {"end": "monday"}, headers={"Idempotency-Key": "k"})

    assert answers[0] == answers[1]
    assert other.status_code == 409
    assert len(bo.get(_DUTIES).json()["items"]) == 1


@pytest.mark.parametrize("employee", ["E4", "E3", "E77"])
def test_a_manager_cannot_tell_who_works_elsewhere_from_who_does_not_work_here(service: Service, employee: str) -> None:
    answer = service.signed_in("bo").post(_DUTIES, json=_DUTY | {"employee_id": employee})

    assert answer.status_code == 404
    assert answer.json()["detail"] == f'There is no employee with the id "{employee}" among your people.'


def test_a_duty_of_people_whom_one_may_not_know_is_not_there(service: Service) -> None:
    duty = _granted(service.signed_in("bo"))
    di = service.signed_in("di")

    assert di.get(f"{_DUTIES}/{duty['id']}").status_code == 404
    assert _do(di, duty, "revoke", {"reason": "x"}).status_code == 404
    assert di.get(_DUTIES).json()["items"] == []
    assert [service.signed_in(who).get(f"{_DUTIES}/{duty['id']}").status_code for who in ("ann", "cy")] == [200, 200]


@pytest.mark.parametrize("employee", ["E2", "e2"])
def test_nobody_grants_themselves_a_duty(service: Service, employee: str) -> None:
    assert service.signed_in("bo").post(_DUTIES, json=_DUTY | {"employee_id": employee}).status_code == 403


def test_what_is_wrong_is_named_by_its_field(service: Service) -> None:
    answer = service.signed_in("bo").post(_DUTIES, json={"employee_id": "E1", "series": "S9", "end": "someday"})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/series", "/end", "/reason"]


def test_a_change_names_the_version_it_is_made_of(service: Service) -> None:
    bo = service.signed_in("bo")
    duty = _granted(bo)
    extended = _do(bo, duty, "extend", {"end": "2026-06-12"})

    assert (extended.status_code, extended.json()["id"]) == (200, duty["id"])
    assert extended.json()["end"] == "2026-06-13T05:00:00Z"
    assert [event["act"] for event in extended.json()["history"]] == ["granted", "extended"]
    assert _do(bo, duty, "revoke", {"reason": "x"}).status_code == 412
    assert bo.post(f"{_DUTIES}/{duty['id']}/revoke", json={"reason": "x"}).status_code == 428
    assert [one["id"] for one in bo.get(_DUTIES).json()["items"]] == [duty["id"]]

    service.clock.pass_by(timedelta(seconds=1))
    revoked = _do(bo, extended.json(), "revoke", {"reason": "Eve is back"}).json()
    assert (revoked["state"], revoked["history"][-1]["note"]) == ("revoked", "Eve is back")


def test_an_employee_asks_and_the_manager_answers(service: Service) -> None:
    ann, bo = service.signed_in("ann"), service.signed_in("bo")
    asked = _granted(ann)
    assert (asked["state"], asked["grant"], asked["granted_by"]) == ("requested", None, "")
    assert _do(ann, asked, "approve").status_code == 403

    approved = _do(bo, asked, "approve").json()
    assert (approved["state"], approved["id"], approved["granted_by"]) == ("in force", asked["id"], "E2")
    assert _do(bo, asked, "refuse", {"reason": "late"}).status_code == 412

    refused = _do(bo, _granted(ann), "refuse", {"reason": "the team has it"}).json()
    assert refused["state"] == "refused"
    states = {state: bo.get(_DUTIES, params={"state": state}).json()["items"] for state in ("in force", "refused")}
    assert {state: [one["id"] for one in items] for state, items in states.items()} == {
        "in force": [asked["id"]],
        "refused": [refused["id"]],
    }


def test_a_back_dated_duty_waits_for_a_second_person(service: Service) -> None:
    bo, official = service.signed_in("bo"), service.signed_in("compliance_official")
    duty = _granted(bo, start="2026-05-28")

    assert duty["state"] == "awaiting confirmation"
    assert _do(bo, duty, "confirm").status_code == 403
    confirmed = _do(official, duty, "confirm")
    assert (confirmed.json()["state"], confirmed.json()["start"]) == ("in force", "2026-05-28T05:00:00Z")
    assert _do(official, confirmed.json(), "confirm").status_code == 409


def test_a_list_is_given_page_by_page_in_any_order(service: Service) -> None:
    bo = service.signed_in("bo")
    days = ["2026-06-10", "2026-06-08", "2026-06-09"]
    for day in days:
        _granted(bo, end=day)
    first = bo.get(_DUTIES, params={"limit": 2, "sort": "end"}).json()
    rest = bo.get(_DUTIES, params={"limit": 2, "sort": "end", "cursor": first["next"]}).json()

    assert [one["end"][:10] for one in first["items"] + rest["items"]] == ["2026-06-09", "2026-06-10", "2026-06-11"]
    assert rest["next"] is None
    assert bo.get(_DUTIES, params={"employee_id": "E2"}).json()["items"] == []
    assert bo.get(_DUTIES, params={"state": "sleeping"}).status_code == 422


def test_a_preview_says_what_a_duty_would_mean_and_records_nothing(service: Service) -> None:
    bo = service.signed_in("bo")
    answer = bo.post(f"{_DUTIES}/preview", json=_DUTY | {"start": "2026-05-28"})

    assert answer.status_code == 200, answer.text
    assert (answer.json()["others"], answer.json()["covered"]["count"]) == (0, 0)
    assert (answer.json()["needs_confirmation"], answer.json()["backdated"]["count"]) == (True, 0)
    assert bo.get(_DUTIES).json()["items"] == []
    assert service.signed_in("di").post(f"{_DUTIES}/preview", json=_DUTY).status_code == 404
