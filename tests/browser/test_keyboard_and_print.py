"""What needs no mouse, what opens on a narrow screen, and what comes out of the printer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

_MOST_STEPS = 120


def test_a_duty_is_granted_by_keyboard_alone(city_site: Site) -> None:
    walk = city_site.signed_in("manager")
    page = walk.page
    page.goto("/duties/new?employee_id=E10050")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    _step_to(page, "series")
    page.keyboard.press("ArrowDown")
    _step_to(page, "action-view")
    page.keyboard.press("Space")
    _step_to(page, "end")
    page.keyboard.type("+3d")
    _step_to(page, "reason")
    page.keyboard.type("covers for Eve")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    walk.heading("Check what it would mean")
    walk.check()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_a_narrow_screen_opens_by_keyboard(city_site: Site, scripts: bool) -> None:  # noqa: FBT001
    walk = city_site.signed_in("official", width=320, scripts=scripts)
    entry = walk.page.get_by_role("link", name="Findings", exact=True)
    expect(entry).not_to_be_visible()
    walk.page.get_by_text("Menu").focus()
    walk.page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    walk.check_as_it_is()
    entry.click()
    walk.heading("Findings")


def test_a_finding_is_printed_without_what_only_a_screen_needs(city_site: Site) -> None:
    walk = city_site.signed_in("official")
    walk.go("/findings?reason=assignment_ended")
    walk.page.locator("tbody th a").click()
    walk.page.emulate_media(media="print")

    expect(walk.page.locator(".lanes-drawing")).to_be_visible()
    expect(walk.page.get_by_role("heading", name="Accesses")).to_be_visible()
    expect(walk.page.locator(".lanes-table table")).to_be_visible()
    for left_out in (".thirteen-nav", ".thirteen-search", "main form"):
        for shown in walk.page.locator(left_out).all():
            expect(shown).not_to_be_visible()
    assert walk.page.pdf().startswith(b"%PDF")


def _step_to(page: Page, wanted: str) -> None:
    """Press Tab until the field of an id has the focus."""
    for _ in range(_MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")
