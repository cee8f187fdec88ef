"""The pages and JSON of jobs and their schedule: who sees what, what can be done, and what a refusal looks like."""

import re

import pytest

from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind, JobState, Outcome
from config.jobs.queue import end_job, taken_job
from tests.app.service.serving import Service

TOLD = "positions.csv: 4 rows read: 4 added."


def ask(service: Service, by: str, kind: JobKind = JobKind.VERIFY) -> int:
    return enqueue(service.installation, JobRequest(kind, None, by))


def ended(service: Service, by: str, kind: JobKind, state: JobState = JobState.DONE) -> int:
    ask(service, by, kind)
    with taken_job(service.installation, "w") as job:
        assert job is not None
        end_job(service.installation, job, state, Outcome((TOLD,), ("row 2: <b>no title</b>",), imports=(3,)))
        return job.number


def test_a_list_shows_only_the_jobs_that_one_may_know_of(service: Service) -> None:
    own, other = ask(service, "hr"), ask(service, "auditor")
    clerk, administrator = service.signed_in("hr"), service.signed_in("administrator")

    assert [job["number"] for job in clerk.get("/api/v1/jobs").json()["items"]] == [own]
    assert [job["number"] for job in administrator.get("/api/v1/jobs").json()["items"]] == [other, own]
    assert f'href="/jobs/{other}"' not in clerk.get("/admin/jobs").text
    assert f'href="/jobs/{other}"' in administrator.get("/admin/jobs").text
    for path in (f"/jobs/{other}", f"/jobs/{other}/progress", f"/api/v1/jobs/{other}", f"/api/v1/jobs/{other}/events"):
        assert clerk.get(path).status_code == 404, path


def test_a_list_is_given_in_pages(service: Service) -> None:
    numbers = [ask(service, "hr") for _ in range(3)]
    browser = service.signed_in("administrator")

    first = browser.get("/api/v1/jobs?limit=2").json()
    second = browser.get("/api/v1/jobs", params={"limit": 2, "cursor": first["next"]}).json()

    assert [job["number"] for job in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None
    assert browser.get("/api/v1/jobs?state=done").json()["items"] == []


def test_what_a_job_came_to_is_not_told_to_who_may_not_read_it(service: Service) -> None:
    number = ended(service, "hr", JobKind.STAGED_IMPORT)

    for login, is_told in (("hr", True), ("compliance_official", True), ("administrator", False)):
        browser = service.signed_in(login)
        assert (TOLD in browser.get(f"/jobs/{number}").text) is is_told, login
        assert (TOLD in browser.get("/admin/jobs").text) is is_told, login
        assert (browser.get(f"/api/v1/jobs/{number}").json()["outcome"] is not None) is is_told, login


def test_a_fault_is_shown_as_text(service: Service) -> None:
    number = ended(service, "hr", JobKind.STAGED_IMPORT, JobState.FAILED)

    page = service.signed_in("hr").get(f"/jobs/{number}").text

    assert "row 2: &lt;b&gt;no title&lt;/b&gt;" in page
    assert "The job is <strong>failed</strong>" in page


def test_a_page_asks_for_progress_until_the_job_has_ended(service: Service) -> None:
    browser, number = service.signed_in("hr"), ask(service, "hr")
    running = browser.get(f"/jobs/{number}/progress")
    assert 'hx-trigger="load delay:1s"' in running.text
    assert "<html" not in running.text
    assert "<noscript>" in browser.get(f"/jobs/{number}").text

    browser.post(f"/jobs/{number}/cancel")

    over = browser.get(f"/jobs/{number}/progress")
    assert "hx-trigger" not in over.text
    assert over.headers["hx-refresh"] == "true"


def test_who_asked_cancels_and_others_do_not(service: Service) -> None:
    number = ask(service, "hr")
    official, clerk = service.signed_in("compliance_official"), service.signed_in("hr")

    assert official.post(f"/jobs/{number}/cancel").status_code == 403
    assert official.delete(f"/api/v1/jobs/{number}").status_code == 403
    sent = clerk.post(f"/jobs/{number}/cancel")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/jobs/{number}")
    assert "cancelled by hr" in clerk.get(f"/jobs/{number}").text
    assert clerk.delete(f"/api/v1/jobs/{number}").json()["state"] == "cancelled"


def test_an_ended_job_cannot_be_cancelled(service: Service) -> None:
    number = ended(service, "hr", JobKind.STAGED_IMPORT)
    browser = service.signed_in("administrator")

    answer = browser.delete(f"/api/v1/jobs/{number}")

    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert browser.delete("/api/v1/jobs/99").status_code == 404


@pytest.mark.parametrize(
    "asked", ["jobs/99999999999999999999", "jobs/0", "jobs/x", "jobs?asked_by=%00", "jobs?cursor=x"]
)
def test_what_no_database_takes_is_refused_before_it(service: Service, asked: str) -> None:
    assert service.signed_in("administrator").get(f"/api/v1/{asked}").status_code == 422


def test_events_are_sent_until_the_job_has_ended(service: Service) -> None:
    number = ended(service, "hr", JobKind.STAGED_IMPORT)

    sent = service.signed_in("hr").get(f"/api/v1/jobs/{number}/events")

    assert sent.headers["content-type"].startswith("text/event-stream")
    assert sent.text.startswith("event: job\ndata: {")
    assert sent.text.count("event:") == 1


def test_the_schedule_is_changed_by_the_administrator_alone(service: Service) -> None:
    reader, browser = service.signed_in("compliance_official"), service.signed_in("administrator")

    change = {"cadence": "Weekdays at 6:00", "enabled": "yes"}
    assert reader.post("/admin/schedule/nightly-audit", data=change).status_code == 403
    assert '<form class="usa-form"' not in reader.get("/admin/schedule").text
    assert browser.post("/admin/schedule/nightly-audit", data=change).status_code == 303

    page = browser.get("/admin/schedule").text
    assert 'value="weekdays at 06:00"' in page
    assert "2 June 2026, 06:00" in page
    assert "by administrator" in page


def test_a_cadence_that_says_nothing_is_answered_at_its_field_with_what_was_typed(service: Service) -> None:
    browser = service.signed_in("administrator")

    refused = browser.post("/admin/schedule/verify", data={"cadence": "now & <then>"})

    assert refused.status_code == 422
    assert "<title>Error: Schedule" in refused.text
    assert 'value="now &amp; &lt;then&gt;"' in refused.text
    assert 'aria-describedby="verify-hint verify-error"' in refused.text
    assert browser.post("/admin/schedule/nothing", data={"cadence": "daily at 03:00"}).status_code == 404


def test_a_change_of_what_changed_meanwhile_is_shown_beside_it(service: Service) -> None:
    browser = service.signed_in("administrator")
    version = re.findall(r'name="version" value="(\w+)"', browser.get("/admin/schedule").text)[0]
    browser.post("/admin/schedule/nightly-audit", data={"cadence": "daily at 01:00", "enabled": "yes"})

    stale = browser.post("/admin/schedule/nightly-audit", data={"cadence": "daily at 02:00", "version": version})

    assert stale.status_code == 409
    assert "administrator changed it meanwhile to “daily at 01:00”, on." in stale.text
    assert 'value="daily at 02:00"' in stale.text


def test_run_now_sent_twice_is_one_job(service: Service) -> None:
    browser = service.signed_in("administrator")
    key = re.findall(r'name="key" value="([\w-]+)"', browser.get("/admin/schedule").text)[0]

    sent = [browser.post("/admin/schedule/verify/run", data={"key": key}).headers["location"] for _ in range(2)]

    assert sent[0] == sent[1]
    assert browser.get(sent[0]).status_code == 200


@pytest.mark.parametrize("path", ["/admin/jobs", "/admin/schedule"])
def test_an_empty_page_says_what_will_be_there(service: Service, path: str) -> None:
    page = service.signed_in("administrator").get(path).text

    assert ("There are no jobs yet." in page) or ("none yet" in page)
    assert "style=" not in page
