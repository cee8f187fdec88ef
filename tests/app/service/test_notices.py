"""Notices are gathered from the record, each once, shown to whom they are for, and over when they are."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.notices.gather_notices import is_any_missing
from app.notices.kinds import KINDS
from app.notices.models import Choice
from app.notices.remove_old import KEPT, remove_old_notices
from app.schedule.keep_schedule import ask_for_what_is_due
from audit.logs.expected_logs import expect_logs
from audit.models import Finding
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import Job, JobKind, JobState, Outcome
from config.jobs.queue import end_job, taken_job
from config.recorded import current
from inventory.models import DataSeries
from inventory.publication_models import SeriesReview
from tests.app.service.notices import gather, notices, told
from tests.app.service.serving import Service
from tests.app.service.working import hidden, work_off
from tests.databases import on_both

_HEAD = "responsible_authority"
_OFFICIAL = "compliance_official"


@pytest.fixture
def city(service: Service) -> Service:
    """Give the service of a city where a job has failed."""
    fail_job(service, "hr")
    return service


def fail_job(service: Service, login: str) -> int:
    number = enqueue(service.installation, JobRequest(JobKind.VERIFY, None, login))
    with taken_job(service.installation, "w") as job:
        assert job is not None
        end_job(service.installation, job, JobState.FAILED, Outcome(("It is broken.",)))
    return number


def some_findings(service: Service, count: int) -> list[str]:
    with service.installation.read() as work:
        return list(work.session.exec(select(Finding.key).order_by(Finding.key).limit(count)))


def move(service: Service, login: str, keys: list[str], **to: str) -> None:
    answer = service.signed_in(login).post("/api/v1/findings/moves", json={"keys": keys, **to})
    assert [one["refusal"] for one in answer.json()["moves"]] == [""] * len(keys)


@on_both
def test_gathering_again_makes_nothing_twice_and_what_happened_unseen_is_told_later(city: Service) -> None:
    city.clock.pass_by(timedelta(days=3))  # nobody gathered in between
    gather(city)
    gather(city)

    assert told(city, "hr", "job") == ["job_failed"]
    assert not is_any_missing(city.installation)


def test_the_schedule_asks_for_it_where_there_is_anything_to_gather_and_at_the_start_of_what_was_missed(
    city: Service,
) -> None:
    ask_for_what_is_due(city.installation)
    city.clock.pass_by(timedelta(hours=3))
    ask_for_what_is_due(city.installation)
    work_off(city)
    assert told(city, "hr", "job") == ["job_failed"]

    city.clock.pass_by(timedelta(minutes=5))
    ask_for_what_is_due(city.installation)
    with city.installation.read() as work:
        names = work.session.exec(select(Job.scheduled_as)).all()
    assert names.count("notices") == 1


def test_a_failed_job_of_nobody_is_told_to_those_who_look_after_the_schedule(service: Service) -> None:
    fail_job(service, "schedule")
    gather(service)

    logins = ("administrator", _OFFICIAL, _HEAD, "hr", "manager", "auditor", "employee")
    assert [login for login in logins if told(service, login, "job")] == ["administrator", _OFFICIAL, _HEAD]


def test_findings_assigned_at_one_stroke_are_one_notice_which_is_over_once_they_are_dealt_with(
    town_service: Service,
) -> None:
    keys = some_findings(town_service, 2)
    move(town_service, _HEAD, keys, status="under_review", assignee=_OFFICIAL)
    gather(town_service)
    (one,) = [one for one in notices(town_service, _OFFICIAL) if one.kind == "finding_assigned"]
    assert (one.text, one.path) == (
        "2 findings are assigned to you.",
        f"/findings?status=under_review&assignee={_OFFICIAL}",
    )

    move(town_service, _OFFICIAL, keys[:1], status="open", note="not mine")
    gather(town_service)
    (one,) = [one for one in notices(town_service, _OFFICIAL) if one.kind == "finding_assigned"]
    assert one.text == f"Finding {keys[1]} is assigned to you."
    move(town_service, _OFFICIAL, keys[1:], status="open", note="not mine")
    gather(town_service)
    assert told(town_service, _OFFICIAL, "finding") == []


def test_who_assigns_to_themselves_is_told_nothing(town_service: Service) -> None:
    keys = some_findings(town_service, 1)
    move(town_service, _OFFICIAL, keys, status="under_review", assignee=_OFFICIAL)
    gather(town_service)

    assert told(town_service, _OFFICIAL, "finding") == []


def test_a_source_that_falls_silent_is_told_once_however_long_it_stays_so(town_service: Service) -> None:
    with town_service.installation.change() as work:
        expect_logs(work.session, "cad", cadence="daily", keeps_days=None, now=work.now, by=work.by)
    for _ in range(3):
        gather(town_service)
        town_service.clock.pass_by(timedelta(days=40))

    of_cad = [one.text for one in notices(town_service, _OFFICIAL) if one.kind == "log_missing" and one.thing == "cad"]
    assert len(of_cad) == 1
    assert "No records of cad of " in of_cad[0]


def test_who_applied_a_table_without_its_bad_rows_is_told_how_many_were_refused(service: Service) -> None:
    hr = service.signed_in("hr")
    table = "position_code,title,department\nP1,Clerk,Police\n,Nobody,Parks\n"
    place = hr.post("/imports/new", data={"kind": "positions"}, files={"file": ("positions.csv", table)}).headers[
        "location"
    ]
    work_off(service)
    gather(service)
    assert told(service, "hr", "rows") == []

    sent = {name: hidden(hr.get(place), name) for name in ("key", "stamp")}
    assert hr.post(f"{place}/apply", data=sent | {"skip": "yes"}).status_code == 303
    work_off(service)
    gather(service)
    (one,) = notices(service, "hr")
    assert (one.text, one.path) == ("A row was refused of the positions that you imported.", place)


def test_who_keeps_the_inventory_is_told_once_a_year_until_the_series_are_reviewed(town_service: Service) -> None:
    def reviews() -> list[str]:
        return [one.occasion for one in notices(town_service, _OFFICIAL) if one.kind == "review_due"]

    gather(town_service)
    before = reviews()
    town_service.clock.pass_by(timedelta(days=366))
    gather(town_service)
    town_service.clock.pass_by(timedelta(days=30))
    gather(town_service)

    assert [year for year in reviews() if year not in before] == ["2027"]
    assert told(town_service, "auditor", "review") == []
    with town_service.installation.change() as work:
        for code in work.session.exec(select(DataSeries.code).where(current(DataSeries))).all():
            review = SeriesReview(series=code, reviewed_at=work.now, reviewed_by="olga")
            work.session.add(review)
    gather(town_service)
    assert told(town_service, _OFFICIAL, "review") == []


def test_a_notice_is_marked_as_read_by_whom_it_is_for_alone(city: Service) -> None:
    gather(city)
    hr, other = city.signed_in("hr"), city.signed_in("administrator")
    (one,) = hr.get("/api/v1/notices", params={"unread": True}).json()["items"]
    assert "Job 1 (verify) failed." in hr.get("/").text

    assert other.post("/api/v1/notices/read", json={"ids": [one["id"]]}).json() == {"marked": 0}
    assert other.post("/notices/read", data={"notice": one["id"]}).status_code == 303
    assert "Mark as read" in hr.get("/notices").text
    assert hr.post("/notices/read", data={"notice": one["id"]}).status_code == 303

    assert hr.get("/api/v1/notices", params={"unread": True}).json()["items"] == []
    assert "Job 1 (verify) failed." not in hr.get("/").text
    assert "Job 1 (verify) failed." in hr.get("/notices", params={"all": True}).text


def test_what_one_may_no_longer_read_one_is_no_longer_told(city: Service) -> None:
    gather(city)
    version = city.signed_in("administrator").get("/api/v1/officials/hr").headers["etag"]
    changed = city.signed_in("administrator").put(
        "/api/v1/officials/hr", json={"roles": ["employee"]}, headers={"If-Match": version}
    )
    assert changed.status_code == 200

    assert city.signed_in("hr").get("/api/v1/notices").json()["items"] == []


def test_what_somebody_does_not_want_to_be_told_is_not_there_but_what_others_wait_for_stays(city: Service) -> None:
    hr = city.signed_in("hr")
    form = {"email": "", "version": hidden(hr.get("/me/notices"), "version")}
    assert hr.post("/me/notices", data=form | {"job_failed": "none"}).status_code == 303
    gather(city)
    assert told(city, "hr", "job") == []

    manager = city.signed_in("manager")
    form = {"email": "", "version": hidden(manager.get("/me/notices"), "version")}
    refused = manager.post("/me/notices", data=form | {"duty_to_approve": "none"})
    assert (refused.status_code, "others wait" in refused.text) == (422, True)


@pytest.mark.parametrize(
    "text", ["bo", "bo@", "bo@city.example, eve@else.example", "bo@city.example\nBcc: eve@else.example"]
)
def test_what_is_no_address_is_refused(service: Service, text: str) -> None:
    hr = service.signed_in("hr")
    form = {"email": text, "version": hidden(hr.get("/me/notices"), "version")}

    refused = hr.post("/me/notices", data=form)

    assert (refused.status_code, "This is no e-mail address" in refused.text) == (422, True)


def test_changing_the_address_ends_no_session_and_is_on_the_record(service: Service) -> None:
    hr = service.signed_in("hr")
    form = {"email": "hr@city.example", "version": hidden(hr.get("/me/notices"), "version")}
    assert hr.post("/me/notices", data=form).status_code == 303

    assert 'value="hr@city.example"' in hr.get("/me/notices").text
    changes = service.signed_in("auditor").get("/api/v1/changes", params={"thing": "officials", "limit": 1000}).text
    assert "hr@city.example" in changes


def test_old_notices_are_removed(city: Service) -> None:
    gather(city)
    city.clock.pass_by(KEPT + timedelta(days=1))

    assert remove_old_notices(city.installation) > 0
    gather(city)

    assert notices(city, "hr") == []


def test_every_kind_is_told_in_words_that_anybody_may_read() -> None:
    assert [kind.name for kind in KINDS if "{}" not in kind.several or "{" in kind.one] == []
    assert [kind.name for kind in KINDS if kind.is_needed and Choice.NONE in kind.choices] == []
