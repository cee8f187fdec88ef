"""From which event on a grant is timely: graces, going live, and what earlier versions said."""

from datetime import datetime

import pytest
from sqlmodel import Session

from access.load_facts import load_facts
from access.models import (
    Assignment,
    Officer,
    OfficerDuty,
    TemporaryDuty,
    WorkAccess,
)
from config.clock import ALWAYS, microseconds
from config.errors import NotFound
from inventory.models import WorkAccessPart
from tests.access.known_facts import (
    GRACES,
    LATER,
    LIVE,
    NO_GRACE,
    TICK,
    an_entity,
    grants_of,
    people,
    superseded,
    the_facts,
    timely_at,
)
from tests.builders import APRIL_1, DAY, JUNE_1, LONG_AGO, MARCH_1, MAY_1, a_row
from tests.databases import on_both


def test_without_an_entity_there_are_no_facts(session: Session) -> None:
    with pytest.raises(NotFound, match="no entity here yet"):
        load_facts(session, at=LATER, graces=NO_GRACE)


def test_what_was_entered_before_going_live_has_no_recorded_time(session: Session) -> None:
    duty = a_row(TemporaryDuty, recorded_at=LIVE - TICK)

    assert the_facts(session, an_entity(), duty).duties[0].timely_from == ALWAYS


def test_what_was_entered_from_going_live_on_counts_as_recorded_then(session: Session) -> None:
    duty = a_row(TemporaryDuty, recorded_at=LIVE)

    assert the_facts(session, an_entity(), duty).duties[0].timely_from == microseconds(LIVE)


def test_an_entity_that_is_not_live_records_nothing_late(session: Session) -> None:
    duty = a_row(TemporaryDuty, recorded_at=MAY_1)

    assert the_facts(session, an_entity(went_live_at=None), duty).duties[0].timely_from == ALWAYS


@on_both
@pytest.mark.parametrize("entered", [LONG_AGO, MAY_1])
def test_the_recorded_time_that_a_file_states_comes_before_our_clock(session: Session, entered: datetime) -> None:
    duty = a_row(TemporaryDuty, recorded_at=entered, stated_recorded_at=MARCH_1)

    assert the_facts(session, an_entity(), duty).duties[0].timely_from == microseconds(MARCH_1)


@on_both
def test_each_kind_of_grant_has_its_own_grace(session: Session) -> None:
    rows = [a_row(model, recorded_at=MAY_1) for model in (Assignment, WorkAccess, TemporaryDuty, OfficerDuty)]
    part = a_row(WorkAccessPart, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), *rows, part, graces=GRACES)

    assert facts.holdings[0].timely_from == microseconds(MAY_1 - 14 * DAY)
    assert {one.timely_from for one in facts.accesses} == {microseconds(MAY_1 - 10 * DAY)}
    assert len(facts.accesses) == 2
    assert facts.duties[0].timely_from == microseconds(MAY_1 - 2 * DAY)
    assert facts.officer_duties[0].timely_from == microseconds(MAY_1 - 1 * DAY)


def test_a_grant_through_a_position_is_as_late_as_its_latest_part(session: Session) -> None:
    access = a_row(WorkAccess, recorded_at=MAY_1)
    holding = a_row(Assignment, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), access, holding, graces=GRACES)

    assert timely_at(facts, MAY_1 - 10 * DAY) == ["work-access"]
    assert timely_at(facts, MAY_1 - 10 * DAY - TICK) == []


def test_a_duty_extended_after_going_live_leaves_its_first_days_timely(session: Session) -> None:
    before = superseded(a_row(TemporaryDuty, end=APRIL_1), APRIL_1 + DAY)
    after = a_row(TemporaryDuty, end=MAY_1, recorded_at=APRIL_1 + DAY)
    facts = the_facts(session, an_entity(), *people(), before, after)

    assert timely_at(facts, APRIL_1 - TICK) == ["temporary-duty"]
    assert timely_at(facts, APRIL_1) == []
    assert timely_at(facts, APRIL_1 + DAY) == ["temporary-duty"]


def test_all_that_a_changed_grant_says_bears_the_id_of_the_row_that_stands(session: Session) -> None:
    before = superseded(a_row(TemporaryDuty, end=APRIL_1), APRIL_1)
    after = a_row(TemporaryDuty, end=MAY_1, recorded_at=APRIL_1)
    facts = the_facts(session, an_entity(), *people(), before, after)

    assert {one.grant_id for one in facts.duties} == {f"temporary-duty:{after.id}"}


def test_an_assignment_whose_end_is_entered_late_leaves_the_accesses_before_assigned(session: Session) -> None:
    before = superseded(a_row(Assignment), MAY_1)
    after = a_row(Assignment, end=APRIL_1, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), a_row(WorkAccess), before, after)

    assert timely_at(facts, APRIL_1 - TICK) == ["work-access"]
    assert timely_at(facts, APRIL_1) == []


def test_the_new_part_of_widened_work_access_is_late(session: Session) -> None:
    before = superseded(a_row(WorkAccess, end=MARCH_1), MAY_1)
    after = a_row(WorkAccess, end=None, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), a_row(Assignment), before, after)

    assert timely_at(facts, MARCH_1 - TICK) == ["work-access"]
    assert timely_at(facts, APRIL_1) == []
    assert timely_at(facts, MAY_1) == ["work-access"]


def test_of_other_actions_only_those_that_the_withdrawn_row_had_are_as_timely_as_it(session: Session) -> None:
    before = superseded(a_row(WorkAccess, actions="view"), MAY_1)
    after = a_row(WorkAccess, actions="view;print", recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), a_row(Assignment), before, after)

    assert {(one.actions, one.timely_at(APRIL_1)) for one in grants_of(facts)} == {
        ("view;print", False),
        ("view", True),
    }


def test_a_start_that_is_corrected_leaves_what_both_say_timely(session: Session) -> None:
    wrong = superseded(a_row(TemporaryDuty, start=MARCH_1, end=MAY_1), JUNE_1)
    right = a_row(TemporaryDuty, start=APRIL_1, end=JUNE_1, recorded_at=JUNE_1)
    facts = the_facts(session, an_entity(), *people(), wrong, right)

    assert timely_at(facts, APRIL_1) == ["temporary-duty"]
    assert timely_at(facts, APRIL_1 - TICK) == []
    assert timely_at(facts, MAY_1) == []


def test_of_a_duty_split_in_two_the_second_half_is_as_timely_as_the_whole(session: Session) -> None:
    whole = superseded(a_row(TemporaryDuty, start=MARCH_1, end=MAY_1), JUNE_1)
    first = a_row(TemporaryDuty, start=MARCH_1, end=APRIL_1, recorded_at=JUNE_1)
    second = a_row(TemporaryDuty, start=APRIL_1, end=JUNE_1, recorded_at=JUNE_1)
    facts = the_facts(session, an_entity(), *people(), whole, first, second)

    assert timely_at(facts, MARCH_1) == ["temporary-duty"]
    assert timely_at(facts, MAY_1 - TICK) == ["temporary-duty"]
    assert timely_at(facts, MAY_1) == []


def test_what_was_withdrawn_makes_nothing_timely_that_is_said_later(session: Session) -> None:
    withdrawn = superseded(a_row(TemporaryDuty), MAY_1)
    anew = a_row(TemporaryDuty, recorded_at=JUNE_1)
    facts = the_facts(session, an_entity(), *people(), withdrawn, anew)

    assert timely_at(facts, MARCH_1) == []


def test_a_row_that_brings_back_another_is_as_timely_as_that_and_has_its_name(session: Session) -> None:
    first = superseded(a_row(TemporaryDuty), MAY_1)
    session.add(first)
    session.flush()
    back = a_row(TemporaryDuty, recorded_at=JUNE_1, restores=first.id)
    facts = the_facts(session, an_entity(), *people(), back)

    assert timely_at(facts, MARCH_1) == ["temporary-duty"]
    assert [duty.grant_id for duty in facts.duties] == [f"temporary-duty:{first.id}"]


def test_a_duty_revoked_late_stays_timely_up_to_its_revocation(session: Session) -> None:
    before = superseded(a_row(TemporaryDuty), MAY_1)
    after = a_row(TemporaryDuty, revoked_at=MARCH_1 + DAY, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), before, after)

    assert timely_at(facts, MARCH_1 + DAY - TICK) == ["temporary-duty"]
    assert timely_at(facts, MARCH_1 + DAY) == []


def test_a_specified_duty_extended_leaves_its_first_days_timely(session: Session) -> None:
    before = superseded(a_row(OfficerDuty, end=APRIL_1), MAY_1)
    after = a_row(OfficerDuty, end=JUNE_1, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), a_row(Officer), before, after)

    assert timely_at(facts, MARCH_1) == ["officer-duty"]
    assert timely_at(facts, APRIL_1) == []


def test_what_was_taken_back_and_is_said_again_was_not_said_in_between(session: Session) -> None:
    always = superseded(a_row(Assignment), MARCH_1)
    ended = superseded(a_row(Assignment, end=MARCH_1, recorded_at=MARCH_1), JUNE_1)
    reopened = a_row(Assignment, recorded_at=JUNE_1)
    facts = the_facts(session, an_entity(), *people(), a_row(WorkAccess), always, ended, reopened)

    assert timely_at(facts, MARCH_1 - TICK) == ["work-access"]
    assert timely_at(facts, MAY_1) == []
    assert timely_at(facts, JUNE_1) == ["work-access"]


def test_what_every_of_many_versions_said_is_as_timely_as_the_first(session: Session) -> None:
    first = superseded(a_row(TemporaryDuty, end=APRIL_1), MARCH_1 + DAY)
    second = superseded(a_row(TemporaryDuty, end=MAY_1, recorded_at=MARCH_1 + DAY), MAY_1)
    third = a_row(TemporaryDuty, end=JUNE_1, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), first, second, third)

    assert [timely_at(facts, moment) for moment in (MARCH_1, APRIL_1, MAY_1 - TICK, MAY_1)] == [["temporary-duty"]] * 4


def test_a_row_whose_file_states_when_it_was_recorded_has_only_that(session: Session) -> None:
    before = superseded(a_row(TemporaryDuty, end=APRIL_1), MAY_1)
    after = a_row(TemporaryDuty, end=JUNE_1, recorded_at=MAY_1, stated_recorded_at=APRIL_1)
    facts = the_facts(session, an_entity(), *people(), before, after)

    assert timely_at(facts, MARCH_1) == []
    assert timely_at(facts, APRIL_1) == ["temporary-duty"]


def test_an_earlier_version_is_as_timely_as_its_own_file_stated(session: Session) -> None:
    before = superseded(a_row(TemporaryDuty, end=MAY_1, stated_recorded_at=MARCH_1 + DAY), MAY_1)
    after = a_row(TemporaryDuty, end=JUNE_1, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), before, after)

    assert timely_at(facts, MARCH_1) == []
    assert timely_at(facts, MARCH_1 + DAY) == ["temporary-duty"]
