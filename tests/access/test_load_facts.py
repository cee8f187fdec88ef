"""What was known at an instant of people, data and access."""

from datetime import datetime

import pytest
from sqlmodel import Session

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
from config.clock import ALWAYS, FOREVER, microseconds
from inventory.models import DataSeries, ResourcePattern
from tests.access.known_facts import NO_GRACE, TICK, an_entity, superseded, the_facts
from tests.builders import APRIL_1, LONG_AGO, MARCH_1, MAY_1, a_row
from tests.databases import on_both

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
