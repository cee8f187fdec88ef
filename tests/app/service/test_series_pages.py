"""The pages of the inventory: what one series shows, how it is changed, and how unread texts are resolved."""

import re

from sqlmodel import select
from starlette.testclient import TestClient

from config.officials.officials import change_official
from inventory.publication_models import SeriesReview
from tests.app.service.serving import Service, add_stranger
from tests.app.service.working import hidden


def _form(browser: TestClient, code: str, **changes: str) -> dict[str, str]:
    """Give the fields of a series' form as a browser would send them."""
    page = browser.get(f"/inventory/{code}/edit").text
    fields = dict(re.findall(r'<input [^>]*name="(\w+)" type="\w+" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n?([^<]*)</textarea>', page))
    version = re.findall(r'name="version" value="(\w+)"', page)[0]
    return {**fields, "version": version, **changes}


def test_a_series_shows_its_classes_parts_holders_and_history(town_service: Service) -> None:
    page = town_service.signed_in("compliance_official").get("/inventory/S1?as_of=2025-03-02").text

    assert "private; confidential" in page
    assert "the position Police Clerk (Police)" in page
    assert "temporary-duty:1" in page
    assert "first recorded" in page
    assert "cad: case/*" in page


def test_a_manager_sees_of_the_holders_their_own_people_alone(town_service: Service) -> None:
    add_stranger(town_service)
    clerk, manager = town_service.signed_in("hr"), town_service.signed_in("manager")

    assert [f'href="/people/{one}"' in clerk.get("/inventory/S3").text for one in ("E1", "E4")] == [True, True]
    assert [f'href="/people/{one}"' in manager.get("/inventory/S3").text for one in ("E1", "E4")] == [True, False]


def test_a_change_is_a_new_version_with_who_made_it(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    sent = browser.post("/inventory/S1/edit", data=_form(browser, "S1", retention="10 years", work_access="Detective"))
    page = browser.get("/inventory/S1").text

    assert sent.status_code == 303
    assert "retention from “7 years” to “10 years”" in page
    assert "the position Detective (Police)" in page
    assert "the position Police Clerk (Police)" not in page.split("Holders")[0]
    assert "Police Clerk" in browser.get("/inventory/S1?known_at=2026-05-31").text.split("Holders")[0]


def test_a_fault_stands_at_its_field_with_what_was_typed(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    refused = browser.post("/inventory/S1/edit", data=_form(browser, "S1", name="public", purpose="kept as typed"))

    assert refused.status_code == 422
    assert 'id="name-fault"' in refused.text
    assert "kept as typed" in refused.text
    assert "Error: Change Case files" in refused.text


def test_who_changes_an_older_version_is_shown_what_stands_and_loses_nothing(town_service: Service) -> None:
    first, second = town_service.signed_in("compliance_official"), town_service.signed_in("responsible_authority")
    form = _form(second, "S1", retention="12 years")
    first.post("/inventory/S1/edit", data=_form(first, "S1", retention="10 years"))
    stale = second.post("/inventory/S1/edit", data=form)

    assert stale.status_code == 409
    assert ("Stands now: 10 years" in stale.text, 'value="12 years"' in stale.text) == (True, True)
    version = re.findall(r'name="version" value="(\w+)"', stale.text)[0]
    assert second.post("/inventory/S1/edit", data={**form, "version": version}).status_code == 303


def test_a_law_is_picked_from_the_catalogue(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    browser.post("/inventory/S4/edit", data=_form(browser, "S4", add_law="Minn. Stat. 13.43", add_class="private"))
    page = browser.get("/inventory/S4").text

    assert "13.591 subd. 3; Minn. Stat. 13.43" in page
    assert "nonpublic; private" in page


def test_an_unread_part_is_resolved_in_place(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    part = {"series": "S2", "part": "certain employees as needed"}
    assert part["part"] in browser.get("/inventory/unread").text
    refused = browser.post("/inventory/unread", data={**part, "holders": "Sheriff"})
    resolved = browser.post("/inventory/unread", data={**part, "holders": "Payroll Clerk"})
    again = browser.post("/inventory/unread", data={**part, "act": "dismiss"})

    assert (refused.status_code, resolved.status_code, again.status_code) == (422, 303, 422)
    assert 'value="Sheriff"' in refused.text
    assert "There is nothing to do here." in browser.get("/inventory/unread").text
    assert "said by compliance_official" in browser.get("/inventory/S2").text


def test_nobody_lets_a_position_of_their_own_reach_a_series(town_service: Service) -> None:
    with town_service.installation.change() as work:
        change_official(work.session, "compliance_official", now=work.now, by=work.by, employee_id="E1")
    browser = town_service.signed_in("compliance_official")
    part = {"series": "S2", "part": "certain employees as needed", "holders": "Police Clerk"}
    form = _form(browser, "S2", work_access="Police Clerk; certain employees as needed")

    for refused in (browser.post("/inventory/unread", data=part), browser.post("/inventory/S2/edit", data=form)):
        assert refused.status_code == 422
        assert "a position or department of theirs" in refused.text
        assert "Police Clerk" in refused.text
    assert part["part"] in browser.get("/inventory/unread").text


def test_who_may_not_change_the_inventory_is_shown_no_form(town_service: Service) -> None:
    browser = town_service.signed_in("hr")

    assert "<form method" not in browser.get("/inventory/unread").text.split("<main")[1]
    assert browser.get("/inventory/S1/edit").status_code == 403


def test_a_review_is_recorded_on_the_series_and_no_longer_waits(town_service: Service) -> None:
    official, auditor = town_service.signed_in("compliance_official"), town_service.signed_in("auditor")
    waiting = "Data series whose yearly review is overdue"
    assert waiting in official.get("/").text
    overdue = official.get("/api/v1/series-reviews?overdue=true").json()["items"]
    sent = [official.post(f"/inventory/{one['series']}/review", data={"note": "Read it."}) for one in overdue]

    assert {answer.status_code for answer in sent} == {303}
    assert "by compliance_official: Read it." in official.get("/inventory/S1").text
    assert waiting not in official.get("/").text
    assert "None is overdue." in auditor.get("/inventory/reviews").text
    assert auditor.post("/inventory/S1/review").status_code == 403


def test_a_review_that_is_sent_twice_is_one_and_a_key_is_of_one_series(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")
    form = {"note": "Read it.", "key": hidden(official.get("/inventory/S1"))}
    codes = ("S1", "S1", "S2")

    assert [official.post(f"/inventory/{code}/review", data=form).headers["location"] for code in codes] == [
        f"/inventory/{code}#review" for code in codes
    ]
    with town_service.installation.read() as work:
        assert [one.series for one in work.session.exec(select(SeriesReview).order_by("id"))] == ["S1", "S2"]


def test_texts_and_recorded_work_access_are_compared_on_one_page(town_service: Service) -> None:
    official, manager = town_service.signed_in("compliance_official"), town_service.signed_in("manager")
    page = official.get("/inventory/compared").text
    told = official.get("/api/v1/work-access-texts/compared?kind=unread").json()["items"]

    assert "the position Police Clerk (Police)" in page
    assert [(one["series"], one["holder"]) for one in told] == [("S2", "certain employees as needed")]
    assert "Ann Olson" not in manager.get("/inventory/compared").text
