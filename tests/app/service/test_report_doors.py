"""Reports in the browser and over JSON: asked for, downloaded, and kept from those who may not read what they tell."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

from openpyxl import load_workbook

from app.reports.place import FOLDER, remove_old_reports
from audit.looks.look_journal import looks_written
from tests.app.service.serving import Service
from tests.app.service.working import hidden, work_off


def test_a_report_is_asked_for_once_written_listed_and_downloaded(service: Service) -> None:
    browser = service.signed_in("hr")
    form = {"key": hidden(browser.get("/reports")), "as_of": "2026-05-01"}

    sent = [browser.post("/reports/inventory", data=form).headers["location"] for _ in range(2)]
    work_off(service)

    assert sent == ["/jobs/1"] * 2
    assert 'href="/reports/files/1"' in browser.get("/jobs/1").text
    file = browser.get("/reports/files/1")
    assert load_workbook(io.BytesIO(file.content)).sheetnames
    assert hashlib.sha256(file.content).hexdigest() in browser.get("/reports").text
    assert "inventory-2026-06-01-1.xlsx" in file.headers["content-disposition"]


def test_a_report_is_for_those_who_may_read_what_it_tells(service: Service) -> None:
    clerk, official = service.signed_in("hr"), service.signed_in("compliance_official")
    assert official.post("/reports/inventory", data={}).status_code == 303
    assert clerk.post("/reports/findings", data={}).status_code == 403
    assert clerk.post("/api/v1/reports/decisions", json={}).status_code == 403
    assert clerk.post("/reports/nothing", data={}).status_code == 404
    work_off(service)

    assert "Findings of the access audit" not in clerk.get("/reports").text
    assert clerk.get("/reports/files/1").status_code == 404  # somebody else's
    assert service.signed_in("auditor").get("/reports/files/1").status_code == 200


def test_whom_accesses_are_about_is_masked_in_a_workbook_unless_it_is_said_what_for(town_service: Service) -> None:
    browser, other = town_service.signed_in("compliance_official"), town_service.signed_in("auditor")
    key = browser.get("/api/v1/findings", params={"who": "frontdesk"}).json()["items"][0]["key"]
    for name, options in (("decisions", {}), ("findings", {"finding": key})):
        browser.post(f"/reports/{name}", data=options)
        browser.post(f"/api/v1/reports/{name}", json={"options": {**options, "purpose": "review"}})
    work_off(town_service)

    files = [browser.get(f"/reports/files/{number}") for number in range(1, 5)]
    told = [_texts(file.content) for file in files]
    assert ["C-1" in one for one in told] == [False, True, False, True]
    assert [any("is masked" in text for text in one) for one in told] == [True, False, True, False]
    assert [other.get(f"/reports/files/{number}").status_code for number in range(1, 5)] == [200, 404, 200, 404]
    assert "/reports/files/2" not in other.get("/reports").text
    exports = [one for one in looks_written(town_service.installation.settings.data_dir) if one["action"] == "export"]
    assert [one["purpose"] for one in exports[:4]] == ["", "review", "", "review"]
    assert [one["purpose"] for one in exports[4:8]] == ["", "review", "", "review"]


def _texts(workbook: bytes) -> set[str]:
    return {str(cell) for sheet in load_workbook(io.BytesIO(workbook)) for row in sheet.values for cell in row if cell}


def test_a_purpose_that_shows_nobody_is_said_at_its_field(service: Service) -> None:
    browser = service.signed_in("auditor")

    answer = browser.post("/reports/findings", data={"purpose": "review"})
    problem = browser.post("/api/v1/reports/inventory", json={"options": {"purpose": "review"}})

    assert (answer.status_code, 'id="findings-purpose-fault"' in answer.text) == (422, True)
    assert [error["pointer"] for error in problem.json()["errors"]] == ["/options/purpose"]


def test_an_option_that_cannot_be_read_is_said_at_its_field(service: Service) -> None:
    browser = service.signed_in("auditor")

    answer = browser.post("/reports/unused-access", data={"unused_days": "<many>"})

    assert answer.status_code == 422
    assert 'id="unused-access-unused_days-fault"' in answer.text
    assert 'value="&lt;many&gt;"' in answer.text
    problem = browser.post("/api/v1/reports/inventory", json={"options": {"run": 1, "as_of": "soon"}})
    assert {error["pointer"] for error in problem.json()["errors"]} == {"/options/run", "/options/as_of"}


def test_a_program_asks_for_a_report_and_has_its_file(service: Service) -> None:
    browser, headers = service.signed_in("auditor"), {"Idempotency-Key": "k"}
    asked = [browser.post("/api/v1/reports/inventory", json={}, headers=headers) for _ in range(2)]
    other = browser.post("/api/v1/reports/inventory", json={"options": {"as_of": "2026-05-01"}}, headers=headers)
    work_off(service)

    assert [one.headers["location"] for one in asked] == ["/api/v1/jobs/1"] * 2
    assert other.status_code == 409
    (ready,) = browser.get("/api/v1/reports/files").json()
    file = browser.get(f"/api/v1/reports/files/{ready['id']}")
    assert hashlib.sha256(file.content).hexdigest() == file.headers["x-digest-sha256"] == ready["sha256"]


def test_a_file_is_removed_when_it_is_older_than_it_is_kept(service: Service) -> None:
    service.signed_in("auditor").post("/reports/inventory", data={})
    work_off(service)
    service.clock.now = datetime.now(UTC) + timedelta(days=29)
    assert remove_old_reports(service.installation) == 0
    service.clock.pass_by(timedelta(days=2))

    assert remove_old_reports(service.installation) == 1
    assert list((service.installation.settings.data_dir / FOLDER).iterdir()) == []
