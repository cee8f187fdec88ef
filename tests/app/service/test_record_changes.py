"""People, positions, accounts and access changed over JSON: as a file's rows, from the version seen, and taken back."""

from http import HTTPStatus
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from config.officials.officials import change_official
from tests.app.service.serving import Service
from tests.databases import on_both

_API = "/api/v1"
NEW: dict[str, dict[str, Any]] = {
    "assignments": {"employee_id": "e1", "position_code": "P2", "start": "2025-05-01"},
    "accounts": {"system": "cad", "login": "annie", "employee_id": "E1"},
    "work-access": {"series": "bids", "holder_type": "employee", "holder": "E1", "actions": ["view"]},
}


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the town."""
    return town_service.signed_in("compliance_official")


def _put(browser: TestClient, path: str, body: dict[str, Any], version: str = "") -> Response:
    tag = version or browser.get(f"{_API}/{path}").headers["etag"]
    return browser.put(f"{_API}/{path}", json=body, headers={"If-Match": tag})


@on_both
@pytest.mark.parametrize("things", NEW)
def test_a_thing_is_made_once_changed_in_place_and_taken_back(town_service: Service, things: str) -> None:
    official, headers = town_service.signed_in("compliance_official"), {"Idempotency-Key": things}
    made = [official.post(f"{_API}/{things}", json=NEW[things], headers=headers) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201], made[0].text
    assert made[0].json() == made[1].json()
    assert official.post(f"{_API}/{things}", json=NEW[things]).status_code == 409
    place = made[0].headers["location"].removeprefix(f"{_API}/")

    seen = official.get(f"{_API}/{place}").headers["etag"]
    assert official.put(f"{_API}/{place}", json=NEW[things]).status_code == 428
    unchanged = _put(official, place, NEW[things])
    assert (unchanged.status_code, unchanged.json()["number"]) == (200, None)
    changed = _put(official, place, NEW[things] | {"start": "2025-05-02", "end": "2025-06-30"}, seen)
    assert changed.json()["item"]["end"] == "2025-07-01T05:00:00Z"
    assert _put(official, changed.headers["content-location"].removeprefix(f"{_API}/"), {}, seen).status_code == 422
    assert official.get(f"{_API}/{place}").status_code == 404
    standing = [one["id"] for one in official.get(f"{_API}/{things}?limit=1000").json()["items"]]
    assert changed.json()["item"]["id"] in standing
    assert made[0].json()["item"]["id"] not in standing

    told = official.get(f"{_API}/imports/{changed.json()['number']}/undo").json()["rows"]
    assert [(one["thing"], "2025-06-30" in one["now"], one["afterwards"] != "") for one in told] == [
        (things.replace("-", " "), True, True)
    ]
    undone = official.post(f"{_API}/imports/{changed.json()['number']}/undo")
    assert undone.status_code == 201
    assert official.get(f"{_API}/{place}").json() == made[0].json()["item"] | (
        {"recorded_at": official.get(f"{_API}/{place}").json()["recorded_at"]} if things != "accounts" else {}
    )


@pytest.mark.parametrize(
    ("things", "wrong", "pointer"),
    [
        ("assignments", {"employee_id": "E9"}, "/employee_id"),
        ("assignments", {"start": "soon"}, "/start"),
        ("assignments", {"end": "2025-04-01"}, "/end"),
        ("accounts", {"login": "AOLSON", "employee_id": "E2", "start": "2025-01-01"}, "/login"),
        ("accounts", {"kind": "odd"}, "/kind"),
        ("work-access", {"series": "S9"}, "/series"),
        ("work-access", {"holder": ""}, "/holder"),
        ("work-access", {"actions": ["fly"]}, "/actions"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    official: TestClient, things: str, wrong: dict[str, Any], pointer: str
) -> None:
    answer = official.post(f"{_API}/{things}", json=NEW[things] | wrong)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_what_would_change_what_stands_is_not_made(official: TestClient) -> None:
    taken_over = {"system": "cad", "login": "aolson", "employee_id": "E2"}

    assert official.post(f"{_API}/accounts", json=taken_over).status_code == 409


def test_a_second_fact_beside_what_stands_is_said(official: TestClient) -> None:
    beside = {"employee_id": "E1", "position_code": "P1", "start": "2024-06-01"}
    said = official.post(f"{_API}/assignments", json=beside).json()["said"]

    assert any("second fact" in line for line in said)


def test_positions_and_people_are_made_and_changed(official: TestClient) -> None:
    clerk = {"position_code": "P9", "title": "Archivist", "department": "Clerk"}
    made = official.post(f"{_API}/positions", json=clerk)
    assert (made.status_code, made.headers["location"]) == (201, f"{_API}/positions/P9")
    assert official.post(f"{_API}/positions", json=clerk | {"position_code": "p9"}).status_code == 409
    assert (
        _put(official, "positions/p9", {"title": "Keeper", "department": "Clerk"}).json()["item"]["title"] == "Keeper"
    )

    person = {"employee_id": "E9", "name": "Eve Ash", "manager_id": "E2", "employments": [{"start": "2025-01-01"}]}
    assert official.post(f"{_API}/employees", json=person).status_code == 201
    assert official.post(f"{_API}/employees", json=person).status_code == 409
    left = {"name": "Eve Ash", "employments": [{"start": "2025-01-01", "end": "2025-02-28"}, {"start": "2025-06-01"}]}
    changed = _put(official, "employees/E9", left).json()["item"]
    assert (changed["manager_id"], [one["end"] for one in changed["employments"]]) == (
        "",
        [None, "2025-03-01T06:00:00Z"],
    )
    wrong = left | {"employments": [{"start": "2025-01-01"}, {"start": "2025-06-01", "end": "2025-05-01"}]}
    assert _put(official, "employees/E9", wrong).json()["errors"][0]["pointer"] == "/employments/1/end"


def test_a_grant_is_withdrawn_with_a_reason_once(official: TestClient) -> None:
    grant = official.get(f"{_API}/work-access?series=S2").json()["items"][0]["grant"]
    why, headers = {"reason": "typed into the wrong row"}, {"Idempotency-Key": "k"}
    withdrawn = [official.post(f"{_API}/grants/{grant}/withdraw", json=why, headers=headers) for _ in range(2)]

    assert [one.status_code for one in withdrawn] == [201, 201]
    assert "typed into the wrong row" in withdrawn[0].json()["receipt"]
    assert official.post(f"{_API}/grants/{grant}/withdraw", json={"reason": "again"}).status_code == 409
    assert official.post(f"{_API}/grants/work-access:999/withdraw", json={"reason": "x"}).status_code == 404


def test_nobody_changes_what_is_recorded_about_themselves(town_service: Service) -> None:
    with town_service.installation.change() as work:
        change_official(work.session, "compliance_official", now=work.now, by=work.by, employee_id="E1")
    browser = town_service.signed_in("compliance_official")

    assert {
        things: browser.post(f"{_API}/{things}", json=body).status_code for things, body in NEW.items()
    } == dict.fromkeys(NEW, 403)
    duty = {"reason": "mine"}
    assert browser.post(f"{_API}/grants/temporary-duty:2/withdraw", json=duty).status_code == 403
    mine = {"name": "Ann", "employments": [{"start": "2020-01-01"}]}
    assert _put(browser, "employees/E1", mine).status_code == 403


@pytest.mark.parametrize(
    ("holder_type", "holder", "is_own"),
    [("position", "Police Clerk", True), ("department", " police", True), ("position", "P4", False)],
)
def test_nobody_changes_what_a_position_or_department_of_theirs_may_reach(
    town_service: Service, holder_type: str, holder: str, *, is_own: bool
) -> None:
    access = {"series": "S4", "holder_type": holder_type, "holder": holder, "actions": ["view"]}
    other = town_service.signed_in("responsible_authority")
    made = other.post(f"{_API}/work-access", json=access).json()["item"]
    with town_service.installation.change() as work:
        change_official(work.session, "compliance_official", now=work.now, by=work.by, employee_id="E1")
    browser = town_service.signed_in("compliance_official")

    wider = access | {"actions": ["*"]}
    text = {"part": "certain employees as needed", "holders": [holder]}
    answers = [
        browser.post(f"{_API}/work-access", json=wider | {"series": "S2"}),
        browser.post(f"{_API}/series", json={"name": "Dog licences", "work_access": holder}),
        browser.post(f"{_API}/series/S2/work-access-texts", json=text),
        _put(browser, f"work-access/{made['id']}", wider),
        browser.post(f"{_API}/grants/work-access:{made['id'] + 2 * (not is_own)}/withdraw", json={"reason": "a slip"}),
    ]
    # findings about them are of the series S2, so its text is not theirs to resolve in any case
    assert [one.status_code for one in answers] == ([403] * 5 if is_own else [201, 201, 403, 200, 201])
    assert (other.get(f"{_API}/work-access/{made['id']}").status_code == HTTPStatus.OK) == is_own


@pytest.mark.parametrize(("login", "may_see"), [("compliance_official", True), ("hr", False)])
def test_who_takes_something_back_sees_first_which_findings_it_is_about(
    town_service: Service, login: str, *, may_see: bool
) -> None:
    browser, auditor = town_service.signed_in(login), town_service.signed_in("auditor")
    number = browser.post(f"{_API}/assignments", json=NEW["assignments"]).json()["number"]
    about = [one["key"] for one in auditor.get(f"{_API}/findings?who=E1").json()["items"]]

    asked = browser.get(f"{_API}/imports/{number}/undo").json()["findings"]
    page = browser.get(f"/imports/{number}/undo").text
    assert about
    assert asked == (about if may_see else None)
    assert [key for key in about if key in page] == (about if may_see else [])


def test_a_series_is_put_into_the_inventory_and_its_texts_are_resolved(official: TestClient) -> None:
    series = {"name": "Dog licences", "classification": "private", "work_access": "Police Clerk; whoever helps"}
    made = official.post(f"{_API}/series", json=series)
    assert (made.status_code, made.json()["item"]["classes"]) == (201, ["private"])
    assert official.post(f"{_API}/series", json=series).status_code == 409
    texts = f"{made.headers['location']}/work-access-texts"
    assert [one["is_unread"] for one in official.get(texts).json()["items"]] == [False, True]
    unread = official.get(f"{_API}/work-access-texts/unread").json()["items"]
    assert "whoever helps" in [one["part"] for one in unread]

    resolved = official.post(texts, json={"part": "Whoever  helps", "holders": ["E2"]}).json()["items"]
    assert [one["holders"] for one in resolved][1] == ["Bo Larson (E2)"]
    assert official.post(texts, json={"part": "whoever helps", "holders": []}).json()["items"][1]["is_dismissed"]
    assert official.post(texts, json={"part": "nobody", "holders": []}).status_code == 404
