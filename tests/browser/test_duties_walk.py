"""A manager's path: who there is, a duty granted with what it would mean, extended, revoked; and one that is late."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Manner, Site
from tests.browser.walking import Walk


def test_a_manager_grants_extends_and_revokes_a_duty(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("manager", width=manner[0], scripts=manner[1])
    page = walk.page
    walk.check()
    walk.go("/my-people")
    page.get_by_label("Name or employee id").fill("Chavez")
    walk.press("Look for it")
    walk.follow("Grant a duty to Todd Chavez")

    page.get_by_label("Data series").select_option(label=_first_series(page))
    page.get_by_label("Until").fill("someday")
    page.get_by_label("Reason").fill("covers for Eve")
    walk.press("Go on")
    walk.follow("Until: This cannot be read")
    page.get_by_label("Until").fill("+3d")
    walk.press("Go on")
    walk.heading("Check what it would mean")
    walk.press("Change something")
    expect(page.get_by_label("Reason")).to_have_value("covers for Eve")
    walk.press("Go on")
    walk.press("Grant it")
    walk.heading("Duty of Todd Chavez")
    walk.reads("in force")

    page.get_by_label("Until").fill("+10d")
    walk.press("Extend it")
    expect(page.get_by_role("cell", name="extended")).to_be_visible()
    walk.follow("Count its uses")
    page.locator("#revoked-reason").fill("Eve is back")
    walk.press("Revoke it")
    walk.reads("revoked")
    walk.go("/duties?state=revoked")
    walk.reads("Todd Chavez")


def test_a_duty_that_starts_in_the_past_waits_for_a_second_person(city_site: Site, manner: Manner) -> None:
    manager = city_site.signed_in("manager", width=manner[0], scripts=manner[1])
    _grant_late(manager)
    manager.reads("A second person, who did not grant it, has to confirm it.")
    expect(manager.page.get_by_role("button", name="Confirm it")).to_have_count(0)

    official = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    official.go("/duties?state=awaiting+confirmation")
    official.follow("Todd Chavez")
    official.press("Confirm it")
    official.reads("confirmed")


def _grant_late(walk: Walk) -> None:
    page = walk.page
    page.goto("/duties/new?employee_id=E10050")
    page.get_by_label("Data series").select_option(label=_first_series(page))
    page.get_by_label("From").fill("2026-01-01")
    page.get_by_label("Until").fill("2026-03-01")
    page.get_by_label("Reason").fill("was on the desk alone")
    walk.press("Go on")
    walk.press("Grant it")


def _first_series(page: Page) -> str:
    return page.get_by_label("Data series").locator("option").nth(1).inner_text()
