"""Signing in: who gets in, how long it lasts, and what those who guess get."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from config.officials import passwords
from config.officials import sign_in as signing_in
from config.officials.officials import change_official
from config.officials.sessions import end_all_of
from config.web.signed_in import SESSION_COOKIE
from tests.app.service.serving import Service, sign_in


def test_who_signs_in_is_known_until_they_sign_out(service: Service) -> None:
    browser = service.signed_in("hr")

    assert "Hr" in browser.get("/").text
    browser.post("/sign-out")
    assert browser.get("/").headers["location"] == "/sign-in?next=/"


def test_the_login_is_read_in_any_case(service: Service) -> None:
    assert sign_in(service.browser(), " HR ").status_code == 303


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(service: Service) -> None:
    wrong = sign_in(service.browser(), "hr", "something else altogether")
    unknown = sign_in(service.browser(), "nobody", "something else altogether")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text.replace('value="hr"', "") == unknown.text.replace('value="nobody"', "")


def test_whoever_is_refused_was_looked_at_as_long(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[str]()

    def recognises(known: str, typed: str) -> bool:
        looked.append(typed)
        return passwords.recognises(known, typed)

    monkeypatch.setattr(signing_in, "recognises", recognises)
    with service.installation.change() as work:
        change_official(work.session, "auditor", now=work.now, by="test", disabled=True)
        change_official(work.session, "manager", now=work.now, by="test", password="")

    for login in ("nobody", "auditor", "manager", "hr"):
        assert sign_in(service.browser(), login, "something else altogether").status_code == 422
        service.clock.pass_by(timedelta(minutes=1))

    assert looked == ["something else altogether"] * 4


def test_each_further_attempt_in_vain_waits_longer(service: Service) -> None:
    waits = []
    for _ in range(6):
        seconds = 0
        while "too many attempts" in sign_in(service.browser(), "hr", "wrong").text:
            service.clock.pass_by(timedelta(seconds=1))
            seconds += 1
        waits.append(seconds)

    assert waits == [0, 0, 0, 1, 2, 4]


def test_mistakes_of_others_at_the_same_address_keep_nobody_waiting(service: Service) -> None:
    for number in range(20):
        assert sign_in(service.browser(), f"somebody{number}", "wrong").status_code == 422

    assert sign_in(service.browser(), "hr").status_code == 303


def test_one_address_that_tries_one_login_after_the_other_has_to_wait(service: Service) -> None:
    said = [sign_in(service.browser(), f"somebody{number}", "wrong").text for number in range(31)]

    assert [number for number, text in enumerate(said) if "too many attempts" in text] == [30]


def test_guesses_from_elsewhere_keep_nobody_out_where_they_signed_in_lately(service: Service) -> None:
    assert sign_in(service.browser(), "hr").status_code == 303
    service.clock.pass_by(timedelta(days=1))
    for number in range(4):
        sign_in(service.browser(f"192.0.2.{number}"), "hr", "wrong")

    assert "too many attempts" in sign_in(service.browser("192.0.2.9"), "hr").text
    assert sign_in(service.browser(), "hr").status_code == 303


def test_of_many_sign_ins_at_once_two_are_looked_at_and_nobody_else_waits_for_them(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, go_on = list[str](), Event()

    def recognises(_: str, typed: str) -> bool:
        looked_at.append(typed)
        return go_on.wait(60) and False

    monkeypatch.setattr(signing_in, "recognises", recognises)
    browser = service.browser()
    with browser, ThreadPoolExecutor(50) as at_once:  # more than the threads that all other requests share
        sent = [at_once.submit(sign_in, browser, f"somebody{number}") for number in range(45)]
        answered = browser.get("/health/ready").status_code
        seen = len(looked_at)
        go_on.set()
        statuses = {one.result().status_code for one in sent}

    assert (answered, statuses) == (200, {422})
    assert seen <= 2


@pytest.mark.parametrize(("minutes", "lasts"), [(29, True), (31, False)])
def test_a_session_that_is_not_used_ends(service: Service, minutes: int, lasts: bool) -> None:  # noqa: FBT001 - a case
    browser = service.signed_in("hr")
    service.clock.pass_by(timedelta(minutes=minutes))

    assert (browser.get("/").status_code == 200) is lasts


def test_a_session_ends_after_twelve_hours_of_use(service: Service) -> None:
    browser = service.signed_in("hr")
    answers = []
    for _ in range(37):
        service.clock.pass_by(timedelta(minutes=20))
        answers.append(browser.get("/").status_code)

    assert answers.count(200) == 35
    assert answers[-1] == 303


@pytest.mark.parametrize("change", [{"disabled": True}, {"roles": "auditor"}])
def test_a_change_of_an_official_signs_them_out(service: Service, change: dict[str, object]) -> None:
    browser = service.signed_in("hr")
    service.clock.pass_by(timedelta(seconds=1))
    with service.installation.change() as work:
        change_official(work.session, "hr", now=work.now, by="test", **change)

    assert browser.get("/").status_code == 303
    assert sign_in(service.browser(), "hr").status_code == (422 if "disabled" in change else 303)


def test_the_cookie_is_sent_to_this_host_alone_and_no_script_reads_it(service: Service) -> None:
    kept = sign_in(service.browser(), "hr").headers["set-cookie"].casefold()

    assert kept.startswith(SESSION_COOKIE.casefold())
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip() for part in kept.split(";")}
    assert "domain=" not in kept


@pytest.mark.parametrize("then", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(service: Service, then: str) -> None:
    assert sign_in(service.browser(), "hr", then=then).headers["location"] == "/"


def test_a_scheme_that_is_none_of_ours_proves_nobody(service: Service) -> None:
    header = {"Authorization": "Basic x"}
    assert service.signed_in("auditor").get("/findings", headers=header).status_code == 200
    assert service.browser().get("/findings", headers=header).status_code == 303


def test_who_was_recognised_a_moment_ago_is_let_in_no_more_once_the_session_was_ended(service: Service) -> None:
    browser = service.signed_in("auditor")
    assert [browser.get("/findings").status_code for _ in range(2)] == [200, 200]
    with service.installation.aside() as work:
        end_all_of(work.session, "auditor", now=work.clock)

    assert browser.get("/findings").status_code == 303
