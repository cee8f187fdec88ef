"""The pages of temporary duties: a manager's path, what is typed wrong, what is sent twice, and what has changed."""

import re
from datetime import timedelta

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from config.officials.officials import find_official
from config.officials.permissions import Role
from tests.app.service.duty_people import add_duty_people
from tests.app.service.serving import Service

_FORM = {"employee_id": "E1", "series": "S1", "actions": ["view", "print"], "end": "friday", "reason": "covers <Eve>"}


@pytest.fixture
def service(service: Service) -> Service:
    add_duty_people(service)
    return service


def _granted(browser: TestClient, **changes: object) -> str:
    """Grant a duty, and give its page's address."""
    answer = browser.post("/duties/new", data=_FORM | {"step": "save", "key": "k"} | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def _send(browser: TestClient, duty: str, act: str, *, of: Response | None = None, **typed: str) -> Response:
    """Send a change of a duty, made of the page as it was shown."""
    page = (of or browser.get(duty)).text
    hidden = dict(re.findall(r'name="(version|seen)" value="([^"]*)"', page.replace("&#34;", "'")))
    return browser.post(f"{duty}/{act}", data={name: text.replace("'", '"') for name, text in hidden.items()} | typed)


def test_a_manager_sees_what_a_duty_would_mean_before_it_is_saved(service: Service) -> None:
    bo = service.signed_in("bo")
    assert "Ann Olson" in bo.get("/my-people").text
    assert 'value="E1" selected' in bo.get("/duties/new?employee_id=E1").text

    meaning = bo.post("/duties/new", data=_FORM | {"step": "preview", "key": "k"})
    assert meaning.status_code == 200
    assert "Nobody else has this access now." in meaning.text
    assert "through Friday 5 June 2026 (America/Chicago)" in meaning.text
    assert "No temporary duty" in bo.get("/duties").text

    duty = bo.get(_granted(bo)).text
    assert "in force" in duty
    assert "covers &lt;Eve&gt;" in duty
    assert "1 duty as of" in bo.get("/duties?state=in+force").text


def test_a_form_that_is_sent_twice_grants_once(service: Service) -> None:
    bo = service.signed_in("bo")

    assert _granted(bo) == _granted(bo)
    assert "1 duty as of" in bo.get("/duties").text


def test_a_form_that_was_sent_already_with_something_else_is_no_duty_unseen(service: Service) -> None:
    bo = service.signed_in("bo")
    _granted(bo)
    again = bo.post("/duties/new", data=_FORM | {"step": "save", "key": "k", "end": "+9d"})

    assert again.status_code == 409
    assert "This form was sent once already" in again.text
    assert 'value="+9d"' in again.text
    assert "1 duty as of" in bo.get("/duties").text


@pytest.mark.parametrize("step", ["preview", "save"])
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_still_stands(service: Service, step: str) -> None:
    answer = service.signed_in("bo").post("/duties/new", data=_FORM | {"step": step, "end": "<someday>", "series": ""})

    assert answer.status_code == 422
    assert "<title>Error: Grant a temporary duty" in answer.text
    assert 'href="#end"' in answer.text
    assert 'id="end-error"' in answer.text
    assert 'value="&lt;someday&gt;"' in answer.text
    assert "covers &lt;Eve&gt;</textarea>" in answer.text
    assert 'value="print" checked' in answer.text


@pytest.mark.parametrize("typed", [{"employee_id": "E4"}, {"employee_id": "E2"}, {"reason": "x" * 3_000}])
def test_nobody_gets_on_with_somebody_elses_people_or_themselves(service: Service, typed: dict[str, str]) -> None:
    answer = service.signed_in("bo").post("/duties/new", data=_FORM | {"step": "preview"} | typed)

    assert answer.status_code == 422
    assert f'id="{next(iter(typed))}-error"' in answer.text


def test_a_duty_is_extended_and_revoked_on_its_page(service: Service) -> None:
    bo = service.signed_in("bo")
    duty = _granted(bo)

    assert _send(bo, duty, "extended", end="+10d", reason="Eve is still away").status_code == 303
    assert "through Friday 12 June 2026" not in bo.get(duty).text
    assert "through Thursday 11 June 2026" in bo.get(duty).text
    assert _send(bo, duty, "revoked").status_code == 422
    service.clock.pass_by(timedelta(minutes=1))
    assert _send(bo, duty, "revoked", reason="Eve is back").status_code == 303
    page = bo.get(duty).text
    assert "Eve is back" in page
    assert "Revoke it" not in page


def test_a_change_of_what_has_changed_meanwhile_shows_both_and_keeps_what_was_typed(service: Service) -> None:
    bo, cy = service.signed_in("bo"), service.signed_in("cy")
    duty = _granted(bo)
    seen = bo.get(duty)
    assert _send(cy, duty, "extended", end="+10d").status_code == 303

    stale = _send(bo, duty, "extended", of=seen, end="+4d", reason="a little longer")
    assert stale.status_code == 412
    assert "in force, from Monday 1 June 2026, 10:00 through Friday 5 June 2026" in stale.text
    assert "in force, from Monday 1 June 2026, 10:00 through Thursday 11 June 2026" in stale.text
    assert 'value="a little longer"' in stale.text


def test_a_page_of_somebody_elses_people_is_not_there(service: Service) -> None:
    duty = _granted(service.signed_in("bo"))
    di = service.signed_in("di")

    assert di.get(duty).status_code == 404
    assert di.post(f"{duty}/revoked", data={"version": "*", "reason": "x"}).status_code == 404
    assert "Ann Olson" not in di.get("/my-people").text + di.get("/duties").text


def test_an_employee_asks_on_the_page_and_the_manager_approves(service: Service) -> None:
    ann, bo = service.signed_in("ann"), service.signed_in("bo")
    assert "Ask for a temporary duty" in ann.get("/duties/new").text
    duty = _granted(ann)

    assert "It is about you, so somebody else answers." in ann.get(duty).text
    assert "Waits for an answer or a second person" in bo.get("/my-people").text
    assert _send(bo, duty, "approved").status_code == 303
    assert "in force" in ann.get(duty).text


def test_whose_role_is_an_employees_is_not_shown_the_duties_of_those_below_them(service: Service) -> None:
    _granted(service.signed_in("bo"))
    with service.installation.change() as work:
        bo = find_official(work.session, "bo")
        assert bo is not None
        bo.roles = Role.EMPLOYEE
    page = service.signed_in("bo").get("/my-people").text

    assert ("Ann Olson" in page, "Your role here shows you yourself alone." in page) == (False, True)


def test_an_employee_who_asks_for_time_past_is_told_what_that_gives(service: Service) -> None:
    told = service.signed_in("ann").post("/duties/new", data=_FORM | {"start": "2026-05-28", "step": "preview"})

    assert "It starts in the past: what was done since then will read backdated, not authorized." in told.text


def test_a_change_with_a_reason_longer_than_is_kept_is_refused(service: Service) -> None:
    bo = service.signed_in("bo")
    refused = _send(bo, _granted(bo), "revoked", reason="because " * 1_000)

    assert (refused.status_code, "This is too long." in refused.text) == (422, True)


def test_a_back_dated_duty_is_confirmed_by_somebody_else_on_its_page(service: Service) -> None:
    bo, official = service.signed_in("bo"), service.signed_in("compliance_official")
    duty = _granted(bo, start="2026-05-28")

    assert "A second person" in bo.get(duty).text
    assert "Confirm it" not in bo.get(duty).text
    assert _send(official, duty, "confirmed").status_code == 303
    assert "confirmed" in bo.get(duty).text


def test_the_uses_of_a_duty_are_counted_where_asked_for(service: Service) -> None:
    bo = service.signed_in("bo")
    assert "<dd>none</dd>" in bo.get(f"{_granted(bo)}?uses=1").text
