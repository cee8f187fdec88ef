"""The pages of positions and accounts, and the search on every page."""

import re

from tests.app.service.serving import Service, add_stranger
from tests.databases import on_both


def test_a_position_shows_its_holders_then_and_now_and_what_it_reaches(town_service: Service) -> None:
    page = town_service.signed_in("hr").get("/positions/P1?as_of=2025-04-01").text
    now, before = page.split("Before or later")

    assert ("Ann Olson" in now, "Cy Dale" in now, "Cy Dale" in before) == (True, False, True)
    assert "Case files" in page
    assert "- Case files (private; confidential; Minn. Stat. 13.82 subd. 7): any action" in page


def test_the_inventorys_text_and_work_access_are_compared(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    of_text, of_grants = browser.get("/positions/P1").text, browser.get("/positions/P3").text

    assert "no recorded work access does" in of_text
    assert "the inventory's text does not" in of_grants.replace("&#39;", "'")
    assert "They name the position for the same series." in browser.get("/positions/P4").text


@on_both
def test_open_accounts_of_people_who_left_are_listed_apart(town_service: Service) -> None:
    browser = town_service.signed_in("hr")
    every, left = browser.get("/accounts").text, browser.get("/accounts?left=1").text

    assert [login in every for login in ("aolson", "cdale", "frontdesk")] == [True, True, True]
    assert [login in left.split("<tbody>")[1] for login in ("aolson", "cdale", "frontdesk")] == [False, True, False]


def test_a_search_leads_to_the_one_thing_or_lists_several(town_service: Service) -> None:
    browser = town_service.signed_in("compliance_official")
    key = re.findall(r'href="/findings/([0-9a-f]{16})"', browser.get("/findings").text)[0]

    assert browser.get("/search?q=Bids").headers["location"] == "/inventory/S4"
    assert browser.get(f"/search?q={key[:10]}").headers["location"] == f"/findings/{key}"
    assert browser.get("/search?q=E3").headers["location"] == "/people/E3"
    assert "Data series" in browser.get("/search?q=a").text
    assert "Nothing that you may look at" in browser.get("/search?q=zebra").text


@on_both
def test_a_search_finds_only_what_one_may_read(town_service: Service) -> None:
    add_stranger(town_service)
    key = re.findall(r'href="/findings/([0-9a-f]{16})"', town_service.signed_in("auditor").get("/findings").text)[0]

    assert town_service.signed_in("hr").get("/search?q=Berg").headers["location"] == "/people/E4"
    for login, asked in (("manager", "Berg"), ("hr", key), ("administrator", "Olson"), ("employee", "Bids")):
        assert "Nothing that you may look at" in town_service.signed_in(login).get(f"/search?q={asked}").text, login
