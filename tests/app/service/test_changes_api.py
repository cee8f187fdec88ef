"""Who changed what, when, from what, to what: read from the record itself, each change once, in pages."""

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from app.changes.kept import KEPT
from config.database import Recorded
from tests.app.service.serving import Service
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
