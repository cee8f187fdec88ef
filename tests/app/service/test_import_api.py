"""Tables over JSON: sent, done by a job, listed, taken back."""

import pytest

from tests.app.service.serving import Service
from tests.app.service.working import POSITIONS, work_off

FILE = {"file": ("positions.csv", POSITIONS)}


def test_a_program_sends_a_table_reads_the_receipt_and_takes_it_back(service: Service) -> None:
    browser, headers = service.signed_in("hr"), {"Idempotency-Key": "k"}

    sent = [browser.post("/api/v1/imports/positions", files=FILE, headers=headers) for _ in range(2)]
    other = browser.post("/api/v1/imports/employees", files=FILE, headers=headers)
    work_off(service)

    assert [(one.status_code, one.headers["location"]) for one in sent] == [(202, "/api/v1/jobs/1")] * 2
    assert other.status_code == 409
    outcome = browser.get("/api/v1/jobs/1").json()["outcome"]
    assert outcome["imports"] == [1]
    assert "2 added" in outcome["said"][-1]
    undone = [browser.post("/api/v1/imports/1/undo", headers=headers) for _ in range(2)]
    assert [one.status_code for one in undone] == [201, 201]
    assert undone[0].json() == undone[1].json()
    assert [one["undone_by"] for one in browser.get("/api/v1/imports").json()["items"]] == [None, 2]
    assert browser.post("/api/v1/imports/1/undo").status_code == 409


def test_a_dry_run_records_nothing_and_good_rows_are_taken_alone_when_that_is_asked(service: Service) -> None:
    browser = service.signed_in("hr")
    mixed = {"file": ("positions.csv", f"{POSITIONS},None,Police\n")}
    for query in ("dry_run=true", "", "skip_bad_rows=true"):
        assert browser.post(f"/api/v1/imports/positions?{query}", files=mixed).status_code == 202
    work_off(service)

    jobs = browser.get("/api/v1/jobs?sort=number").json()["items"]
    assert [(job["state"], job["outcome"]["imports"]) for job in jobs] == [("done", []), ("failed", []), ("done", [1])]


@pytest.mark.parametrize(("kind", "status"), [("nothing", 404), ("log", 404), ("inventory", 403), ("positions", 422)])
def test_what_cannot_be_sent_is_refused_as_a_problem(service: Service, kind: str, status: int) -> None:
    answer = service.signed_in("hr").post(f"/api/v1/imports/{kind}", files={"file": ("a.csv", b"")})

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_hr_takes_back_only_its_own(service: Service) -> None:
    service.signed_in("compliance_official").post("/api/v1/imports/positions", files=FILE)
    work_off(service)

    clerk = service.signed_in("hr")
    assert clerk.post("/api/v1/imports/1/undo").status_code == 403
    assert "Take back import 1" not in clerk.get("/imports").text


def test_what_is_sent_stands_in_the_description_of_the_service(service: Service) -> None:
    paths = service.browser().get("/api/v1/openapi.json").json()["paths"]

    for path in ("/api/v1/imports/{kind}", "/api/v1/sources/{name}/logs"):
        (content,) = paths[path]["post"]["requestBody"]["content"]
        assert content == "multipart/form-data"
