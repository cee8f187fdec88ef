"""Granters, holders, managers and who stands in for them are told of temporary duties, each once."""

import html
import re
from datetime import timedelta

import pytest

from app.jobs.work import do_next
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from tests.app.service.duty_people import add_duty_people
from tests.app.service.notices import gather, notices, told
from tests.app.service.serving import Service

_FORM = {"employee_id": "E1", "series": "S1", "actions": ["view"], "end": "+5d", "reason": "covers for Eve"}
_NOBODY_ELSE = ("cy", "di", "compliance_official", "administrator")


@pytest.fixture
def service(service: Service) -> Service:
    add_duty_people(service)
    return service


def send(service: Service, login: str, **changes: object) -> str:
    """Send the form of a duty, and give its page."""
    answer = service.signed_in(login).post("/duties/new", data=_FORM | changes | {"step": "save", "key": f"{changes}"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def decide(service: Service, login: str, page: str, act: str, **sent: str) -> None:
    browser = service.signed_in(login)
    version = re.findall(r'name="version" value="([^"]*)"', browser.get(page).text)[0]
    answer = browser.post(f"{page}/{act}", data={"version": html.unescape(version), **sent})
    assert answer.status_code == 303, answer.text


def test_a_duty_is_told_to_its_holder_its_end_to_the_granter_too_and_to_nobody_else(service: Service) -> None:
    send(service, "bo")
    gather(service)
    assert (told(service, "ann"), told(service, "bo")) == (["duty_granted"], [])

    service.clock.pass_by(timedelta(days=3))
    gather(service)
    assert (told(service, "ann"), told(service, "bo")) == (["duty_ending", "duty_granted"], ["duty_ending"])
    assert "The duty of Ann Olson for " in service.signed_in("bo").get("/").text
    assert "Your duty for " in service.signed_in("ann").get("/").text
    assert [told(service, login) for login in _NOBODY_ELSE] == [[]] * len(_NOBODY_ELSE)


def test_after_the_end_they_are_told_what_it_was_used_for_once_that_is_counted(service: Service) -> None:
    send(service, "bo")
    service.clock.pass_by(timedelta(days=6, hours=12))
    gather(service)
    assert "duty_ended" not in told(service, "bo")

    enqueue(service.installation, JobRequest(JobKind.REMINDERS, None, "schedule"))
    do_next(service.installation, "w")
    gather(service)
    (text,) = (one.text for one in notices(service, "bo") if one.kind == "duty_ended")
    assert "it was never used, by the logs imported until" in text


def test_after_two_days_they_are_told_of_the_end_whether_or_not_uses_are_counted(service: Service) -> None:
    send(service, "bo")
    service.clock.pass_by(timedelta(days=8))
    gather(service)

    (text,) = (one.text for one in notices(service, "ann") if one.kind == "duty_ended")
    assert "its uses are not counted yet" in text


def test_what_is_asked_for_goes_to_the_manager_and_who_stands_in_until_somebody_answers(service: Service) -> None:
    asked = service.signed_in("bo").post(
        "/my-people/delegations", data={"delegate": "E4", "start": "", "end": "2026-06-10", "key": "d"}
    )
    assert asked.status_code == 303, asked.text
    page = send(service, "ann")
    gather(service)
    assert [told(service, login) for login in ("bo", "di", "cy", "compliance_official")] == [
        *(["duty_to_approve"], ["duty_to_approve"], [], [])
    ]

    decide(service, "di", page, "refused", reason="Eve is back")
    gather(service)
    assert [one.text for one in notices(service, "ann")] == ["Your duty for Case files was refused: Eve is back"]
    (over,) = notices(service, "bo")
    assert over.over_at is not None


def test_who_asked_is_told_that_less_was_approved_and_why(service: Service) -> None:
    page = send(service, "ann")
    decide(service, "bo", page, "approved", end="2026-06-02", reason="a day will do")
    gather(service)

    (one,) = notices(service, "ann")
    assert one.text == "Your duty for Case files was approved for less than was asked for: a day will do"


def test_where_no_manager_above_signs_in_all_who_may_decide_about_everybody_are_told(service: Service) -> None:
    for login in ("bo", "cy", "manager"):
        answer = service.signed_in("administrator").post(f"/admin/officials/{login}", data=_disabling(service, login))
        assert answer.status_code == 303, answer.text
    send(service, "ann")
    gather(service)

    assert [told(service, login) for login in ("compliance_official", "responsible_authority", "di")] == [
        *(["duty_to_approve"], ["duty_to_approve"], [])
    ]


def test_who_granted_what_reaches_into_the_past_is_not_who_is_asked_to_confirm_it(service: Service) -> None:
    page = send(service, "bo", start="2026-05-20")
    gather(service)
    assert (told(service, "bo"), told(service, "cy")) == ([], ["duty_to_confirm"])

    decide(service, "cy", page, "confirmed")
    gather(service)
    assert (told(service, "bo"), told(service, "ann")) == (["duty_answered"], ["duty_granted"])


def _disabling(service: Service, login: str) -> dict[str, str]:
    page = service.signed_in("administrator").get(f"/admin/officials/{login}").text
    return {"act": "disable", "version": re.findall(r'name="version" value="([^"]*)"', page)[0]}
