"""Who changed what, when, from what, to what: read from the record itself, each change once, in pages."""

import re
from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from app.changes.kept import KEPT
from config.recorded import Recorded
from tests.app.service.serving import Service
from tests.app.service.working import POSITIONS, work_off
from tests.databases import on_both

_CHANGES = "/api/v1/changes"


def _all(browser: TestClient, limit: int = 1000, **narrowed: str) -> list[dict[str, Any]]:
    found, cursor = list[dict[str, Any]](), ""
    while True:
        page = browser.get(_CHANGES, params={"limit": limit, "cursor": cursor, **narrowed}).json()
        found += page["items"]
        cursor = page["next"]
        if not cursor:
            return found


def _schedule(browser: TestClient, cadence: str) -> dict[str, str]:
    form = browser.get("/admin/schedule").text.split('action="/admin/schedule/expiry"')[1]
    (version, *_) = re.findall(r'name="version" value="([^"]*)"', form)
    return {"cadence": cadence, "enabled": "yes", "version": version}


def test_every_table_of_the_record_is_told_of() -> None:
    assert {kept.model for kept in KEPT} >= set(Recorded.__subclasses__())


@on_both
def test_a_change_says_who_when_from_what_and_to_what(town_service: Service) -> None:
    hr, auditor = town_service.signed_in("hr"), town_service.signed_in("auditor")
    town_service.clock.pass_by(timedelta(minutes=1))
    since = town_service.clock.now.isoformat()
    tag = hr.get("/api/v1/positions/P1").headers["etag"]
    body = {"title": "Records Clerk", "department": "Police"}
    number = hr.put("/api/v1/positions/P1", json=body, headers={"If-Match": tag}).json()["number"]
    held = {"employee_id": "E1", "position_code": "P2", "start": "2026-01-01"}
    made = hr.post("/api/v1/assignments", json=held).json()["number"]
    hr.post(f"/api/v1/imports/{made}/undo")
    changes = _all(auditor, since=since)

    assert [(one["thing"], one["by"], one["before"] is None, one["after"] is None) for one in changes] == [
        ("positions", "hr", False, False),
        ("assignments", "hr", True, False),
        ("assignments", "hr", False, True),
    ]
    assert (changes[0]["before"]["title"], changes[0]["after"]["title"]) == ("Police Clerk", "Records Clerk")
    assert [one["number"] for one in changes] == [number, made, made + 1]


@on_both
def test_tokens_and_the_schedule_are_told_of_with_the_requests_that_changed_them(service: Service) -> None:
    administrator, hr, auditor = (service.signed_in(login) for login in ("administrator", "hr", "auditor"))
    asked = {"expires": "2026-07-01", "acts": ["read"]}
    made = administrator.post("/api/v1/officials/hr/tokens", json=asked)
    (digest,) = re.findall(r'name="token" value="(\w+)"', hr.get("/me").text)
    ended = hr.post("/me/tokens/revoke", data={"token": digest})
    set_ = [
        administrator.post("/admin/schedule/expiry", data=_schedule(administrator, cadence))
        for cadence in ("daily at 01:00", "daily at 02:00")
    ]
    token = {"login": "hr", "acts": "read", "expires_at": "2026-07-02T05:00:00Z"}

    tokens, schedule = (_all(auditor, thing=thing) for thing in ("tokens", "schedule"))
    assert [(one["by"], one["before"], one["after"]) for one in tokens] == [
        ("administrator", None, token),
        ("hr", token, None),
    ]
    assert [one["after"]["cadence"] for one in schedule] == ["daily at 01:00", "daily at 02:00"]
    assert schedule[1]["before"] == schedule[0]["after"]
    answers = [one.headers["x-request-id"] for one in (made, ended, *set_)]
    assert [one["request_id"] for one in (*tokens, *schedule)] == answers


def test_what_a_job_changes_bears_the_request_that_asked_for_it(service: Service) -> None:
    hr = service.signed_in("hr")
    sent = hr.post("/api/v1/imports/positions", files={"file": ("positions.csv", POSITIONS)})
    work_off(service)

    told = {one["request_id"] for one in _all(service.signed_in("auditor"), thing="positions")}
    assert told == {sent.headers["x-request-id"]}


def test_pages_hold_each_change_once_and_no_password(town_service: Service) -> None:
    auditor = town_service.signed_in("auditor")
    whole = _all(auditor)

    assert _all(auditor, limit=7) == whole
    assert sorted(whole, key=lambda one: one["at"]) == whole
    assert {one["thing"] for one in whole} >= {"entity", "series", "accounts", "officials", "sources"}
    assert not [one for one in whole if "password" in (one["after"] or {})]
    assert {one["thing"] for one in _all(auditor, thing="officials", by="test")} == {"officials"}


def test_what_cannot_be_asked_is_refused(town_service: Service) -> None:
    auditor = town_service.signed_in("auditor")

    for query in ("since=soon", "thing=moons", "cursor=abc"):
        assert auditor.get(f"{_CHANGES}?{query}").status_code == 422, query
