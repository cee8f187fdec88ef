"""Sources and their logs in the browser and over JSON: set up, previewed, imported, corrected, exported."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from audit.logs.models import RejectExport
from audit.looks.look_journal import looks_written
from config.settings import Settings
from config.uploads.places import FOLDER
from tests.app.service.serving import Service, serve
from tests.app.service.working import hidden, work_off
from tests.town_stages import Stage, TownStages

HEAD = "time,account,resource,action\n"
LOG = f"{HEAD}2025-03-01T08:00:00Z,nobody,<b>file</b>,view\nsome day,aolson,x,view\n"
SOURCE = {"name": "cad", "format": "csv", "time_zone": "America/Chicago"}


@pytest.fixture
def official(service: Service) -> TestClient:
    """Give the browser of a compliance official."""
    return service.signed_in("compliance_official")


@pytest.fixture
def town_official(town_stages: TownStages, settings: Settings, engine: Engine) -> Iterator[TestClient]:
    """Give the browser of a compliance official of the audited town."""
    town_stages.put(Stage.AUDITED, settings)
    served = serve(engine, settings)
    yield served.signed_in("compliance_official")
    for browser in served.browsers:
        browser.close()


def send(browser: TestClient, text: str = LOG, **fields: str) -> str:
    answer = browser.post("/logs/upload", data={"source": "cad", **fields}, files={"file": ("a.csv", text)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_the_preview_of_a_log_has_no_rows_of_a_table(service: Service, official: TestClient) -> None:
    official.post("/logs/new", data=SOURCE)
    send(official)
    work_off(service)

    (job,) = official.get("/api/v1/jobs").json()["items"]
    answers = [official.get(f"/api/v1/jobs/{job['number']}/{what}") for what in ("rows", "rejects")]
    assert [one.status_code for one in answers] == [404, 404]
    assert "no table that was sent" in answers[0].json()["detail"]


def test_a_log_is_sent_seen_and_imported(service: Service, official: TestClient) -> None:
    assert "There is no source yet" in official.get("/logs").text
    assert official.post("/logs/new", data=SOURCE).headers["location"] == "/logs/cad"
    opened = official.get("/logs/upload")
    place = send(official, key=hidden(opened))
    assert 'formaction="/logs/detect"' in opened.text
    work_off(service)

    seen = official.get(place).text
    assert "2 records read: 1 added, 0 already known, 1 unreadable" in seen
    assert "&lt;b&gt;file&lt;/b&gt;" in seen
    assert "1 account that no list of accounts names" in seen
    assert official.get("/api/v1/imports").json()["items"] == []
    form = {"key": "one", "stamp": hidden(official.get(place), "stamp")}
    for _ in range(2):
        official.post(f"{place}/apply", data=form)
    work_off(service)

    assert "They were imported" in official.get(place).text
    assert [one["kind"] for one in official.get("/api/v1/imports").json()["items"]] == ["log"]
    for path in ("/logs/cad/rejects", "/api/v1/sources/cad/rejects"):
        assert official.post(path).text == f"{HEAD}some day,aolson,x,view\n"
    assert official.get("/logs/cad/rejects").status_code == 405
    with service.installation.read() as work:
        assert set(work.session.exec(select(RejectExport.exported_by))) == {"compliance_official"}
    assert "1 record could not be read" in official.get("/logs/cad").text
    folder = service.installation.settings.data_dir / FOLDER
    assert [path for path in folder.rglob("*") if path.is_file() and "made" not in str(path)] == []


def test_whom_a_log_is_about_is_masked_in_its_preview_until_a_purpose_is_stated(
    service: Service, official: TestClient
) -> None:
    official.post("/logs/new", data=SOURCE)
    head, plate = "time,account,resource,action,subject,note", "QRS771"
    rows = (f"2025-03-01T0{hour}:00:00Z,nobody,plates/{plate},view,{plate.lower()},about {plate}" for hour in (8, 9))
    place = send(official, "\n".join((head, *rows, "2025-03-01T10:00:00Z,nobody,x,view,B-2,")))
    work_off(service)

    masked, shown = official.get(place).text, official.get(place, params={"purpose": "check the columns"}).text

    assert (masked.count("masked 1"), masked.count("masked 2")) == (4, 1)
    assert (f"about {plate}" in masked, f"about {plate}" in shown) == (False, True)
    assert "<td>qrs771</td>" in shown
    looks = looks_written(service.installation.settings.data_dir)
    assert [(one["resource"], one["purpose"]) for one in looks] == [(place, "check the columns")]


def test_logs_are_not_imported_otherwise_than_they_were_seen(service: Service, official: TestClient) -> None:
    official.post("/logs/new", data=SOURCE)
    place = send(official, f"{HEAD}2025-03-01 08:00,a,b,view\n")
    work_off(service)
    seen = {"stamp": hidden(official.get(place), "stamp")}
    version = hidden(official.get("/logs/cad"), "version")
    change = {**SOURCE, "time_zone": "America/Denver", "version": version}
    assert official.post("/logs/cad", data=change).status_code == 303

    official.post(f"{place}/apply", data=seen)
    work_off(service)

    page = official.get(place).text
    assert "The source was changed since" in page
    assert "2025-03-01 15:00" in page
    stale = official.post("/logs/cad", data={**change, "time_zone": "America/New_York"})
    assert stale.status_code == 422
    assert "compliance_official changed it meanwhile to csv, America/Denver" in stale.text
    assert 'value="America/New_York"' in stale.text


@pytest.mark.parametrize("name", ["..", "upload"])
def test_a_source_is_not_called_so_that_its_page_is_another(official: TestClient, name: str) -> None:
    answer = official.post("/logs/new", data=SOURCE | {"name": name})

    assert (answer.status_code, "leads elsewhere" in answer.text) == (422, True)


def test_a_fault_of_a_source_is_said_at_its_field(official: TestClient) -> None:
    typed = {"name": "a/b", "format": "clay tablets", "time_zone": "Mars", "profile": "fields: [<b>"}

    answer = official.post("/logs/new", data=typed)

    assert answer.status_code == 422
    for field in typed:
        assert f'id="{field}-fault"' in answer.text, field
    assert "fields: [&lt;b&gt;</textarea>" in answer.text
    problem = official.post("/api/v1/sources", json=typed).json()
    assert {error["pointer"] for error in problem["errors"]} == {f"/{field}" for field in typed}


@pytest.mark.parametrize("path", ["/logs/a%00b", "/api/v1/sources/a%00b"])
def test_a_name_that_no_database_takes_is_refused_before_it(official: TestClient, path: str) -> None:
    assert official.get(path).status_code == 422


def test_what_cannot_be_sent_is_said_at_its_field(official: TestClient) -> None:
    assert "Add the system whose logs they are" in official.get("/logs/upload").text

    answer = official.post("/logs/upload", data={"source": "none"}, files={"file": ("a.csv", b"")})

    assert answer.status_code == 422
    assert 'href="#source"' in answer.text
    assert "a.csv is empty" in answer.text


def test_a_source_is_made_read_and_corrected_by_a_program(service: Service, official: TestClient) -> None:
    headers = {"Idempotency-Key": "k"}
    made = [official.post("/api/v1/sources", json=SOURCE, headers=headers) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    change = {"format": "csv", "time_zone": "America/Denver"}
    assert official.put("/api/v1/sources/cad", json=change).status_code == 428
    tag = official.get("/api/v1/sources/cad").headers["etag"]
    assert official.put("/api/v1/sources/cad", json=change, headers={"If-Match": tag}).status_code == 200
    assert official.put("/api/v1/sources/cad", json=change, headers={"If-Match": tag}).status_code == 412

    files = [("file", ("a.csv", LOG)), ("file", ("a.csv", f"{HEAD}2025-03-02T08:00:00Z,a,b,view\n"))]
    sent = [official.post("/api/v1/sources/cad/logs", files=files, headers=headers) for _ in range(2)]
    work_off(service)

    assert [one.headers["location"] for one in sent] == ["/api/v1/jobs/1"] * 2
    assert official.get("/api/v1/jobs/1").json()["outcome"]["imports"] == [1, 2]
    (source,) = official.get("/api/v1/sources").json()["items"]
    assert (source["accesses"], source["unreadable"], source["time_zone"]) == (2, 1, "America/Denver")
    assert official.post("/api/v1/sources/none/logs", files=files).status_code == 404


def test_the_days_seen_of_a_source_are_a_calendar_that_names_what_is_missing(
    service: Service, official: TestClient
) -> None:
    official.post("/logs/new", data=SOURCE | {"cadence": "workdays", "keeps_days": "90"})
    log = f"{HEAD}2025-03-03 08:00,a,b,view\n2025-03-07 08:00,a,b,view\n2025-03-10 08:00,a,b,view\n"
    official.post("/api/v1/sources/cad/logs", files=[("file", ("a.csv", log))])
    work_off(service)

    page = official.get("/logs/cad").text
    assert "No records of cad between 4 and 6 March 2025: accesses of these days are not judged." in page
    assert page.count('class="thirteen-day-missing" title') == 3
    assert "cad keeps its own trail for 90 days." in page
    assert "Days not seen: 3 (cad between 4 and 6 March 2025)" in official.get("/logs").text
    (told,) = official.get("/api/v1/coverage?source=cad&from=2025-03-07&to=2025-03-11").json()["items"]
    assert [day["state"] for day in told["days"]] == ["seen", "not_expected", "not_expected", "seen", "missing"]
    assert official.get("/api/v1/coverage?source=none").status_code == 404
    assert official.get("/api/v1/coverage?from=soon").status_code == 422

    version = hidden(official.get("/logs/cad"), "version")
    form = SOURCE | {"cadence": "", "keeps_days": "some", "version": version}
    assert 'id="keeps_days-fault"' in official.post("/logs/cad", data=form).text
    assert official.post("/logs/cad", data=form | {"keeps_days": ""}).status_code == 303
    assert "No day on which records were expected is missing." in official.get("/logs/cad").text
    stale = official.post("/logs/cad", data=form | {"keeps_days": "7"})
    assert stale.status_code == 422


def test_a_log_is_taken_back_once(town_official: TestClient) -> None:
    page = town_official.get("/logs/cad").text
    assert "15 accesses of 1 log" in page
    number = max(one["number"] for one in town_official.get("/api/v1/imports").json()["items"])

    asked = town_official.get(f"/imports/{number}/undo").text
    keys = [one["key"] for one in town_official.get("/api/v1/findings").json()["items"]]
    assert "counts, with 15 accesses" in asked
    assert len(keys) > 1
    assert [key for key in keys if f"/findings/{key}" in asked] == keys

    assert town_official.post(f"/imports/{number}/undo").status_code == 303
    assert "no longer counts" in town_official.get("/imports").text
    assert "no more" in town_official.get("/logs/cad").text
    refused = town_official.post(f"/imports/{number}/undo")
    assert refused.status_code == 409
    assert f"Import {number} cannot be taken back" in refused.text
    assert "take back the later import instead" in refused.text


def test_a_log_that_nobody_knows_is_sent_and_what_it_is_shown_and_nothing_kept(
    official: TestClient, settings: Settings
) -> None:
    log = "Login;When;Object;Operation;License Plate\nCITY\\aolson;2025-03-01 10:00:00;<b>case 7</b>;VIEW;QRS771\n"

    assert "What is this log?" in official.get("/logs").text
    shown = official.post("/logs/detect", files=[("file", ("a.csv", log)), ("file", ("b.png", b"\x89PNG\0\0\0\1"))])

    assert shown.status_code == 200
    assert "a table, its cells separated by semicolons" in shown.text
    assert "&lt;b&gt;case 7&lt;/b&gt;" in shown.text
    assert "account: Login  # guessed from its name" in shown.text
    assert ("subject: &#34;License Plate" in shown.text, "QRS771" in shown.text) == (True, False)
    assert "b.png is a PNG picture" in shown.text
    assert list((settings.data_dir / FOLDER).iterdir()) == []
    assert official.post("/logs/detect").status_code == 422
