"""A manager grants a duty in a browser: by the form, in two steps, with and without scripts, at 1280 and 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.app.service.duty_people import add_duty_people
from tests.browser.conftest import Site


@pytest.fixture
def manager_site(site: Site) -> Site:
    add_duty_people(site.service)
    return site


def _fill(page: Page, end: str) -> None:
    page.get_by_label("Data series").select_option("S1")
    page.get_by_label("Until").fill(end)
    page.get_by_label("Reason").fill("covers for Eve")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_manager_grants_extends_and_revokes_a_duty(
    manager_site: Site, check_page: Callable[[Page], None], width: int
) -> None:
    page = manager_site.signed_in("bo", width=width)
    page.goto("/my-people")
    check_page(page)
    page.get_by_role("link", name="Grant a duty to Ann Olson").click()
    check_page(page)

    _fill(page, "someday")
    page.get_by_role("button", name="Go on").click()
    check_page(page)
    page.get_by_role("link", name="Until: This cannot be read").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("friday")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check what it would mean")
    check_page(page)
    page.get_by_role("button", name="Grant it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Duty of Ann Olson")
    check_page(page)

    page.get_by_label("Until").fill("+10d")
    page.get_by_role("button", name="Extend it").click()
    expect(page.get_by_role("cell", name="extended")).to_be_visible()
    page.locator("#revoked-reason").fill("Eve is back")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.locator("dd", has_text="revoked")).to_be_visible()
    page.goto("/duties")
    check_page(page)


def test_a_manager_grants_a_duty_without_scripts(manager_site: Site) -> None:
    page = manager_site.signed_in("bo", scripts=False)
    page.goto("/duties/new?employee_id=E1")
    _fill(page, "friday")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Grant it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Duty of Ann Olson")
