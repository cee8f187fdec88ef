"""Signing in through the city's identity provider, and out of both, on a telephone's width and without scripts."""

from pathlib import Path

from tests.app.service.oidc import provider_of_others
from tests.app.service.serving import Service
from tests.browser.conftest import Site


def test_who_comes_through_the_provider_is_led_out_of_it_too(new_site: tuple[Site, Service], tmp_path: Path) -> None:
    site, service = new_site
    walk = site.visitor(width=320, scripts=False)
    walk.page.route("https://**", lambda route: route.abort())  # the provider's pages ask for a style from elsewhere
    with provider_of_others(service, tmp_path) as address:
        walk.go("/sign-in")
        walk.page.get_by_role("link", name="Sign in with the city's account").click()
        walk.page.locator("input[name=sub]").fill("s-kim")
        walk.page.get_by_role("button", name="Authorize").click()
        walk.heading("Home")
        walk.noted.clear()  # the pages of the provider are its own matter
        walk.page.locator("header").get_by_text("Menu").click()
        walk.page.get_by_role("button", name="Sign out").click()
        walk.heading("Signed out")
        walk.check()
        walk.page.get_by_role("link", name="Sign out there too").click()
        walk.page.wait_for_url(f"{address}/oauth2/end_session?**")
