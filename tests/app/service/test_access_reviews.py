"""An access review in the browser and over JSON: started, counted, answered by owner and official, reported, closed."""

from datetime import datetime, timedelta

from openpyxl import load_workbook
from starlette.testclient import TestClient

from audit.looks.look_journal import looks_written
from config.officials.permissions import Role
from tests.app.service.serving import Service, sign_in
from tests.app.service.working import hidden, work_off

API = "/api/v1/access-reviews"
_FORM = {"name": "Yearly review", "scope": "all", "due": "2026-06-30", "days": "600", "silence": "listed"}


def _started(service: Service, **changes: str) -> TestClient:
    official = service.signed_in(Role.COMPLIANCE_OFFICIAL)
    form = {**_FORM, "key": hidden(official.get("/reviews/new")), **changes}
    answer = official.post("/reviews/new", data=form)
    assert answer.headers["location"] == "/reviews/1", answer.text
    work_off(service)
    return official


def _uses(browser: TestClient) -> dict[str, str]:
    return {one["grant"]: one["use"] for one in browser.get(f"{API}/1/items").json()["items"]}


def test_uses_are_counted_and_never_used_is_told_apart_from_no_log_seen(town_service: Service) -> None:
    official = _started(town_service)

    assert _uses(official) == {
        "inventory:1": "used 1 time, last on 3 February 2025, 09:00; logs seen on 12 of 600 days",
        "work-access:2": "never used in these 600 days; logs seen on 12 of 600 days",
        "work-access:1": "never used in these 600 days; logs seen on 12 of 600 days",
    }


def test_a_review_of_days_without_logs_says_that_it_cannot_be_told(town_service: Service) -> None:
    official = _started(town_service, days="90")

    assert set(_uses(official).values()) == {"no log seen in these 90 days, so it cannot be told"}


def test_an_owner_answers_for_their_own_grants_and_learns_of_no_other(town_service: Service) -> None:
    _started(town_service)
    manager = town_service.signed_in(Role.MANAGER)

    assert "Grants of Yearly review to be answered for" in manager.get("/").text
    assert [one["owner"] for one in manager.get(f"{API}/1/items").json()["items"]] == ["E2"]
    others = next(one["id"] for one in _items(town_service) if one["grant"] == "work-access:1")
    assert manager.get(f"/reviews/1/items/{others}").status_code == 404
    own = manager.get(f"{API}/1/items").json()["items"][0]["id"]
    assert manager.post("/reviews/1/confirm", data={"item": [str(own)]}).status_code == 303
    assert "1 of 1 grant is answered for" in manager.get("/reviews/1").text
    assert "to be answered for" not in manager.get("/").text


def test_a_grant_is_narrowed_ended_and_taken_back_on_its_page(town_service: Service) -> None:
    official = _started(town_service)
    here = f"/reviews/1/items/{_items(town_service)[-1]['id']}"
    town_service.clock.pass_by(timedelta(hours=1))
    sign_in(official, Role.COMPLIANCE_OFFICIAL)

    def send(**form: str) -> int:
        return int(official.post(here, data={"version": hidden(official.get(here), "version"), **form}).status_code)

    assert send(answer="narrowed", actions="view;delete", note="so") == 422
    assert send(answer="narrowed", actions="view") == 422
    assert send(answer="narrowed", actions="view", note="pays nobody") == 303
    assert "Left from now on: the actions view." in official.get(here).text
    stale = official.post(here, data={"version": "x", "answer": "undo"})
    assert stale.status_code == 412
    assert send(answer="undo") == 303
    assert send(answer="ended", note="no longer needed") == 303
    assert "ended It ends now." in official.get(here).text


def test_a_closed_review_says_what_silence_meant_on_page_and_in_the_workbook(town_service: Service) -> None:
    official = _started(town_service)
    first = official.get(f"{API}/1/items").json()["items"][0]
    version = {"If-Match": official.get(f"{API}/1/items/{first['id']}").headers["etag"]}
    answered = official.post(f"{API}/1/items/{first['id']}/answer", json={"answer": "confirmed"}, headers=version)
    assert answered.json()["state"] == "confirmed"

    assert official.post("/reviews/1/close").status_code == 303

    assert "nobody answered: it stays, and is listed for an official to decide" in official.get("/reviews/1").text
    assert official.post("/reviews/1/close").status_code == 409
    job = official.post("/api/v1/reports/access-review", json={"options": {"review": 1}}).json()["number"]
    work_off(town_service)
    path = town_service.installation.settings.data_dir / "access-review.xlsx"
    path.write_bytes(official.get(f"/api/v1/reports/files/{job}").content)
    rows = list(load_workbook(path)["Grants"].iter_rows(values_only=True))
    assert [row[5] for row in rows if row[1] and ":" in str(row[1])] == [
        "confirmed",
        "nobody answered",
        "nobody answered",
    ]


def test_a_review_that_cannot_be_started_is_shown_again_with_what_is_wrong(town_service: Service) -> None:
    official = town_service.signed_in(Role.COMPLIANCE_OFFICIAL)

    for changes, said in (
        ({"name": ""}, "Give the review a name"),
        ({"days": "many"}, "This is no whole number"),
        ({"name": "Yearly " * 40}, "This is too long"),
        ({"scope": "series", "names": "S1\nS9"}, "None of the series on the record is named so: S9"),
        ({"scope": "departments", "names": "parks"}, "nothing to review"),
    ):
        answer = official.post("/reviews/new", data={**_FORM, **changes})
        assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert official.get("/reviews").text.count("Yearly review") == 0


def _items(service: Service) -> list[dict[str, str]]:
    official = service.signed_in(Role.COMPLIANCE_OFFICIAL)
    found: list[dict[str, str]] = official.get(f"{API}/1/items").json()["items"]
    return found


def test_who_reads_a_review_looks_at_what_people_may_reach(town_service: Service) -> None:
    official = _started(town_service)
    official.get("/reviews/1/items/1")

    written = looks_written(town_service.installation.settings.data_dir)
    assert "/reviews/1/items/1" in [one["resource"] for one in written]
    assert "/reviews/new" not in [one["resource"] for one in written]


def test_the_deadline_is_the_end_of_its_day(town_service: Service) -> None:
    official = _started(town_service)

    due = datetime.fromisoformat(official.get(f"{API}/1").json()["due"])
    assert due == datetime.fromisoformat("2026-07-01T05:00Z")


def test_a_review_of_the_inventory_asks_of_series_and_counts_no_uses(town_service: Service) -> None:
    official = town_service.signed_in(Role.COMPLIANCE_OFFICIAL)
    form = {**_FORM, "name": "Inventory 2026", "scope": "inventory", "names": "Case files", "days": "90"}
    assert official.post("/reviews/new", data={**form, "key": hidden(official.get("/reviews/new"))}).status_code == 303
    here = "/reviews/1/items/1"
    assert "0 of 1 data series is answered for" in official.get("/reviews/1").text
    assert official.post(f"{API}/1/count").status_code == 409

    def send(**told: str) -> int:
        return int(official.post(here, data={"version": hidden(official.get(here), "version"), **told}).status_code)

    assert send(answer="to be changed") == 422
    assert send(answer="to be changed", note="Kept for ten years now") == 303
    page = official.get("/reviews/1?state=to be changed").text
    assert "Case files (S1)" in page
    assert "Kept for ten years now" in page
    assert send(answer="undo") == 303
    assert official.post("/reviews/1/confirm", data={"item": ["1"]}).status_code == 303
    assert "by compliance_official" in official.get("/inventory/S1").text

    def changes() -> list[tuple[bool, bool]]:
        asked = {"thing": "reviews of series"}
        return [
            (one["before"] is None, one["after"] is None)
            for one in official.get("/api/v1/changes", params=asked).json()["items"]
        ]

    assert send(answer="undo") == 303
    assert changes() == [(True, False), (False, True)]
    assert official.post("/reviews/1/confirm", data={"item": ["1"]}).status_code == 303

    job = official.post("/api/v1/reports/access-review", json={"options": {"review": 1}}).json()["number"]
    work_off(town_service)
    path = town_service.installation.settings.data_dir / "review.xlsx"
    path.write_bytes(official.get(f"/api/v1/reports/files/{job}").content)
    rows = list(load_workbook(path)["Data series"].iter_rows(values_only=True))
    assert [row[1:4] for row in rows if row[1] == "Case files (S1)"] == [("Case files (S1)", "confirmed", "confirmed")]
