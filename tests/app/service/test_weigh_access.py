"""What work access would mean before it is saved: on pages and over JSON, where nothing is recorded by that."""

import html
import re

import pytest
from starlette.testclient import TestClient

from tests.app.service.serving import Service
from tests.app.service.test_import_pages import send
from tests.app.service.working import hidden, work_off

_BIDS = {"series": "S4", "holder_type": "employee", "holder": "E1", "actions": ["view"]}
_FORM = {"holder_type": "employee", "holder": "E1", "actions": "view", "start": "2026-06-01", "key": "k"}


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the town."""
    return town_service.signed_in("compliance_official")


def _rows(official: TestClient) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = official.get("/api/v1/work-access").json()["items"]
    return rows


def test_a_statement_is_weighed_then_saved_and_leads_to_its_end(official: TestClient) -> None:
    before = _rows(official)
    weighed = official.post("/inventory/S4/grants/new", data=_FORM | {"step": "preview"})
    assert weighed.status_code == 200
    assert "What it would mean" in weighed.text
    assert "It reaches 1 person employed now" in weighed.text
    assert _rows(official) == before

    assert official.post("/inventory/S4/grants/new", data=_FORM | {"step": "save"}).status_code == 303
    (made,) = (one for one in _rows(official) if one not in before)
    page = f"/grants/work-access/{made['id']}"
    assert page in official.get("/inventory/S4").text

    ended = official.get(f"{page}?act=end&end=2026-06-30")
    assert "No log of the last 90 days is here of a system that holds this data" in ended.text
    assert official.get(f"{page}?act=end").status_code == 422
    assert official.post(page, data={"act": "end", "end": "2026-06-30\0"}).status_code == 422
    assert official.get(f"{page}?act=end&end={'9' * 61}").status_code == 422
    version = html.unescape(re.findall(r'name="version" value="([^"]*)"', ended.text)[0])
    assert official.post(page, data={"act": "withdraw", "version": version}).status_code == 422
    taken = official.post(page, data={"act": "withdraw", "reason": "a slip", "version": version})
    assert taken.status_code == 303
    assert _rows(official) == before


@pytest.mark.parametrize(("typed", "field"), [({"holder": "E99"}, "holder"), ({"start": "soon"}, "start")])
def test_what_is_wrong_is_said_at_its_field(official: TestClient, typed: dict[str, str], field: str) -> None:
    for step in ("preview", "save"):
        answer = official.post("/inventory/S4/grants/new", data=_FORM | typed | {"step": step})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text


def test_json_says_what_a_statement_a_change_or_a_withdrawal_would_mean(official: TestClient) -> None:
    before = _rows(official)
    new = official.post("/api/v1/work-access/preview", json=_BIDS)
    narrowed = {"series": "S2", "holder_type": "position", "holder": "P2", "actions": ["view"], "purposes": ["payroll"]}
    changed = official.post("/api/v1/work-access/1/preview", json=narrowed)
    withdrawn = official.post("/api/v1/grants/work-access:1/preview")

    assert (new.json()["reached"], new.json()["covered"]["count"], new.json()["resting"]) == (1, 0, None)
    assert (changed.json()["resting"]["count"], withdrawn.json()["covered"]) == (0, None)
    assert official.post("/api/v1/work-access/preview", json=_BIDS | {"series": "S99"}).status_code == 422
    assert official.post("/api/v1/grants/work-access:99/preview").status_code == 404
    assert _rows(official) == before


def test_a_file_of_work_access_is_weighed_before_it_is_applied(town_service: Service, official: TestClient) -> None:
    before = _rows(official)
    place = send(official, "series,holder_type,holder,actions\nS2,everyone,,view\n", name="a.csv", kind="work-access")
    work_off(town_service)
    assert f"{place}?means=now" in official.get(place).text

    weighed = official.get(f"{place}?means=now").text
    assert "It reaches 2 people employed now" in weighed
    assert _rows(official) == before
    assert official.post(f"{place}/apply", data={"stamp": hidden(official.get(place), "stamp")}).status_code == 303
    work_off(town_service)
    assert len(_rows(official)) == len(before) + 1
