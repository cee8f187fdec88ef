"""A second factor: set up by its official, asked for with the password, once for each code, and taken away again."""

import re
from datetime import timedelta

import pyotp
import pytest
from starlette.testclient import TestClient

from config.officials.officials import change_official
from config.officials.passwords import hash_password
from tests.app.service.serving import PASSWORD, Service, sign_in
from tests.app.service.working import hidden

_HERE = "/me/second-factor"
_CODE = re.compile(r"<li>((?:\w{4}-){3}\w{4})</li>")


def _set_up(service: Service, browser: TestClient) -> tuple[str, list[str]]:
    secret = hidden(browser.get(_HERE), "secret")
    made = browser.post(_HERE, data={"secret": secret, "present": PASSWORD, "one_time_code": _code(service, secret)})
    assert made.status_code == 200, made.text
    return secret, _CODE.findall(made.text)


def _code(service: Service, secret: str) -> str:
    return pyotp.TOTP(secret).at(service.clock())


def _next_code(service: Service, secret: str) -> str:
    service.clock.pass_by(timedelta(seconds=30))
    return _code(service, secret)


def _status(service: Service, code: str = "", password: str = PASSWORD) -> int:
    form = {"login": "hr", "password": password, "one_time_code": code}
    return service.browser().post("/sign-in", data=form).status_code


def test_the_password_needs_a_code_once_it_is_set_up_and_each_code_serves_once(service: Service) -> None:
    mine, elsewhere = service.signed_in("hr"), service.signed_in("hr")
    secret, codes = _set_up(service, mine)

    assert (mine.get("/me").status_code, elsewhere.get("/me").status_code) == (200, 303)
    assert _status(service, _code(service, secret)) == 422  # the one by which it was set up
    code = _next_code(service, secret)
    assert _status(service, code) == 303
    assert _status(service, code) == 422
    assert _status(service) == 422
    service.clock.pass_by(timedelta(minutes=20))
    assert len(set(codes)) == 10
    assert _status(service, codes[0].upper().replace("-", " ")) == 303
    assert _status(service, codes[0]) == 422
    assert "9 of your recovery codes" in mine.get(_HERE).text
    assert secret not in mine.get(_HERE).text


def test_a_wrong_code_is_answered_as_a_wrong_password_and_waits_as_one(service: Service) -> None:
    secret, _ = _set_up(service, service.signed_in("hr"))
    browser = service.browser()
    service.clock.pass_by(timedelta(seconds=1))

    answers = [
        browser.post("/sign-in", data={"login": login, "password": password, "one_time_code": code}).text
        for login, password, code in (
            ("hr", PASSWORD, "000000"),
            ("hr", "wrong", "000000"),
            ("hr", PASSWORD, "1"),
            ("no", PASSWORD, "1"),
        )
    ]

    assert len({answer.replace('value="hr"', "").replace('value="no"', "") for answer in answers}) == 1
    assert "too many attempts" in browser.post("/sign-in", data={"login": "hr", "password": PASSWORD}).text
    service.clock.pass_by(timedelta(seconds=2))
    assert _status(service, _next_code(service, secret)) == 303


@pytest.mark.parametrize(("field", "wrong"), [("present", "a guess"), ("one_time_code", "000000"), ("secret", "A")])
def test_it_is_set_up_by_who_knows_the_password_and_whose_app_has_the_secret(
    service: Service, field: str, wrong: str
) -> None:
    browser = service.signed_in("hr")
    secret = hidden(browser.get(_HERE), "secret")
    form = {"secret": secret, "present": PASSWORD, "one_time_code": _code(service, secret), field: wrong}

    refused = browser.post(_HERE, data=form)

    assert refused.status_code == 422
    assert f'id="{"one_time_code" if field == "secret" else field}-fault"' in refused.text
    assert (hidden(refused, "secret") == secret) is (field != "secret")
    assert _status(service) == 303


def test_it_is_taken_away_with_password_and_code(service: Service) -> None:
    browser = service.signed_in("hr")
    secret, _ = _set_up(service, browser)
    for form in (
        {"present": PASSWORD},
        {"present": "a guess long enough", "one_time_code": _next_code(service, secret)},
    ):
        assert browser.post(f"{_HERE}/remove", data=form).status_code == 422

    form = {"present": PASSWORD, "one_time_code": _next_code(service, secret)}
    assert browser.post(f"{_HERE}/remove", data=form).status_code == 303

    assert browser.get("/me").status_code == 200
    assert _status(service) == 303


def test_an_administrator_resets_anothers_on_the_record(service: Service) -> None:
    browser = service.signed_in("hr")
    _set_up(service, browser)
    administrator, here = service.signed_in("administrator"), "/admin/officials/hr"

    page = administrator.get(here)
    assert administrator.post(here, data={"version": hidden(page, "version"), "act": "reset"}).status_code == 303

    assert browser.get("/me").status_code == 303
    assert _status(service) == 303
    changes = service.signed_in("auditor").get("/api/v1/changes?thing=second factors").json()["items"]
    assert [(one["by"], one["after"] is None) for one in changes] == [("hr", False), ("administrator", True)]
    assert "secret" not in str(changes)


def test_an_administrator_resets_it_over_json_of_what_stands(service: Service) -> None:
    _set_up(service, service.signed_in("hr"))
    administrator, here = service.signed_in("administrator"), "/api/v1/officials/hr"
    shown = administrator.get(here)
    assert shown.json()["second_factor"]

    assert administrator.delete(f"{here}/second-factor").status_code == 428
    header = {"If-Match": shown.headers["etag"]}
    assert administrator.delete(f"{here}/second-factor", headers=header).status_code == 204

    assert not administrator.get(here).json()["second_factor"]


def test_where_it_is_demanded_nothing_else_is_open_before_it_is_set_up(service: Service) -> None:
    object.__setattr__(
        service.installation,
        "settings",
        service.installation.settings.model_copy(update={"second_factor_roles": {"hr"}}),
    )
    browser = service.signed_in("hr")

    for path in ("/", "/me", "/people", "/search"):
        assert browser.get(path).headers["location"] == _HERE
    assert browser.post("/me/tokens", data={"acts": ["read"], "expires": "2026-06-30"}).headers["location"] == _HERE
    assert browser.get("/api/v1/employees").status_code == 403
    _set_up(service, browser)
    assert browser.get("/people").status_code == 200
    assert service.signed_in("auditor").get("/").status_code == 200


def test_a_short_password_serves_beside_a_second_factor_alone(service: Service) -> None:
    browser, short = service.signed_in("hr"), "kV4 tu9q"
    change = {"present": PASSWORD, "new": short, "again": short}
    assert browser.post("/me/password", data=change).status_code == 422
    secret, _ = _set_up(service, browser)
    changed = browser.post("/me/password", data=change)
    assert changed.status_code == 303, changed.text

    form = {"present": short, "one_time_code": _next_code(service, secret)}
    assert "change it to a longer one first" in browser.post(f"{_HERE}/remove", data=form).text
    with service.installation.change() as work:
        change_official(work.session, "hr", now=work.now, by="test", password=hash_password(short, has_factor=True))
    administrator = service.signed_in("administrator")
    page = administrator.get("/admin/officials/hr")
    administrator.post("/admin/officials/hr", data={"version": hidden(page, "version"), "act": "reset"})
    again = service.browser()
    assert sign_in(again, "hr", short).status_code == 303
    assert again.get("/people").headers["location"] == _HERE
