"""The home page tells granters and holders which duties end soon, and what those that ended were used for."""

from datetime import timedelta

import pytest

from app.jobs.work import do_next
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from tests.app.service.duty_people import add_duty_people
from tests.app.service.serving import Service

_FORM = {"employee_id": "E1", "series": "S1", "actions": ["view"], "end": "+5d", "reason": "covers for Eve"}
_BO, _ANN = "The duty of Ann Olson for ", "Your duty for "


@pytest.fixture
def service(service: Service) -> Service:
    add_duty_people(service)
    answer = service.signed_in("bo").post("/duties/new", data=_FORM | {"step": "save", "key": "k"})
    assert answer.status_code == 303, answer.text
    return service


def home(service: Service, login: str) -> str:
    return service.signed_in(login).get("/").text


def test_granter_and_holder_are_told_three_days_before_the_end_and_nobody_else(service: Service) -> None:
    assert _BO not in home(service, "bo")
    service.clock.pass_by(timedelta(days=3))

    assert f"{_BO}" in home(service, "bo")
    assert f"{_ANN}" in home(service, "ann")
    for login in ("cy", "di", "compliance_official", "administrator"):
        assert "Duties that end" not in home(service, login), login


def test_after_the_end_they_are_told_what_it_was_used_for(service: Service) -> None:
    service.clock.pass_by(timedelta(days=7))
    assert "its uses are not counted yet" in home(service, "bo")

    enqueue(service.installation, JobRequest(JobKind.REMINDERS, None, "schedule"))
    do_next(service.installation, "w")

    assert "it was never used, by the logs imported until" in home(service, "bo")
    assert "it was never used" in home(service, "ann")
    service.clock.pass_by(timedelta(days=14))
    assert "Duties that ended" not in home(service, "bo")
