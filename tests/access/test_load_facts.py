"""What was known at an instant, and from which event on a grant is timely: graces, going live, lineage of changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from access.facts import Facts
from access.load_facts import load_facts
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    Officer,
    OfficerDuty,
    Position,
    TemporaryDuty,
    WorkAccess,
)
from access.resolve_grants import Policy
from access.rules import Grant
from config.bulk import open_bulk
from config.clock import ALWAYS, FOREVER, microseconds
from config.errors import NotFound
from config.settings import Graces, Settings
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart
from tests.builders import APRIL_1, DAY, JANUARY_1, JUNE_1, LONG_AGO, MARCH_1, MAY_1, a_row
from tests.databases import on_both

NO_GRACE = Graces(timedelta(0), timedelta(0), timedelta(0), timedelta(0))
GRACES = Graces(position=14 * DAY, work_access=10 * DAY, temporary_duty=2 * DAY, officer_duty=1 * DAY)
LIVE = datetime(2025, 2, 1, 6, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LATER = datetime(2026, 1, 1, tzinfo=UTC)


def the_facts(session: Session, *rows: Any, at: datetime = LATER, graces: Graces = NO_GRACE) -> Facts:  # noqa: ANN401
    """Record rows, and load what was known of them."""
    session.add_all(rows)
    session.flush()
    return load_facts(session, at=at, graces=graces)


def an_entity(**changes: object) -> Entity:
    """Give an entity that is live since 1 February 2025."""
    entity: Entity = a_row(Entity, **{"went_live_at": LIVE, **changes})
    return entity


def superseded(row: Any, when: datetime) -> Any:  # noqa: ANN401 - a row of any table
    """Let a row stand only until another took its place."""
    row.superseded_at, row.superseded_by = when, "clerk"
    return row


def timely_at(facts: Facts, moment: datetime) -> list[str]:
    """Give the grants of E1 to S1 in force and timely at a moment, as the one resolver gives them."""
    grants = grants_of(facts)
    return sorted({one.grant_id.partition(":")[0] for one in grants if one.holds_at(moment) and one.timely_at(moment)})


def grants_of(facts: Facts) -> list[Grant]:
    """Resolve the grants of E1 to S1."""
    connection = open_bulk(Settings())
    try:
        return Policy(facts, connection).grants_of("E1", "S1")
    finally:
        connection.close()


PEOPLE = (Position, Employee, Employment, DataSeries)


def people() -> list[Any]:
    """Give Ann Olson, employed since ever, the position P1, and the series S1."""
    return [a_row(model) for model in PEOPLE]


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


def test_other_actions_are_another_statement_and_late(session: Session) -> None:
    before = superseded(a_row(WorkAccess, actions="view"), MAY_1)
    after = a_row(WorkAccess, actions="view;print", recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), a_row(Assignment), before, after)

    assert timely_at(facts, APRIL_1) == []


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


COUNTED: dict[type, str] = {
    Position: "positions",
    Employee: "employees",
    DataSeries: "series",
    Employment: "employments",
    Officer: "offices",
    Assignment: "holdings",
    WorkAccess: "accesses",
    TemporaryDuty: "duties",
    OfficerDuty: "officer_duties",
    Account: "logins",
    ResourcePattern: "patterns",
}


@on_both
@pytest.mark.parametrize("model", COUNTED, ids=lambda model: model.__name__)
def test_a_row_is_known_from_its_recording_up_to_its_being_superseded(session: Session, model: type) -> None:
    session.add_all([an_entity(), superseded(a_row(model, recorded_at=MARCH_1), APRIL_1)])
    session.flush()

    def known(at: datetime) -> int:
        return len(getattr(load_facts(session, at=at, graces=NO_GRACE), COUNTED[model]))

    assert [known(MARCH_1 - TICK), known(MARCH_1), known(APRIL_1 - TICK), known(APRIL_1)] == [0, 1, 1, 0]


def test_before_going_live_was_known_nothing_was_late(session: Session) -> None:
    unlive = superseded(an_entity(went_live_at=None), MAY_1)
    rows = [unlive, an_entity(went_live_at=MAY_1, recorded_at=MAY_1), a_row(TemporaryDuty, recorded_at=APRIL_1)]

    assert the_facts(session, *rows, at=MAY_1 - TICK).duties[0].timely_from == ALWAYS


def test_asked_for_a_time_before_it_was_set_up_the_entity_has_its_first_zone(session: Session) -> None:
    entity = an_entity(time_zone="America/Havana", recorded_at=MARCH_1)

    assert the_facts(session, entity, at=LONG_AGO).zone.key == "America/Havana"


def test_empty_ends_of_a_period_are_open(session: Session) -> None:
    facts = the_facts(session, an_entity(), a_row(Employment), a_row(Employment, start=MARCH_1, end=APRIL_1))

    assert [(one.start, one.end) for one in facts.employments] == [
        (ALWAYS, FOREVER),
        (microseconds(MARCH_1), microseconds(APRIL_1)),
    ]


@pytest.mark.parametrize(
    ("classes", "unreadable", "public"),
    [("public", "", True), ("public; private", "", False), ("public", "see statute", False), ("", "", False)],
)
def test_a_series_is_public_when_every_class_is_and_could_be_read(
    session: Session, classes: str, unreadable: str, *, public: bool
) -> None:
    row = a_row(DataSeries, classes=classes, unreadable_classes=unreadable)

    assert the_facts(session, an_entity(), row).series["S1"].public is public


def holders(facts: Facts) -> set[tuple[str, str]]:
    """Give the holders of all work access."""
    return {(one.holder_type, one.holder) for one in facts.accesses}


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("ALL Employees", {("everyone", "")}),
        ("police", {("department", "Police")}),
        ("police clerk", {("position", "P1"), ("position", "P2")}),
        (" p2 ", {("position", "P2")}),
        ("e1", {("employee", "E1")}),
        ("cy nguyen", {("employee", "E2")}),
    ],
)
def test_a_part_of_a_work_access_text_names_its_holders_in_any_case(
    session: Session, part: str, named: set[tuple[str, str]]
) -> None:
    second = [a_row(Position, position_code="P2"), a_row(Employee, employee_id="E2", name="Cy Nguyen")]
    facts = the_facts(session, an_entity(), *people(), *second, a_row(WorkAccessPart, part=part))

    assert holders(facts) == named
    assert {(one.actions, one.purposes, one.start, one.end) for one in facts.accesses} == {(511, "*", ALWAYS, FOREVER)}
    assert facts.series["S1"].untestable == ()


def test_a_name_that_two_employees_bear_names_neither(session: Session) -> None:
    namesake = a_row(Employee, employee_id="E2")
    facts = the_facts(session, an_entity(), *people(), namesake, a_row(WorkAccessPart, part="Ann Olson"))

    assert holders(facts) == set()
    assert facts.series["S1"].untestable == ("Ann Olson",)


def test_a_text_is_matched_again_when_a_position_comes_later(session: Session) -> None:
    later = a_row(Position, position_code="P9", title="Fire Chief", recorded_at=MAY_1)
    session.add_all([an_entity(), *people(), a_row(WorkAccessPart, part="Fire Chief"), later])
    session.flush()
    before, after = (load_facts(session, at=at, graces=NO_GRACE) for at in (MAY_1 - TICK, MAY_1))

    assert (holders(before), before.series["S1"].untestable) == (set(), ("Fire Chief",))
    assert (holders(after), after.series["S1"].untestable) == ({("position", "P9")}, ())
    assert after.accesses[0].timely_from == ALWAYS  # the text had said so all along


def test_a_resolution_grants_from_when_it_was_recorded_less_its_grace(session: Session) -> None:
    part, resolution = a_row(WorkAccessPart, part="Certain Employees"), a_row(PartResolution, recorded_at=MAY_1)
    facts = the_facts(session, an_entity(), *people(), part, resolution, graces=GRACES)

    assert holders(facts) == {("position", "P1")}
    assert facts.accesses[0].timely_from == microseconds(MAY_1 - 10 * DAY)
    assert facts.series["S1"].untestable == ()


def test_a_resolution_is_no_earlier_than_the_part_it_resolves(session: Session) -> None:
    part, resolution = a_row(WorkAccessPart, part="certain employees", recorded_at=JUNE_1), a_row(PartResolution)

    assert the_facts(session, an_entity(), *people(), part, resolution).accesses[0].timely_from == microseconds(JUNE_1)


def test_before_it_was_resolved_a_part_was_untestable(session: Session) -> None:
    rows = [a_row(WorkAccessPart, part="certain employees"), a_row(PartResolution, recorded_at=MAY_1)]

    assert the_facts(session, an_entity(), *people(), *rows, at=MAY_1 - TICK).series["S1"].untestable != ()


def test_a_dismissed_part_adds_nobody_and_leaves_the_series_testable(session: Session) -> None:
    rows = [a_row(WorkAccessPart, part="certain employees"), a_row(PartResolution, holder_type="", holder="")]
    facts = the_facts(session, an_entity(), *people(), *rows)

    assert (holders(facts), facts.series["S1"].untestable) == (set(), ())


def test_a_resolution_serves_its_own_series_alone(session: Session) -> None:
    other = a_row(DataSeries, code="S2", name="Permits")
    rows = [a_row(WorkAccessPart, series="S2", part="certain employees"), a_row(PartResolution)]

    assert the_facts(session, an_entity(), *people(), other, *rows).series["S2"].untestable == ("certain employees",)


def test_a_part_that_the_text_has_no_longer_grants_nothing(session: Session) -> None:
    part = superseded(a_row(WorkAccessPart), MAY_1)

    assert holders(the_facts(session, an_entity(), *people(), part)) == set()


def test_positions_may_spell_their_department_in_two_cases(session: Session) -> None:
    second = a_row(Position, position_code="P2", department="POLICE")
    rows = [second, a_row(Assignment, position_code="P2"), a_row(WorkAccess, holder_type="department", holder="Police")]

    assert timely_at(the_facts(session, an_entity(), *people(), *rows), JANUARY_1) == ["work-access"]
