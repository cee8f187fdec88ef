"""Whom a part of an inventory's work access text names, by itself or as an official resolved it."""

import pytest
from sqlmodel import Session

from access.facts import Facts
from access.load_facts import load_facts
from access.models import (
    Assignment,
    Employee,
    Position,
    WorkAccess,
)
from config.clock import ALWAYS, FOREVER, microseconds
from inventory.models import DataSeries, PartResolution, WorkAccessPart
from tests.access.known_facts import GRACES, NO_GRACE, TICK, an_entity, people, superseded, the_facts, timely_at
from tests.builders import DAY, JANUARY_1, JUNE_1, MAY_1, a_row


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
