"""A version of the inventory is published, and read by somebody who is not signed in."""

from playwright.sync_api import expect

from tests.browser.conftest import Site


def test_a_version_is_published_and_read_by_whoever_comes(city_site: Site) -> None:
    official = city_site.signed_in("official", width=320, scripts=False)
    official.page.goto("/inventory")
    official.follow("Versions and publishing")
    official.page.get_by_label("About this version").fill("Adopted by resolution 2026-11")
    for meant in official.page.get_by_text("The texts are meant to name employees").all():
        meant.click()
    official.press("Publish version 3")
    official.reads("Adopted by resolution 2026-11")
    official.page.goto("/inventory/versions")
    official.follow("since version 2")

    resident = city_site.visitor(width=320, scripts=False)
    resident.go("/inventory/published")
    resident.reads("Adopted by resolution 2026-11")
    with resident.page.expect_download():
        resident.page.get_by_role("link", name="workbook").first.click()
    resident.go("/inventory/published/1")
    expect(resident.page.get_by_role("button", name="Sign out")).to_have_count(0)
    resident.page.goto("/inventory/versions")
    resident.heading("Sign in")
