"""Setting up a second factor and signing in with it, on a telephone's width and without scripts."""

from datetime import timedelta

import pyotp

from tests.app.service.serving import PASSWORD, Service
from tests.browser.conftest import Site
from tests.browser.walking import Walk


def test_a_second_factor_is_set_up_signed_in_with_and_taken_away(new_site: tuple[Site, Service]) -> None:
    site, service = new_site
    walk = site.signed_in("hr", width=320, scripts=False)
    walk.go("/me")
    walk.follow("Set up a second factor")
    assert walk.page.get_by_alt_text("Picture of the key").evaluate("picture => picture.naturalWidth") > 100
    app = pyotp.TOTP(walk.page.locator("#key").inner_text().replace(" ", ""))
    _prove(walk, "000000")
    walk.press("Set it up")
    walk.reads("This is not the code that the app shows now")
    _prove(walk, app.at(service.clock()))
    walk.press("Set it up")
    walk.reads("shown only this once")
    recovery = walk.page.locator("#recovery-codes li").first.inner_text()
    walk.follow("I have kept them")
    walk.page.locator("header").get_by_text("Menu").click()
    walk.page.get_by_role("button", name="Sign out").click()

    _sign_in(walk, "")
    walk.reads("You are not signed in")
    service.clock.pass_by(timedelta(seconds=30))
    _sign_in(walk, app.at(service.clock()))
    walk.heading("Home")
    walk.go("/me")
    walk.follow("See it, or take it away")
    walk.reads("10 of your recovery codes were not used yet")
    _prove(walk, recovery)
    walk.press("Take the second factor away")
    walk.reads("Let the app read this picture")


def _prove(walk: Walk, code: str) -> None:
    walk.page.get_by_label("Password").fill(PASSWORD)
    walk.page.get_by_label("Code").fill(code)


def _sign_in(walk: Walk, code: str) -> None:
    walk.page.get_by_label("Login").fill("hr")
    _prove(walk, code)
    walk.press("Sign in")
