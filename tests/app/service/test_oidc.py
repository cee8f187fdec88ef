"""Signing in through an identity provider: who gets in, as what; and what forged, stale and foreign answers get."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from tests.app.service.forging_provider import ForgingProvider, forging_provider
from tests.app.service.oidc import MAPPING, begin, come_back, faults, provide, sign_in_at
from tests.app.service.serving import Service, sign_in

_KIM = {"preferred_username": "Kim", "name": "Kim Lund", "groups": ["Thirteen HR"], "employee_number": "E1"}


@pytest.fixture
def provider(service: Service, tmp_path: Path) -> Iterator[ForgingProvider]:
    with forging_provider(service.clock) as made:
        provide(service, made.issuer, tmp_path)
        made.claims = dict(_KIM)
        yield made


def _official(service: Service, login: str) -> dict[str, Any]:
    found = service.signed_in("administrator").get(f"/api/v1/officials/{login}")
    return dict(found.json())


def test_who_signs_in_becomes_an_official_with_the_roles_of_the_mapping(
    service: Service, provider: ForgingProvider
) -> None:
    browser = service.browser()

    assert sign_in_at(provider, browser, "/people").headers["location"] == "/people"

    assert browser.get("/people").status_code == 200
    made = _official(service, "kim")
    assert {name: made[name] for name in ("name", "roles", "employee_id", "recorded_by")} == {
        "name": "Kim Lund",
        "roles": ["hr"],
        "employee_id": "E1",
        "recorded_by": "identity provider",
    }
    assert faults(service) == [""]
    assert sign_in(service.browser(), "kim", "").status_code == 422


def test_what_the_provider_says_otherwise_is_changed_on_the_record_and_else_nothing(
    service: Service, provider: ForgingProvider
) -> None:
    first = service.browser()
    for _ in range(2):
        sign_in_at(provider, first)
    provider.claims |= {"groups": "Thirteen audits", "name": None, "employee_number": 7, "preferred_username": "other"}
    sign_in_at(provider, service.browser())

    assert first.get("/people").status_code == 303
    changes = service.signed_in("auditor").get("/api/v1/changes?thing=officials&limit=100").json()["items"]
    kim = [one for one in changes if (one["after"] or one["before"])["login"] == "kim"]
    assert [one["after"]["roles"] for one in kim] == ["hr", "compliance_official;auditor"]
    assert [(one["after"]["name"], one["after"]["employee_id"]) for one in kim] == [("Kim Lund", "E1")] * 2


def test_nobody_gets_in_whom_the_mapping_does_not_let_in(service: Service, provider: ForgingProvider) -> None:
    provider.claims |= {"groups": ["Everybody"], "sub": "<b>s-9</b>"}

    refused = sign_in_at(provider, service.browser())

    assert refused.status_code == 422
    assert "nobody has let you in" in refused.text
    assert "&lt;b&gt;s-9&lt;/b&gt;" in refused.text
    assert faults(service) == ["nobody"]


def test_a_login_that_is_anothers_here_is_taken_over_by_the_word_of_the_mapping_alone(
    service: Service, provider: ForgingProvider
) -> None:
    provider.claims |= {"preferred_username": "administrator"}
    assert "cannot be yours here" in sign_in_at(provider, service.browser()).text

    provider.claims |= {"sub": "s-pat", "groups": []}
    browser = service.browser()
    assert sign_in_at(provider, browser).status_code == 303

    assert browser.get("/admin/officials").status_code == 200
    assert service.signed_in("administrator").get("/").status_code == 200
    assert faults(service) == ["login", ""]


def test_who_was_disabled_and_the_last_of_an_office_are_refused(service: Service, provider: ForgingProvider) -> None:
    sign_in_at(provider, service.browser())
    administrator = service.signed_in("administrator")
    shown = administrator.get("/api/v1/officials/kim")
    body = {"roles": ["hr"], "disabled": True}
    administrator.put("/api/v1/officials/kim", json=body, headers={"If-Match": shown.headers["etag"]})
    assert "let you in no longer" in sign_in_at(provider, service.browser()).text
    provider.claims |= {"sub": "s-pat"}
    provide(
        service, provider.issuer, service.installation.settings.data_dir, MAPPING.replace('["administrator"]', '["hr"]')
    )

    assert "give it to somebody else first" in sign_in_at(provider, service.browser()).text

    assert faults(service) == ["", "disabled", "office"]


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another"}, "audience"),
        ({"aud": ["another", "thirteen"]}, "audience"),
        ({"azp": "another"}, "audience"),
        ({"iss": "https://example.org"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"sub": ""}, "claims"),
        ({"sub": "a\0b"}, "claims"),
        ({"exp": None}, "claims"),
        ({"exp": float("nan")}, "claims"),
    ],
)
def test_an_answer_that_says_something_else_is_refused_and_counted(
    service: Service, provider: ForgingProvider, claims: dict[str, object], fault: str
) -> None:
    provider.claims |= claims
    browser = service.browser()

    refused = sign_in_at(provider, browser)

    assert refused.status_code == 422
    assert "You are not signed in" in refused.text
    assert browser.get("/people").status_code == 303
    assert faults(service) == [fault]


@pytest.mark.parametrize(
    ("claim", "seconds", "fault"),
    [("exp", -59, ""), ("exp", -61, "expired"), ("iat", 59, ""), ("iat", 61, "clock"), ("nbf", 61, "clock")],
)
def test_clocks_may_differ_by_a_minute(
    service: Service, provider: ForgingProvider, claim: str, seconds: int, fault: str
) -> None:
    provider.claims |= {claim: int(service.clock().timestamp()) + seconds}

    sign_in_at(provider, service.browser())

    assert faults(service) == [fault]


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_signature_that_anybody_could_make_is_refused(
    service: Service, provider: ForgingProvider, algorithm: str
) -> None:
    provider.algorithm = algorithm
    assert sign_in_at(provider, service.browser()).status_code == 422
    assert faults(service) == ["signature"]


def test_a_key_that_is_not_the_providers_signs_nothing_and_a_new_one_of_its_does(
    service: Service, provider: ForgingProvider
) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "first"})
    sign_in_at(provider, service.browser())
    provider.signs_with = provider.key = RSAKey.generate_key(2048, {"kid": "second"})
    sign_in_at(provider, service.browser())
    service.clock.pass_by(timedelta(minutes=2))
    sign_in_at(provider, service.browser())

    assert faults(service) == ["signature", "signature", ""]
    assert provider.asked.count("/keys") == 2


def test_an_answer_serves_once_in_the_browser_that_began_and_for_ten_minutes(
    service: Service, provider: ForgingProvider
) -> None:
    browser, other = service.browser(), service.browser()
    brought = provider.sign_in(begin(browser))
    assert "belongs to no sign-in" in come_back(other, brought).text
    begin(other)
    assert "belongs to no sign-in" in come_back(other, brought).text
    assert come_back(browser, {**brought, "state": ""}).status_code == 422
    assert faults(service) == ["state"] * 3
    late = service.browser()
    brought = provider.sign_in(begin(late))
    service.clock.pass_by(timedelta(minutes=11))
    assert "More than ten minutes" in come_back(late, brought).text

    again = service.browser()
    brought = provider.sign_in(begin(again))
    kept = again.cookies["__Host-begun"]
    assert come_back(again, brought).status_code == 303
    assert "__Host-begun" not in again.cookies
    again.cookies.set("__Host-begun", kept, domain="localhost.local", path="/")
    service.clock.pass_by(timedelta(seconds=10))
    assert "does not know the code" in come_back(again, brought).text
    provider.redeems_again = True
    again.cookies.set("__Host-begun", kept, domain="localhost.local", path="/")
    service.clock.pass_by(timedelta(minutes=1))
    assert "was used already" in come_back(again, brought).text
    assert faults(service) == ["state", "state", "state", "late", "", "code", "replayed"]


def test_an_error_that_the_provider_reports_and_another_issuer_are_refused(
    service: Service, provider: ForgingProvider
) -> None:
    for more, fault in (({"error": "access_denied"}, "reported"), ({"iss": "https://example.org"}, "issuer")):
        browser = service.browser()
        brought = provider.sign_in(begin(browser))
        assert come_back(browser, {**brought, **more}).status_code == 422
        assert faults(service)[-1] == fault
    figures = service.signed_in("administrator").get("/metrics").text
    assert 'thirteen_sign_in_attempts{fault="reported",way="oidc"} 1.0' in figures
    assert 'thirteen_sign_in_attempts{fault="none",way="password"} 1.0' in figures


def test_what_was_not_signed_is_asked_for_and_believed_of_the_same_person_alone(
    service: Service, provider: ForgingProvider
) -> None:
    provider.more = {"sub": "s-1", "groups": ["Thirteen HR"]}
    provider.claims |= {"groups": None}
    assert sign_in_at(provider, service.browser()).status_code == 303
    provider.more["sub"] = "s-2"
    assert "nobody has let you in" in sign_in_at(provider, service.browser()).text


def test_a_provider_that_is_down_keeps_nobody_from_a_password(service: Service, tmp_path: Path) -> None:
    provide(service, "http://127.0.0.1:9", tmp_path)

    refused = service.browser().get("/sign-in/oidc?next=/people")

    assert refused.status_code == 503
    assert "cannot be reached now" in refused.text
    assert 'name="then" value="/people"' in refused.text
    assert service.signed_in("administrator").get("/").status_code == 200
    assert faults(service) == ["unreachable"]


@pytest.mark.parametrize("way_out", ["", "http://example.org/out", "https://example.org/out?of=city"])
def test_a_provider_without_a_safe_way_out_is_said_to_be_left_by_oneself(
    service: Service, provider: ForgingProvider, way_out: str
) -> None:
    provider.says = {"end_session_endpoint": way_out} if way_out else {}
    provider.claims |= {"long": "x" * 4_000}
    browser = service.browser()
    sign_in_at(provider, browser)

    shown = browser.get(browser.post("/sign-out").headers["location"]).text

    is_safe = way_out.startswith("https")
    assert (f'href="{way_out}&amp;client_id=thirteen"' in shown) == is_safe
    assert ("close the browser" in shown) != is_safe


def test_who_signed_in_with_a_password_is_led_to_no_provider(service: Service, provider: ForgingProvider) -> None:
    browser = service.browser()
    sign_in_at(provider, browser)
    sign_in(browser, "hr")

    assert browser.post("/sign-out").headers["location"] == "/sign-in"


def test_a_mapping_that_is_none_is_not_shown_to_who_is_not_signed_in(service: Service, tmp_path: Path) -> None:
    provide(service, "http://127.0.0.1:9", tmp_path, "secrets")
    browser = service.browser()

    for path in ("/sign-in/oidc", "/sign-in/oidc/answer"):
        answer = browser.get(path)
        assert "is not set up rightly here" in answer.text
        assert "secrets" not in answer.text
    assert service.signed_in("hr").get("/").status_code == 200


def test_without_a_provider_there_is_no_such_way(service: Service) -> None:
    assert service.browser().get("/sign-in/oidc").status_code == 404
    assert "/sign-in/oidc" not in service.browser().get("/sign-in").text
