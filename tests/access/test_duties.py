"""What becomes of a temporary duty: granted, asked for, confirmed, extended, revoked; and what nobody may."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from access.answer_request import approve_duty, refuse_duty
from access.change_duty import Decider
from access.confirm_duty import confirm_duty
from access.duty_terms import read_duty_terms
from access.extend_duty import extend_duty
from access.find_duty import Duty, find_duty
from access.list_duties import STATES, DutyList
from access.models import TemporaryDuty
from access.people_below import Reach, people_below
from access.request_duty import request_duty
from access.revoke_duty import revoke_duty
from config.errors import Conflict, InvalidFields, NotFound, NotPermitted
from config.settings import Settings
from config.work import Work
from tests.access.duties_at_work import (
    ANN,
    BO,
    CY,
    EVERYBODY,
    FRIDAY_MIDNIGHT,
    OFFICIAL,
    TUESDAY,
    City,
    asked_for,
    found_city,
)
from tests.databases import on_both


@pytest.fixture
def city(engine: Engine, settings: Settings) -> City:
    return found_city(engine, settings)


def _grants(city: City) -> int:
    with city.installation.read() as work:
        return work.session.exec(select(func.count()).select_from(TemporaryDuty)).one()


def _found(work: Work, duty: str) -> Duty:
    return find_duty(work.session, duty, reach=EVERYBODY)


def _asked(city: City, **changes: str) -> str:
    with city.installation.change() as work:
        return request_duty(work, read_duty_terms(work, asked_for(**changes), reach=ANN.reach), by=ANN).id


def test_a_duty_holds_from_now_until_the_end_of_the_last_day(city: City) -> None:
    duty = city.grant()

    assert duty.row is not None
    assert (duty.row.start, duty.row.end, duty.row.granted_by) == (duty.row.recorded_at, FRIDAY_MIDNIGHT, "E2")
    assert duty.state(city.now + timedelta(seconds=1)) == "in force"
    city.pass_by(days=4)
    assert city.state(duty.id) == "ended"


def test_a_duty_that_starts_later_is_scheduled(city: City) -> None:
    assert city.grant(start="tomorrow").state(city.now) == "scheduled"


@pytest.mark.parametrize("employee", ["E4", "E3", "E99"])
def test_a_manager_grants_to_people_below_alone_and_learns_of_nobody_else(city: City, employee: str) -> None:
    with pytest.raises(NotFound, match="no employee"):
        city.grant(employee_id=employee)


def test_a_manager_grants_to_people_at_any_depth(city: City) -> None:
    assert city.grant(CY).granted_by == "E3"


@on_both
def test_a_list_holds_what_is_granted_and_what_is_asked_for_each_once_by_its_state(city: City) -> None:
    granted, scheduled, asked, approved = city.grant(), city.grant(CY, start="tomorrow"), _asked(city), _asked(city)
    with city.installation.change() as work:
        approve_duty(work, _found(work, approved), by=BO)
        extend_duty(work, _found(work, granted.id), end=FRIDAY_MIDNIGHT + timedelta(days=1), by=BO)
    city.pass_by(minutes=1)

    with city.installation.read() as work:
        duties = DutyList(BO.reach, work.now)
        listed = duties.in_words(work.session, list(work.session.execute(duties.newest_first(duties.choose()))))
        states = {state: duties.count(duties.choose(state=state), work.session) for state in STATES}
        elsewhere = DutyList(Reach("people_below", "E5"), work.now)
        assert elsewhere.count(elsewhere.choose(), work.session) == 0
    assert {(one.id, one.state, one.granted_by_name) for one in listed} == {
        (granted.id, "in force", "Bo Larson"),
        (scheduled.id, "scheduled", "Cy Moe"),
        (asked, "requested", ""),
        (approved, "in force", "Bo Larson"),
    }
    assert {state: count for state, count in states.items() if count} == {"requested": 1, "scheduled": 1, "in force": 2}


def test_people_below_end_where_managers_go_in_a_circle(city: City) -> None:
    with city.installation.change() as work:
        assert set(work.session.exec(people_below(["E3"]))) == {"E1", "E2"}
        assert Reach("people_below", "E4").holds(work.session, "E4")


@pytest.mark.parametrize("official", [BO, Decider("bo", Reach("all", "E2"))])
def test_nobody_grants_a_duty_to_themselves(city: City, official: Decider) -> None:
    with pytest.raises(NotPermitted, match="of their own"):
        city.grant(official, employee_id="E2")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"end": "yesterday-ish"}, "end"),
        ({"end": ""}, "end"),
        ({"end": "2026-06-01"}, "end"),
        ({"end": "2026-09-30"}, "end"),
        ({"start": "soon"}, "start"),
        ({"series": "S9"}, "series"),
        ({"actions": "peek"}, "actions"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(city: City, asked: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        city.grant(BO, **asked)

    assert list(refused.value.faults) == [field]


def test_a_back_dated_duty_is_no_grant_until_a_second_person_confirms_it(city: City) -> None:
    duty = city.grant(start="2026-06-01")
    assert (duty.state(city.now), _grants(city)) == ("awaiting confirmation", 0)

    city.pass_by(hours=2)
    with city.installation.change() as work:
        confirmed = confirm_duty(work, _found(work, duty.id), by=OFFICIAL)
        assert confirmed.row is not None
        assert (confirmed.id, confirmed.row.recorded_at, confirmed.granted_by) == (duty.id, work.now, "E2")
    assert city.state(duty.id) == "in force"


@pytest.mark.parametrize("second", [BO, ANN, Decider("someone", Reach("all", "E2")), Decider("bo", Reach("all", ""))])
def test_neither_granter_nor_holder_confirms_a_back_dated_duty(city: City, second: Decider) -> None:
    duty = city.grant(start="2026-06-01")
    with pytest.raises(NotPermitted), city.installation.change() as work:
        confirm_duty(work, _found(work, duty.id), by=second)


def test_what_was_asked_for_is_a_grant_from_its_approval_on(city: City) -> None:
    asked = _asked(city)
    assert (city.state(asked), _grants(city)) == ("requested", 0)

    city.pass_by(hours=3)
    with city.installation.change() as work:
        approved = approve_duty(work, _found(work, asked), by=BO)
        assert approved.row is not None
        assert (approved.id, approved.row.start, approved.granted_by) == (asked, work.now, "E2")
    assert [event.act for event in city.read(asked).history] == ["requested", "approved"]


def test_what_was_asked_for_a_time_already_past_waits_for_a_second_person_though_approved(city: City) -> None:
    asked = _asked(city, start="2026-06-01")
    with city.installation.change() as work:
        assert approve_duty(work, _found(work, asked), by=BO).state(work.now) == "awaiting confirmation"


def test_nobody_approves_what_they_asked_for_themselves(city: City) -> None:
    asked = _asked(city)
    with pytest.raises(NotPermitted), city.installation.change() as work:
        approve_duty(work, _found(work, asked), by=Decider("ann", Reach("all", "E1")))


def test_a_refusal_keeps_its_reason_and_is_no_grant(city: City) -> None:
    asked = _asked(city)
    with city.installation.change() as work:
        refuse_duty(work, _found(work, asked), reason="the team has it", by=BO)
    with pytest.raises(Conflict), city.installation.change() as work:
        approve_duty(work, _found(work, asked), by=BO)

    assert (city.state(asked), _grants(city)) == ("refused", 0)
    assert city.read(asked).history[-1].note == "the team has it"


@on_both
def test_an_extension_is_a_new_version_and_the_old_one_stays_on_the_record(city: City) -> None:
    duty = city.grant()
    city.pass_by(days=1)
    with city.installation.change() as work:
        extend_duty(work, _found(work, duty.id), end=FRIDAY_MIDNIGHT + timedelta(days=3), by=BO)

    extended = city.read(duty.id)
    assert (extended.id, extended.terms.end, _grants(city)) == (duty.id, FRIDAY_MIDNIGHT + timedelta(days=3), 2)
    assert [event.end for event in extended.history] == [FRIDAY_MIDNIGHT, FRIDAY_MIDNIGHT + timedelta(days=3)]
    assert city.read(str(extended.row.id)).id == duty.id if extended.row else False


@pytest.mark.parametrize("days", [0, -1, 200])
def test_an_extension_is_later_and_not_too_late(city: City, days: int) -> None:
    duty = city.grant()
    with pytest.raises(InvalidFields), city.installation.change() as work:
        extend_duty(work, _found(work, duty.id), end=FRIDAY_MIDNIGHT + timedelta(days=days), by=BO)


def test_a_revocation_ends_a_duty_now_and_keeps_who_and_why(city: City) -> None:
    duty = city.grant()
    city.pass_by(days=1)
    with city.installation.change() as work:
        revoke_duty(work, _found(work, duty.id), reason="project stopped", by=CY)

    revoked = city.read(duty.id)
    assert (revoked.state(city.now), revoked.revoked_at) == ("revoked", TUESDAY + timedelta(days=1))
    assert (revoked.history[-1].by, revoked.history[-1].note) == ("cy", "project stopped")


def test_what_is_over_is_changed_no_more(city: City) -> None:
    duty = city.grant()
    city.pass_by(days=10)
    with pytest.raises(Conflict, match="ended"), city.installation.change() as work:
        extend_duty(work, _found(work, duty.id), end=work.now + timedelta(days=1), by=BO)
    with pytest.raises(Conflict, match="ended"), city.installation.change() as work:
        revoke_duty(work, _found(work, duty.id), reason="x", by=BO)
