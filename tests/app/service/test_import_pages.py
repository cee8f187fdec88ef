"""Tables in the browser: sent, looked at, applied or given up, taken back; and what hostile files get."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from config.applied_imports import AppliedImport
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind
from config.uploads.places import FOLDER
from config.web.receive_upload import plain_name
from tests.app.service.serving import Service
from tests.app.service.working import POSITIONS, hidden, positions, uploads, work_off
from tests.databases import on_both


def send(browser: TestClient, text: str | bytes = POSITIONS, *, name: str = "positions.csv", **fields: str) -> str:
    """Send a table, and give where it is staged."""
    data = {"kind": "positions", **fields}
    answer = browser.post("/imports/new", data=data, files={"file": (name, text)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def apply(browser: TestClient, place: str, **fields: str) -> int:
    page = browser.get(place)
    sent = {name: hidden(page, name) for name in ("key", "stamp")}
    return browser.post(f"{place}/apply", data={**sent, **fields}).status_code


@on_both
def test_a_table_is_sent_looked_at_applied_and_taken_back(service: Service) -> None:
    browser = service.signed_in("hr")
    place = send(browser)
    assert "It is worked out what the file would change" in browser.get(place).text
    work_off(service)
    preview = browser.get(place).text
    assert "2 rows read: 2 added" in preview
    assert "Clerk" in preview
    assert positions(service) == []

    assert apply(browser, place) == 303
    work_off(service)

    assert "It was imported" in browser.get(place).text
    assert positions(service) == ["P1", "P2"]
    assert [one for one in uploads(service) if "made" not in one] == []
    listed = browser.get("/imports").text
    assert "Take back import 1" in listed
    asked = browser.get("/imports/1/undo").text
    assert "2 of its rows closed, 0 earlier rows stand again" in asked
    assert "<td>P1</td><td>title Clerk, department" in asked
    assert positions(service) == ["P1", "P2"]
    assert browser.post("/imports/1/undo").headers["location"] == "/imports#import-2"
    again = browser.post("/imports/1/undo")
    assert again.status_code == 409
    assert "Import 1 was taken back already" in again.text


def test_nothing_is_applied_of_a_record_that_changed_since(service: Service) -> None:
    browser = service.signed_in("hr")
    first, second = send(browser), send(browser, "position_code,title,department\nP1,Cook,Jail\n")
    work_off(service)
    apply(browser, second)
    work_off(service)

    apply(browser, first)
    work_off(service)

    page = browser.get(first).text
    assert "The record has changed since" in page
    assert "1 added, 1 changed" in page
    assert positions(service) == ["P1"]
    apply(browser, first)
    work_off(service)
    assert positions(service) == ["P1", "P1", "P2"]


def test_nothing_is_applied_that_nobody_saw(service: Service) -> None:
    browser = service.signed_in("hr")
    place = send(browser)

    browser.post(f"{place}/apply", data={"key": "early"})  # before it is worked out what it would change
    work_off(service)

    assert positions(service) == []
    assert "Nothing was imported" in browser.get(place).text


def test_rows_that_cannot_be_taken_are_left_out_only_when_that_is_said(service: Service) -> None:
    browser = service.signed_in("hr")
    place = send(browser, f"{POSITIONS},No code,Police\n", name="staff 2.csv")
    work_off(service)

    refused = browser.post(f"{place}/apply", data={})
    assert refused.status_code == 422
    assert "<title>Error: " in refused.text
    assert 'href="#skip"' in refused.text
    rejects = browser.get(f"{place}/rejects.csv")
    assert "No code" in rejects.text
    assert "staff%202.rejects.csv" in rejects.headers["content-disposition"]

    assert apply(browser, place, skip="yes") == 303
    work_off(service)
    assert positions(service) == ["P1", "P2"]


def test_the_list_of_changes_is_narrowed(service: Service) -> None:
    browser = service.signed_in("hr")
    place = send(browser)
    work_off(service)

    assert "Gardener" not in browser.get(f"{place}?text=clerk").text
    assert "No row fits" in browser.get(f"{place}?change=closed").text


@on_both
def test_a_form_sent_twice_is_one_upload_and_one_import(service: Service) -> None:
    browser = service.signed_in("hr")
    key = hidden(browser.get("/imports/new"))

    place = send(browser, key=key)
    assert send(browser, key=key) == place
    assert len(uploads(service)) == 1
    work_off(service)
    page = browser.get(place)
    form = {name: hidden(page, name) for name in ("key", "stamp")}
    for _ in range(2):
        assert browser.post(f"{place}/apply", data=form).status_code == 303
    work_off(service)

    assert browser.post(f"{place}/apply", data={"key": "of-another-tab"}).status_code == 409
    with service.installation.read() as work:
        assert len(work.session.exec(select(AppliedImport)).all()) == 1


def test_a_discarded_upload_leaves_nothing(service: Service) -> None:
    browser = service.signed_in("hr")
    seen, unseen = send(browser), send(browser)
    work_off(service)

    for place in (seen, unseen, seen):
        assert browser.post(f"{place}/discard").status_code == 303

    assert uploads(service) == []
    assert "This upload was discarded" in browser.get(seen).text


def test_an_upload_given_up_before_it_is_looked_at_is_not_looked_at(service: Service) -> None:
    browser = service.signed_in("hr")
    place = send(browser)

    browser.post(f"{place}/discard")
    work_off(service)

    assert uploads(service) == []
    with service.installation.read() as work:
        assert work.session.exec(select(Job.state)).all() == ["cancelled"]


def test_a_fault_is_said_at_its_field_with_what_was_typed(service: Service) -> None:
    browser = service.signed_in("hr")
    fields = {"kind": "positions", "as_of": "<soon>", "partial": "yes", "columns": "Code"}

    answer = browser.post("/imports/new", data=fields, files={"file": ("", b"")})

    assert answer.status_code == 422
    assert "<title>Error: Import a table" in answer.text
    for field in ("file", "as_of", "partial", "columns"):
        assert f'href="#{field}"' in answer.text, field
        assert f'id="{field}-fault"' in answer.text, field
    assert 'value="&lt;soon&gt;"' in answer.text
    assert uploads(service) == []


@pytest.mark.parametrize(("role", "kind"), [("hr", "inventory"), ("hr", "work-access"), ("hr", "log"), ("hr", "x")])
def test_a_kind_that_is_not_for_ones_role_is_no_choice(service: Service, role: str, kind: str) -> None:
    answer = service.signed_in(role).post("/imports/new", data={"kind": kind}, files={"file": ("a.csv", POSITIONS)})

    assert answer.status_code == 422
    assert "Choose what the file holds." in answer.text
    assert uploads(service) == []


def test_others_do_not_learn_of_an_upload(service: Service) -> None:
    place = send(service.signed_in("compliance_official"), "code,name\nS1,Case files\n", kind="inventory")

    assert service.signed_in("hr").get(place).status_code == 404
    assert service.signed_in("auditor").get(place).status_code == 403
    assert place not in service.signed_in("auditor").get("/imports").text


def test_a_heading_that_is_called_otherwise_is_said_and_remembered(service: Service) -> None:
    browser = service.signed_in("hr")
    text = "Kennzahl,title,department\nP1,Clerk,Police\n"
    refused = send(browser, text)
    work_off(service)
    assert (
        "write under the headings that are called otherwise: their heading = position_code" in browser.get(refused).text
    )

    place = send(browser, text, columns="Kennzahl = position_code\n")
    work_off(service)
    apply(browser, place)
    work_off(service)

    assert positions(service) == ["P1"]


def bomb() -> bytes:
    """Make a workbook whose sheet is a thousand times as large as the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", b" " * (64 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", bomb()),
        ("letters.csv", b"\x00" * 100),
        ("no.xlsx", b"PK\x03\x04 none"),
        ("a.csv", b"\xff\xfe\xff"),
    ],
)
def test_a_hostile_file_is_refused_by_the_job_and_shown_as_text(service: Service, name: str, content: bytes) -> None:
    browser = service.signed_in("hr")
    place = send(browser, content, name=name)

    work_off(service)

    page = browser.get(place)
    assert page.status_code == 200
    assert "Nothing was imported" in page.text
    assert "Send the file again" in page.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/pass\x00wd", "passwd"),
        ("C:\\files\\roster.csv", "roster.csv"),
        (".hidden", "hidden"),
        ("\x00", "file"),
        ("é" * 3000 + ".csv", "é" * 88 + ".csv"),
        ("a." + "b" * 500, "a." + "b" * 178),
    ],
)
def test_a_name_is_kept_as_far_as_a_disk_takes_it(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_hostile_name_stays_within_its_folder(service: Service) -> None:
    place = send(service.signed_in("hr"), name="../../../<b>" + "x" * 4000 + ".csv")

    (file,) = uploads(service)
    assert file.startswith(f"{place.rpartition('/')[2]}/")
    folder = service.installation.settings.data_dir / FOLDER
    assert (folder / file).stat().st_mode & 0o777 == 0o600
    assert (folder / file).parent.stat().st_mode & 0o777 == 0o700


def test_what_is_empty_or_too_large_is_refused_at_once(service: Service) -> None:
    browser = service.signed_in("hr")
    settings = service.installation.settings
    service.app.state.installation = service.installation = type(service.installation)(
        **{name: getattr(service.installation, name) for name in ("engine", "by", "find_zone", "find_newest", "clock")},
        settings=settings.model_copy(update={"upload_limit_mb": 1}),
    )

    for content, said in ((b"", "is empty"), (b"x" * (1 << 20), "larger than 1 MiB")):
        answer = browser.post("/imports/new", data={"kind": "positions"}, files={"file": ("a.csv", content)})
        assert answer.status_code == 422
        assert said in answer.text
    assert uploads(service) == []


@on_both
def test_what_nobody_applied_within_a_day_is_removed(service: Service) -> None:
    browser = service.signed_in("hr")
    old = send(browser)
    work_off(service)
    service.clock.pass_by(timedelta(hours=25))
    browser = service.signed_in("hr")
    new = send(browser)
    work_off(service)

    enqueue(service.installation, JobRequest(JobKind.LEFTOVERS, None, "schedule"))
    work_off(service)

    assert {file.split("/")[0].removesuffix(".made") for file in uploads(service)} == {new.rpartition("/")[2]}
    assert "This upload was expired" in browser.get(old).text
