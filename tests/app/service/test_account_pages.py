"""One's own account in the browser, and the officials whom an administrator adds, changes and disables."""

import re
from datetime import timedelta

from starlette.testclient import TestClient

from config.officials.tokens import make_token
from tests.app.service.serving import PASSWORD, Service, sign_in
from tests.app.service.working import hidden

NEW = "seven copper lanterns over the quarry"


def _token_of(page: str) -> str:
    return str(re.findall(r"thirteen_[\w-]+", page)[0])


def test_a_token_is_shown_once_and_serves_for_its_acts_until_it_is_revoked(service: Service) -> None:
    official = service.signed_in("compliance_official")
    form = {"key": hidden(official.get("/me")), "acts": ["read"], "expires": "2026-06-30"}

    token = _token_of(official.post("/me/tokens", data=form).text)
    again = official.post("/me/tokens", data=form).text

    program = service.browser()
    program.headers["Authorization"] = f"Bearer {token}"
    assert program.get("/api/v1/sources").status_code == 200
    assert program.post("/api/v1/sources", json={}).status_code == 403
    assert token not in again + official.get("/me").text
    assert "This form was sent before" in again
    number = re.findall(r'name="token" value="(\w+)"', again)
    official.post("/me/tokens/revoke", data={"token": number[0]})
    assert len(number) == 1
    assert program.get("/api/v1/sources").status_code == 401


def test_a_token_cannot_make_another_or_change_the_password(service: Service) -> None:
    official = service.signed_in("compliance_official")
    form = {"key": "k", "acts": ["read", "change"], "expires": "2026-06-30"}
    program = service.browser()
    program.headers["Authorization"] = f"Bearer {_token_of(official.post('/me/tokens', data=form).text)}"

    assert program.post("/me/tokens", data={**form, "key": "other"}).status_code == 403
    change = {"present": PASSWORD, "new": NEW, "again": NEW}
    assert program.post("/me/password", data=change).status_code == 403


def test_a_token_for_all_that_its_official_may_makes_no_other_and_changes_no_password(service: Service) -> None:
    now = service.clock.now
    with service.installation.change() as work:
        token = make_token(
            work.session, "administrator", expires_at=now + timedelta(days=1), acts=(), now=work.now, by="test"
        )
    program = service.browser()
    program.headers["Authorization"] = f"Bearer {token}"
    version = {"If-Match": program.get("/api/v1/officials/hr").headers["etag"]}

    change, factor = {"present": PASSWORD, "new": NEW, "again": NEW}, {"present": PASSWORD}
    asked = [
        program.post("/me/tokens", data={"key": "k", "acts": ["read"], "expires": "2030-01-01"}),
        program.post("/api/v1/officials/hr/tokens", json={"expires": "2030-01-01", "acts": []}),
        program.post("/me/password", data=change),
        program.post("/api/v1/officials/hr/password", json={"password": NEW}, headers=version),
        program.post("/admin/officials/hr", data={"act": "password", "password": NEW}),
        program.post("/me/second-factor", data=factor),
        program.post("/me/second-factor/remove", data=factor),
    ]

    assert [answer.status_code for answer in asked] == [403] * len(asked)


def test_a_token_serves_until_its_day_has_ended_or_its_official_is_disabled(service: Service) -> None:
    official = service.signed_in("hr")
    form = {"acts": ["read"], "expires": "2026-06-02"}
    programs = [service.browser() for _ in range(2)]
    for key, program in enumerate(programs):
        made = official.post("/me/tokens", data={**form, "key": str(key)}).text
        program.headers["Authorization"] = f"Bearer {_token_of(made)}"
    service.clock.pass_by(timedelta(minutes=1))
    assert programs[0].get("/api/v1/employees").status_code == 200

    assert official.get("/me").text.count("<td>never</td>") == 1
    service.clock.pass_by(timedelta(hours=37, minutes=58))  # the day ends at 05:00 UTC
    assert programs[0].get("/api/v1/employees").status_code == 200
    administrator = service.signed_in("administrator")
    stands = administrator.get("/api/v1/officials/hr")
    off = {"roles": ["hr"], "disabled": True}
    administrator.put("/api/v1/officials/hr", json=off, headers={"If-Match": stands.headers["etag"]})
    assert programs[0].get("/api/v1/employees").status_code == 401
    stands = administrator.get("/api/v1/officials/hr")
    administrator.put(
        "/api/v1/officials/hr", json={**off, "disabled": False}, headers={"If-Match": stands.headers["etag"]}
    )
    assert programs[1].get("/api/v1/employees").status_code == 200
    service.clock.pass_by(timedelta(minutes=2))
    assert [program.get("/api/v1/employees").status_code for program in programs] == [401, 401]


def test_a_token_without_acts_or_a_day_is_refused_at_its_fields(service: Service) -> None:
    official = service.signed_in("hr")

    refused = official.post("/me/tokens", data={"expires": "<soon>"})

    assert refused.status_code == 422
    assert 'href="#acts-read"' in refused.text
    assert "Say on which day it serves last" in refused.text
    assert 'value="&lt;soon&gt;"' in refused.text


def test_sessions_are_listed_and_ended_by_their_own_official_alone(service: Service) -> None:
    first, second = service.signed_in("hr"), service.signed_in("hr")
    other = service.signed_in("auditor")
    (named,) = re.findall(r'name="session" value="(\w+)"', first.get("/me").text)

    other.post("/me/sessions/end", data={"session": named})
    assert second.get("/me").status_code == 200
    first.post("/me/sessions/end", data={"session": named})
    assert second.get("/me").status_code == 303
    third = service.signed_in("hr")
    third.post("/me/sessions/end")
    assert first.get("/me").status_code == 303
    assert third.get("/me").status_code == other.get("/me").status_code == 200


def test_a_changed_password_ends_the_other_sessions_and_guesses_have_to_wait(service: Service) -> None:
    mine, elsewhere = service.signed_in("hr"), service.signed_in("hr")
    change = {"present": PASSWORD, "new": NEW, "again": NEW}
    for field, wrong in (("again", "another"), ("new", "short"), ("present", "guess")):
        typed = {**change, field: wrong, **({"again": wrong} if field == "new" else {})}
        assert f'id="{field}-fault"' in mine.post("/me/password", data=typed).text

    assert mine.post("/me/password", data=change).status_code == 303

    assert mine.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 303
    assert sign_in(service.browser(), "hr").status_code == 422
    service.clock.pass_by(timedelta(seconds=1))
    guesses = [mine.post("/me/password", data={**change, "present": "guess"}).text for _ in range(4)]
    assert ["too many attempts" in page for page in guesses] == [False, False, False, True]
    service.clock.pass_by(timedelta(hours=2))
    assert sign_in(service.browser(), "hr", NEW).status_code == 303


def _page(browser: TestClient, login: str) -> dict[str, str]:
    return {"version": hidden(browser.get(f"/admin/officials/{login}"), "version")}


def test_an_official_is_added_with_a_password_that_is_shown_once(service: Service) -> None:
    browser = service.signed_in("administrator")
    form = {"login": "Kim", "name": "Kim Lund", "roles": ["hr", "auditor"]}

    made = browser.post("/admin/officials", data=form).text

    (password,) = re.findall(r">((?:\w{5}-){3}\w{5})<", made)
    assert sign_in(service.browser(), "kim", password).status_code == 303
    assert "hr, auditor" in made
    again = browser.post("/admin/officials", data=form)
    assert again.status_code == 422
    assert "is the login of an official already" in again.text
    assert 'value="Kim Lund"' in again.text


def test_a_login_that_no_address_can_hold_is_refused_at_its_field(service: Service) -> None:
    administrator = service.signed_in("administrator")

    for login in ("pat/jones", "pat jones", "pat\x1b"):
        refused = administrator.post("/admin/officials", data={"login": login, "roles": ["hr"]})

        assert refused.status_code == 422
        assert "is no login" in refused.text


def test_roles_state_and_password_of_an_official_are_changed_of_what_stands(service: Service) -> None:
    browser, hr = service.signed_in("administrator"), service.signed_in("hr")
    here = "/admin/officials/hr"
    stale = _page(browser, "hr")
    browser.post(here, data={**stale, "act": "save", "name": "H. R.", "roles": ["hr", "employee"]})

    assert "hr, employee" in browser.get(here).text
    assert hr.get("/me").status_code == 303
    refused = browser.post(here, data={**stale, "act": "save", "roles": ["auditor"], "name": "Other"})
    assert "administrator changed this official meanwhile" in refused.text
    assert 'value="Other"' in refused.text
    browser.post(here, data={**_page(browser, "hr"), "act": "disable"})
    assert sign_in(service.browser(), "hr").status_code == 422
    browser.post(here, data={**_page(browser, "hr"), "act": "enable"})
    service.clock.pass_by(timedelta(hours=2))
    browser = service.signed_in("administrator")
    given = browser.post(here, data={**_page(browser, "hr"), "act": "password", "password": NEW})
    assert given.status_code == 303
    assert sign_in(service.browser(), "hr", NEW).status_code == 303


def test_the_last_administrator_can_neither_be_disabled_nor_lose_the_role(service: Service) -> None:
    browser = service.signed_in("administrator")
    here = "/admin/officials/administrator"
    for change in ({"act": "disable"}, {"act": "save", "roles": ["hr"]}):
        refused = browser.post(here, data={**_page(browser, "administrator"), **change})
        assert refused.status_code == 422
        assert "is the last official who is administrator" in refused.text
