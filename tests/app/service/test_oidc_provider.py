"""Signing in through a provider that others made, on a port of this machine: there, its form, and back."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from tests.app.service.oidc import begin, come_back, faults, provider_of_others
from tests.app.service.serving import Service


@pytest.fixture
def issuer(service: Service, tmp_path: Path) -> Iterator[str]:
    """Give the address of a provider that knows Kim."""
    with provider_of_others(service, tmp_path) as address:
        yield address


def _answered(address: str, **form: str) -> dict[str, str]:
    """Send the provider's own form, and give what the browser brings back."""
    answer = httpx2.post(address, data=form)
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def test_who_the_provider_knows_and_the_mapping_lets_in_is_signed_in(service: Service, issuer: str) -> None:
    browser = service.browser()
    address = begin(browser, "/people")
    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{issuer}/oauth2/authorize?")
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")

    answer = come_back(browser, _answered(address, sub="s-kim"))

    assert answer.headers["location"] == "/people"
    assert "Kim Lund" in browser.get("/people").text


def test_who_came_through_it_is_shown_the_way_out_of_it_once(service: Service, issuer: str) -> None:
    browser = service.browser()
    come_back(browser, _answered(begin(browser), sub="s-kim"))
    there = browser.post("/sign-out").headers["location"]
    (address,) = re.findall(r'href="(http[^"]+)"', browser.get(there).text)
    asked = dict(parse_qsl(urlsplit(unescape(address)).query))

    assert address.startswith(f"{issuer}/oauth2/end_session?")
    assert (asked["client_id"], asked["id_token_hint"].count(".")) == ("thirteen", 2)
    assert httpx2.get(unescape(address)).status_code == 200
    assert browser.get("/people").status_code == 303
    assert browser.get(there).headers["location"] == "/sign-in"


def test_who_it_does_not_sign_in_or_nobody_let_in_is_refused(service: Service, issuer: str) -> None:
    assert issuer
    # where somebody denies, this provider leaves out the state, against the standard
    for form, fault in (({"action": "deny"}, "state"), ({"sub": "s-other"}, "nobody")):
        browser = service.browser()
        assert come_back(browser, _answered(begin(browser), **form)).status_code == 422
        assert faults(service)[-1] == fault


def test_a_code_of_its_serves_once(service: Service, issuer: str) -> None:
    assert issuer
    browser = service.browser()
    brought = _answered(begin(browser), sub="s-kim")
    kept = browser.cookies["__Host-begun"]
    assert come_back(browser, brought).status_code == 303
    browser.cookies.set("__Host-begun", kept, domain="localhost.local", path="/")

    assert come_back(browser, brought).status_code == 422
    assert faults(service) == ["", "code"]
