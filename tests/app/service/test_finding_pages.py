"""The pages of findings: what is listed, what one finding shows, and what is made of it."""

import csv
import html
import io
import re

import pytest
from httpx2 import Response
from openpyxl import load_workbook
from starlette.testclient import TestClient

from audit.rules import REASONS
from tests.app.service.serving import Service


@pytest.fixture
def official(town_service: Service) -> TestClient:
    """Give the browser of a compliance official of the town."""
    return town_service.signed_in("compliance_official")


def _keys(page: str) -> list[str]:
    return re.findall(r'href="/findings/([0-9a-f]{16})">[0-9a-f]{16}</a>', page)


def _move(browser: TestClient, key: str, *, of: Response | None = None, **typed: str) -> Response:
    """Send the form of a finding's page, as it was shown."""
    page = (of or browser.get(f"/findings/{key}")).text
    shown = {name: html.unescape(text) for name, text in re.findall(r'name="(version|sent)" value="([^"]*)"', page)}
    return browser.post(f"/findings/{key}/moves", data=shown | typed)


def test_the_list_is_narrowed_by_what_is_asked_for(official: TestClient) -> None:
    every = _keys(official.get("/findings").text)
    narrowed = {reason: _keys(official.get(f"/findings?reason={reason}").text) for reason in REASONS}

    assert sorted(key for keys in narrowed.values() for key in keys) == sorted(every)
    assert sum(1 for keys in narrowed.values() if keys) > 1


@pytest.mark.parametrize("asked", ["status=none", "who=nobody", "what=nothing", "department=none", "sort=size"])
def test_what_nothing_can_fit_is_said_and_what_was_typed_still_stands_there(official: TestClient, asked: str) -> None:
    answer = official.get(f"/findings?{asked}")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Error: Findings" in answer.text


def test_the_export_holds_exactly_what_the_list_shows(official: TestClient) -> None:
    shown = _keys(official.get("/findings?verdict=unresolved").text)
    exported = official.get("/findings.csv?verdict=unresolved")

    assert shown
    assert sorted(row["key"] for row in csv.DictReader(io.StringIO(exported.text))) == sorted(shown)


def test_the_workbook_holds_exactly_what_the_list_shows_and_says_what_narrowed_it(official: TestClient) -> None:
    shown = _keys(official.get("/findings?verdict=unresolved&sort=key").text)
    workbook = load_workbook(io.BytesIO(official.get("/findings.xlsx?verdict=unresolved&sort=key").content))
    cover, sheet = (list(workbook[name].values) for name in ("About", "Findings"))

    assert [row[0] for row in sheet if re.fullmatch("[0-9a-f]{16}", str(row[0]))] == shown
    assert ("Verdict", "unresolved") in [row[:2] for row in cover]


def test_all_that_match_are_moved_on_every_page(official: TestClient) -> None:
    unresolved = _keys(official.get("/findings?verdict=unresolved").text)
    others = set(_keys(official.get("/findings").text)) - set(unresolved)
    official.post("/findings/moves?verdict=unresolved", data={"all": "1", "status": "under_review", "note": "Asked"})

    assert unresolved
    assert sorted(_keys(official.get("/findings?status=under_review").text)) == sorted(unresolved)
    assert set(_keys(official.get("/findings?status=open").text)) == others


def test_a_finding_is_assigned_and_waits_on_the_home_page_of_its_assignee(official: TestClient) -> None:
    key = _keys(official.get("/findings").text)[0]
    _move(official, key, status="under_review", assignee="compliance_official")

    assert "reviewed by compliance_official" in official.get(f"/findings/{key}").text
    assert _keys(official.get("/findings?assignee=compliance_official").text) == [key]
    assert "Findings assigned to you: <strong>1</strong>" in official.get("/").text


def test_a_finding_shows_why_in_words_and_drawn_with_its_accesses(official: TestClient) -> None:
    key = _keys(official.get("/findings?verdict=unauthorized").text)[0]
    page = official.get(f"/findings/{key}").text

    assert "Possible unauthorized access" in page
    assert "<svg" in page
    assert "The same as a table" in page
    assert "record 1" in page or re.search(r"record \d", page)


def test_a_move_is_recorded_with_who_made_it(official: TestClient) -> None:
    key = _keys(official.get("/findings").text)[0]
    moved = _move(official, key, status="under_review", note="Asked her")

    assert moved.status_code == 303
    assert "compliance_official: open to under review. Asked her" in official.get(f"/findings/{key}").text


def test_a_move_that_is_refused_keeps_what_was_typed(official: TestClient) -> None:
    key = _keys(official.get("/findings").text)[0]
    refused = _move(official, key, status="dismissed", note="Of no matter")

    assert refused.status_code == 422
    assert "Of no matter" in refused.text
    assert "Nothing was recorded" in refused.text


def test_a_move_that_is_sent_twice_is_recorded_once(official: TestClient) -> None:
    key = _keys(official.get("/findings").text)[0]
    shown = official.get(f"/findings/{key}")

    assert [_move(official, key, of=shown, note="Asked her").status_code for _ in range(2)] == [303, 303]
    assert official.get(f"/findings/{key}").text.count("Asked her") == 1


def test_a_move_of_what_has_changed_meanwhile_shows_what_stands_and_keeps_what_was_typed(
    town_service: Service, official: TestClient
) -> None:
    key = _keys(official.get("/findings").text)[0]
    shown = official.get(f"/findings/{key}")
    _move(town_service.signed_in("responsible_authority"), key, status="under_review", note="Mine")

    stale = _move(official, key, of=shown, status="under_review", note="Asked her")
    assert stale.status_code == 412
    assert "responsible_authority: open to under review. Mine" in stale.text
    assert ">Asked her</textarea>" in stale.text
    assert _move(official, key, of=stale, note="Asked her").status_code == 303


def test_several_are_moved_once_however_often_the_form_is_sent(official: TestClient) -> None:
    page = official.get("/findings").text
    key = _keys(page)[0]
    form = {"sent": re.findall(r'name="sent" value="(\w+)"', page)[0], "key": key, "note": "Asked her"}

    assert [f"{key}: is open" in official.post("/findings/moves", data=form).text for _ in range(2)] == [True, True]
    assert official.get(f"/findings/{key}").text.count("Asked her") == 1
    other = official.post("/findings/moves", data=form | {"note": "Asked him"})
    assert (other.status_code, 'value="Asked him"' in other.text) == (422, True)


def test_several_of_which_none_is_chosen_are_refused_with_what_was_typed(official: TestClient) -> None:
    answer = official.post("/findings/moves", data={"note": "Asked her"})

    assert answer.status_code == 422
    assert "Choose the findings that are meant" in answer.text
    assert 'value="Asked her"' in answer.text


def test_several_are_moved_alike_and_each_is_answered_for(official: TestClient) -> None:
    keys = _keys(official.get("/findings").text)[:2]
    answer = official.post("/findings/moves", data={"key": [*keys, "0" * 16], "status": "explained", "note": "On file"})

    assert [f"{key}: is explained" in answer.text for key in keys] == [True, True]
    assert "There is no finding with the key" in answer.text


def test_an_auditor_reads_findings_and_changes_none(town_service: Service) -> None:
    auditor = town_service.signed_in("auditor")
    page = auditor.get("/findings")

    assert "Record" not in page.text
    assert auditor.post(f"/findings/{_keys(page.text)[0]}/moves", data={"note": "x"}).status_code == 403


def test_the_home_page_says_what_waits_with_a_link_to_it(official: TestClient) -> None:
    home = official.get("/").text
    open_ones = len(_keys(official.get("/findings?status=open").text))

    assert f'href="/findings?status=open">Open findings: <strong>{open_ones}</strong>' in home
    assert "Findings by month" in home


def test_a_view_is_saved_opened_and_deleted_by_its_own_official(town_service: Service, official: TestClient) -> None:
    listed = official.get("/findings?verdict=unresolved&sort=who").text
    form = {
        "name": "To  resolve",
        "query": re.findall(r'name="query" value="([^"]*)"', listed)[0].replace("&amp;", "&"),
    }
    for _ in range(2):
        assert official.post("/findings/views", data=form).status_code == 303
    auditor = town_service.signed_in("auditor")

    page = official.get("/findings").text
    assert page.count(">To resolve</a>") == 1
    assert 'href="/findings?sort=who&amp;verdict=unresolved"' in page
    assert "To resolve" not in auditor.get("/findings").text
    number = re.findall(r"/findings/views/(\d+)/delete", page)[0]
    auditor.post(f"/findings/views/{number}/delete")
    assert "To resolve" in official.get("/findings").text
    official.post(f"/findings/views/{number}/delete")
    assert "To resolve" not in official.get("/findings").text


def test_a_view_without_a_name_is_refused_with_the_list_still_narrowed(official: TestClient) -> None:
    refused = official.post("/findings/views", data={"name": "<b>" * 50, "query": "verdict=unresolved&other=1"})

    assert refused.status_code == 422
    assert "Give it a name of at most 80 letters" in refused.text
    assert "&lt;b&gt;" in refused.text
    assert 'name="query" value="verdict=unresolved"' in refused.text


def test_the_home_page_counts_accesses_by_month_and_sends_what_maps_to_nothing_to_its_answer(
    official: TestClient,
) -> None:
    home = official.get("/").text

    assert 'href="/logs/cad/mapping?what=accounts">Accesses of accounts that belong to nobody' in home
    rows = dict(re.findall(r'month=(\d{4}-\d\d)">\S+</a></th><td>(\d+)</td>', home))
    assert rows == {"2025-02": "1", "2025-03": "1", "2025-04": "10", "2025-05": "1", "2025-06": "2"}
