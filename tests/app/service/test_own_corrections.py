"""Nobody corrects in their own matter what findings about themselves rest on; others are told of what one corrects."""

import pytest
from starlette.testclient import TestClient

from app.series.api import SeriesBody
from config.applied_imports import AppliedImport
from config.officials.officials import change_official
from tests.app.service.notices import gather, told
from tests.app.service.serving import Service
from tests.app.service.working import hidden

_API = "/api/v1"
_TEXT = {"part": "certain employees as needed", "holders": ["Payroll Clerk"]}
_ASSIGNED = {"employee_id": "E1", "position_code": "P4", "start": "2026-01-01"}
_PURPOSE = {"source": "cad", "name": "because", "meaning": "payroll"}


@pytest.fixture
def ann(town_service: Service) -> TestClient:
    """Give the browser of a compliance official who is Ann Olson, about whom findings stand."""
    with town_service.installation.change() as work:
        change_official(work.session, "compliance_official", now=work.now, by=work.by, employee_id="E1")
    return town_service.signed_in("compliance_official")


@pytest.fixture
def other(town_service: Service) -> TestClient:
    """Give the browser of an official who is no employee."""
    return town_service.signed_in("responsible_authority")


def _log(browser: TestClient) -> int:
    return int(browser.get(f"{_API}/imports?kind=log").json()["items"][0]["number"])


def test_nobody_takes_back_what_findings_about_themselves_rest_on(ann: TestClient, other: TestClient) -> None:
    number = _log(ann)
    refused = ann.post(f"{_API}/imports/{number}/undo")
    assert (refused.status_code, "Findings about yourself" in refused.json()["detail"]) == (403, True)
    page = ann.get(f"/imports/{number}/undo").text
    assert ("Findings about yourself" in page, f"/imports/{number}/undo" in page) == (True, False)
    assert ann.post(f"/imports/{number}/undo").status_code == 403

    assert other.post(f"{_API}/imports/{number}/undo").status_code == 201


def test_who_may_not_read_findings_is_not_told_that_there_are_any_about_them(town_service: Service) -> None:
    clerk = town_service.signed_in("hr")
    number = clerk.post(f"{_API}/assignments", json=_ASSIGNED).json()["number"]
    with town_service.installation.change() as work:
        change_official(work.session, "hr", now=work.now, by=work.by, employee_id="E1")
        applied = work.session.get_one(AppliedImport, number)
        applied.file_sha256 = "0" * 64  # as that of a file
    refused = town_service.signed_in("hr").post(f"{_API}/imports/{number}/undo")
    assert (refused.status_code, refused.json()["detail"]) == (403, "Have another official take this import back.")


def test_nobody_says_what_a_text_or_a_name_means_on_which_findings_about_themselves_rest(
    ann: TestClient, other: TestClient
) -> None:
    text = f"{_API}/series/S2/work-access-texts"
    account = {"source": "cad", "name": "nobody", "employee_id": "E1"}
    form = {"series": "S2", "part": _TEXT["part"], "act": "dismiss"}
    accepted = {"source": "cad", "accepted": [{"name": "because", "meaning": "payroll"}]}
    refused = [
        ann.post(text, json=_TEXT),
        ann.post(f"{_API}/mappings/purposes", json=_PURPOSE),
        ann.post(f"{_API}/mappings/purposes/accepted", json=accepted),
        ann.post(f"{_API}/mappings/accounts", json=account),
    ]
    assert [one.status_code for one in refused] == [403] * 4, [one.text for one in refused]
    assert "Findings about yourself" in ann.post("/inventory/unread", data=form).text
    shown = ann.post("/logs/cad/mapping/purposes", data={"name": "because", "meaning": "payroll", "key": "k"})
    assert ("Findings about yourself" in shown.text, 'value="payroll"' in shown.text) == (True, True)

    for path, body in ((text, _TEXT), (f"{_API}/mappings/purposes", _PURPOSE), (f"{_API}/mappings/accounts", account)):
        assert other.post(path, json=body).status_code == 201, path


def test_nobody_has_a_series_decided_otherwise_of_which_findings_about_themselves_stand(ann: TestClient) -> None:
    place = f"{_API}/series/S2"
    body = {name: text for name, text in ann.get(place).json().items() if name in SeriesBody.model_fields}

    def put(**said: str) -> int:
        return int(ann.put(place, json=body | said, headers={"If-Match": ann.get(place).headers["etag"]}).status_code)

    assert put(classification="public") == 403
    assert put(retention="10 years") == 200
    form = {"classification": "public", "name": "Payroll", "version": hidden(ann.get("/inventory/S2/edit"), "version")}
    assert "Findings about yourself" in ann.post("/inventory/S2/edit", data=form).text


def test_how_many_findings_rest_on_a_text_is_said_to_who_may_read_them(
    town_service: Service, other: TestClient
) -> None:
    place = f"{_API}/work-access-texts/unread"
    (part,) = (one for one in other.get(place).json()["items"] if one["series"] == "S2")
    standing = [one for one in other.get(f"{_API}/findings?what=S2").json()["items"] if one["who"].startswith("E")]
    assert part["findings"] == len(standing) > 0
    assert "by how this series may be reached" in other.get("/inventory/unread").text
    clerk = town_service.signed_in("hr")
    assert {one["findings"] for one in clerk.get(place).json()["items"]} == {None}
    assert "by how this series may be reached" not in clerk.get("/inventory/unread").text


def test_who_deals_with_findings_is_told_what_another_official_corrected(
    town_service: Service, other: TestClient
) -> None:
    assert other.post(f"{_API}/series/S2/work-access-texts", json=_TEXT).status_code == 201
    assert other.post(f"{_API}/imports/{_log(other)}/undo").status_code == 201
    for _ in range(2):
        gather(town_service)
    assert told(town_service, "compliance_official", "record") == ["record_corrected"] * 2
    assert told(town_service, "responsible_authority", "record") == []
    assert (
        "may be decided otherwise at the next audit"
        in town_service.signed_in("compliance_official").get("/notices").text
    )
