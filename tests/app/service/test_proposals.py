"""Work access by which findings read otherwise: one official proposes it, and a second one answers."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from access.undo_import import undo_import
from config.officials.officials import OfficialRequest, add_official, all_officials
from config.officials.permissions import Role
from config.settings import Settings
from tests.app.service.notices import gather, told
from tests.app.service.serving import MONDAY, Service, hashed_password
from tests.databases import on_both
from tests.town import Town

_ACCESS = "/api/v1/work-access"
_PROPOSALS = "/api/v1/access-proposals"
_IMPORTS = "/api/v1/imports"
# told long ago, so that what was found of Ann and the payroll would be assigned
_PAYROLL = {
    "series": "S2",
    "holder_type": "employee",
    "holder": "E1",
    "actions": ["view"],
    "start": "2025-01-01",
    "recorded_at": "2025-01-01",
    "reason": "The order was found",
}
_HEADINGS = "time,account,resource,action,subject,purpose"
_LATELY = "2026-05-20 09:00,aolson,bid/1,view,B-1,\n2026-05-20 10:00,blarson,pay/1,export,E1,payroll"


@pytest.fixture
def service(town_service: Service, session: Session, settings: Settings, tmp_path: Path) -> Service:
    """Give the service of the town with late findings, and three more compliance officials, two of them Ann Olson."""
    town, at = Town(session, settings, tmp_path), MONDAY + timedelta(minutes=1)
    town.log(f"{_HEADINGS}\n{_LATELY}", at=at)
    town.audit(at=at + timedelta(minutes=1))
    session.commit()
    town_service.clock.pass_by(timedelta(hours=1))
    with town_service.installation.change() as work:
        for login, employee_id in (("second", ""), ("ann", "E1"), ("ann2", "E1")):
            roles = [Role.COMPLIANCE_OFFICIAL]
            request = OfficialRequest(login, login, roles, employee_id=employee_id, password=hashed_password())
            add_official(work.session, request, now=work.now, by=work.by)
    return town_service


@pytest.fixture
def first(service: Service) -> TestClient:
    """Give the browser of who proposes."""
    return service.signed_in("compliance_official")


@pytest.fixture
def second(service: Service) -> TestClient:
    """Give the browser of the second official."""
    return service.signed_in("second")


def _proposed(browser: TestClient, **changes: object) -> dict[str, Any]:
    answer = browser.post(_ACCESS, json=_PAYROLL | changes)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"{_PROPOSALS}/{answer.json()['id']}"
    return dict(answer.json())


def _answer(browser: TestClient, proposal: dict[str, Any], act: str, body: dict[str, str] | None = None) -> Any:  # noqa: ANN401
    return browser.post(f"{_PROPOSALS}/{proposal['id']}/{act}", json=body, headers={"If-Match": proposal["version"]})


def _rows(browser: TestClient, series: str = "S2") -> list[dict[str, Any]]:
    return list(browser.get(f"{_ACCESS}?series={series}").json()["items"])


def _reason(browser: TestClient) -> str:
    asked = {"employee_id": "E1", "series": "S2", "at": "2025-04-07T14:00:00Z", "action": "view", "purpose": "payroll"}
    return str(browser.post("/api/v1/decisions/explain", json=asked).json()["reason"])


@on_both
def test_what_makes_findings_read_otherwise_holds_for_nothing_until_a_second_official_confirms_it(
    first: TestClient, second: TestClient
) -> None:
    before = _rows(first)
    proposal = _proposed(first)
    assert (proposal["state"], proposal["reason"]) == ("waiting", "The order was found")
    assert any("would be otherwise" in sentence for sentence in proposal["meaning"])
    assert (_rows(first), _reason(first)) == (before, "untestable_access")
    assert _answer(first, proposal, "confirm").status_code == 403

    confirmed = _answer(second, proposal, "confirm", {"note": "I saw the order"})
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "confirmed")
    (made,) = (one for one in _rows(first) if one not in before)
    assert (made["holder"], made["recorded_at"]) == ("E1", "2025-01-01T06:00:00Z")
    assert _reason(first) == "assigned"
    assert _answer(second, proposal, "confirm").status_code == 412
    assert _answer(second, confirmed.json(), "refuse", {"reason": "a slip"}).status_code == 409
    kept = [one["thing"] for one in first.get("/api/v1/changes?limit=500").json()["items"]]
    assert {"proposals of work access", "answers to proposals of work access"} <= set(kept)


def test_what_reaches_no_finding_is_recorded_at_once(first: TestClient) -> None:
    bids = {"series": "S4", "holder_type": "employee", "holder": "E1", "actions": ["view"], "start": "2026-06-01"}
    assert first.post(_ACCESS, json=bids).status_code == 201
    assert first.get(_PROPOSALS).json()["items"] == []


def test_whom_it_reaches_is_no_second_official_and_is_not_told_to_be_one(service: Service, first: TestClient) -> None:
    proposal, ann = _proposed(first), service.signed_in("ann")
    assert _answer(ann, proposal, "confirm").status_code == 403
    assert _answer(ann, proposal, "refuse", {"reason": "no"}).status_code == 403
    assert "second official" not in ann.get("/").text
    assert "It reaches you" in ann.get(f"/grants/proposals/{proposal['id']}").text
    gather(service)
    assert [told(service, login, "access") for login in ("ann", "second", "compliance_official")] == [
        *([], ["access_to_confirm"], [])
    ]


def test_another_login_of_the_proposer_is_no_second_official(service: Service) -> None:
    of_another = {"holder": "E2", "actions": ["export"], "purposes": []}
    proposal = _proposed(service.signed_in("ann"), **of_another)
    assert _answer(service.signed_in("ann2"), proposal, "confirm").status_code == 403
    assert _answer(service.signed_in("ann2"), proposal, "withdraw").status_code == 200


def test_a_proposal_is_refused_with_a_reason_by_another_or_withdrawn_by_its_proposer(
    service: Service, first: TestClient, second: TestClient
) -> None:
    proposal = _proposed(first)
    assert _answer(second, proposal, "withdraw").status_code == 403
    assert _answer(first, proposal, "refuse", {"reason": "a slip"}).status_code == 403
    assert _answer(second, proposal, "refuse", {"reason": " "}).status_code == 422
    refused = _answer(second, proposal, "refuse", {"reason": "No such order"}).json()
    assert (refused["state"], refused["note"], refused["answered_by"]) == ("refused", "No such order", "second")
    gather(service)
    assert told(service, "compliance_official", "access") == ["access_answered"]

    again = _proposed(first)
    assert first.post(_ACCESS, json=_PAYROLL).status_code == 409  # just this waits already
    assert _answer(first, again, "withdraw").json()["state"] == "withdrawn"
    assert _reason(first) == "untestable_access"


def test_a_change_and_a_withdrawal_are_proposed_and_where_the_record_has_moved_nothing_is_done(
    first: TestClient, second: TestClient
) -> None:
    (made,) = _rows(first)
    address, version = f"{_ACCESS}/{made['id']}", first.get(f"{_ACCESS}/{made['id']}").headers["ETag"]
    wider = _PAYROLL | {"holder_type": "position", "holder": "P2", "actions": ["view", "modify", "export"]}
    assert first.put(address, json=wider, headers={"If-Match": '"another"'}).status_code == 412
    changed = first.put(address, json=wider, headers={"If-Match": version})
    again = first.post(f"/api/v1/grants/{made['grant']}/withdraw", json={"reason": "The order was forged"})
    assert (changed.status_code, again.status_code) == (202, 202), again.text
    assert [(one.json()["act"], one.json()["grant"]) for one in (changed, again)] == [
        *(("change", made["grant"]), ("withdraw", made["grant"]))
    ]
    assert _rows(first) == [made]

    assert _answer(second, changed.json(), "confirm").status_code == 200
    (stands,) = _rows(first)
    assert stands["actions"] == ["view", "modify", "export"]
    assert "stands no longer" in first.get(f"{_PROPOSALS}/{again.json()['id']}").json()["fault"]
    refused = _answer(second, again.json(), "confirm")
    assert (refused.status_code, _rows(first)) == (409, [stands])
    assert "The record has moved since compliance_official proposed this" in refused.json()["detail"]


def test_it_is_proposed_on_the_pages_and_answered_there(first: TestClient, second: TestClient) -> None:
    page = "/inventory/S4/grants/new"
    form = {"holder_type": "employee", "holder": "E1", "actions": "view", "start": "2026-05-01", "key": "k"}
    weighed = first.post(page, data=form | {"step": "preview"})
    assert ("Propose it" in weighed.text, 'name="reason"' in weighed.text) == (True, True)
    sent = [first.post(page, data=form | {"step": "save", "reason": "She opens bids"}) for _ in range(2)]
    assert [one.headers["location"] for one in sent] == ["/grants/proposals/1"] * 2
    own = first.get("/grants/proposals/1").text
    assert all("Ann Olson (E1)" in one for one in (own, first.get("/grants/proposals").text))
    assert ("Nothing is recorded yet" in own, "confirm-reason" in own, "withdraw-reason" in own) == (True, False, True)
    for where in ("/", "/inventory/S4", "/grants/proposals"):
        assert 'href="/grants/proposals/1"' in second.get(where).text, where

    shown = second.get("/grants/proposals/1?means=now")
    assert ("She opens bids" in shown.text, "What it would mean now" in shown.text) == (True, True)
    assert 'href="/findings/' in shown.text
    version = _version(shown.text)
    assert second.post("/grants/proposals/1/refuse", data={"version": version}).status_code == 422
    assert second.post("/grants/proposals/1/confirm", data={"version": "old"}).status_code == 409
    assert second.post("/grants/proposals/1/confirm", data={"version": version}).status_code == 303
    assert "was <strong>confirmed</strong> by second" in first.get("/grants/proposals/1").text


def test_to_take_back_a_change_waits_where_findings_that_stand_would_read_otherwise(
    service: Service, first: TestClient, second: TestClient
) -> None:
    gone = _taken_back(first, second)
    before = _rows(first, "S4")
    asked = first.get(f"/imports/{gone}/undo").text
    assert ("It takes a second official" in asked, 'name="reason"' in asked) == (True, True)
    assert any("would be otherwise" in one for one in first.get(f"{_IMPORTS}/{gone}/undo").json()["for_two"])
    sent = [
        first.post(f"{_IMPORTS}/{gone}/undo", json={"reason": "It was right"}, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    proposal = sent[0].json()
    assert [one.status_code for one in sent] == [202, 202]
    assert sent[1].json() == proposal
    assert (proposal["act"], proposal["takes_back"], proposal["proposed"]["holder"]) == ("take back", gone, "E1")
    assert _rows(first, "S4") == before

    again = first.post(f"/imports/{gone}/undo")
    assert (again.status_code, "Just this waits for a second official already" in again.text) == (409, True)
    assert f'href="/grants/proposals/{proposal["id"]}"' in again.text
    for browser in (first, service.signed_in("ann")):  # who proposed it, and whom it reaches
        assert _answer(browser, proposal, "confirm").status_code == 403
    shown = second.get(f"/grants/proposals/{proposal['id']}?means=now").text
    assert ("Ann Olson (E1)" in shown, f'href="/imports/{gone}/undo"' in shown) == (True, True)
    confirmed = _answer(second, proposal, "confirm").json()
    assert (confirmed["state"], confirmed["import_number"] > gone) == ("confirmed", True)
    assert len(_rows(first, "S4")) == len(before) + 1


def test_what_was_taken_back_otherwise_meanwhile_is_not_taken_back_again(
    service: Service, first: TestClient, second: TestClient
) -> None:
    gone = _taken_back(first, second)
    place = first.post(f"/imports/{gone}/undo", data={"reason": "It was right"}).headers["location"]
    address = place.replace("/grants/proposals", _PROPOSALS)
    with service.installation.change() as work:
        undo_import(work.session, gone, now=work.now, by="the terminal")

    overtaken = second.get(address).json()
    assert f"Import {gone} was taken back already" in overtaken["fault"]
    assert _answer(second, overtaken, "confirm").status_code == 409
    assert _answer(second, overtaken, "refuse", {"reason": "It is done"}).status_code == 200


def _taken_back(first: TestClient, second: TestClient) -> int:
    """State what covers a late finding of Ann's, and take it back, which hides nothing: the number of the latter."""
    bids = {"series": "S4", "start": "2026-05-01", "recorded_at": None}
    confirmed = _answer(second, _proposed(first, **bids), "confirm").json()
    undone = first.post(f"{_IMPORTS}/{confirmed['import_number']}/undo")
    assert undone.status_code == 201, undone.text
    return int(undone.json()["number"])


def test_where_nobody_else_may_confirm_it_that_is_said(service: Service, first: TestClient) -> None:
    number = _proposed(first)["id"]
    assert "Nobody who may sign in here" not in first.get(f"/grants/proposals/{number}").text
    with service.installation.change() as work:
        for official in all_officials(work.session):
            if official.login != "compliance_official":
                official.disabled = True
    assert "Nobody who may sign in here may confirm it" in first.get(f"/grants/proposals/{number}").text


def test_an_end_and_a_withdrawal_on_the_page_of_a_grant_are_proposed(first: TestClient) -> None:
    page = "/grants/work-access/1"
    version = _version(first.get(page).text)
    for number, typed in enumerate(({"act": "end", "end": "2026-04-30"}, {"act": "withdraw", "reason": "Forged"}), 1):
        answer = first.post(page, data=typed | {"version": version})
        assert answer.headers["location"] == f"/grants/proposals/{number}", answer.text
    assert "proposal 2</a>" in first.get(page).text
    assert len(_rows(first)) == 1


def _version(page: str) -> str:
    return html.unescape(re.findall(r'name="version" value="([^"]*)"', page)[0])
