"""The entity is set up once, described anew without being overwritten, and goes live once."""

import pytest
from sqlmodel import Session, select

from config.errors import Conflict, Invalid, NotFound
from inventory.models import Entity
from inventory.queries import the_entity
from inventory.set_up_entity import EntityRequest, describe_entity, go_live, set_up_entity
from tests.builders import APRIL_1, JANUARY_1, MARCH_1, MAY_1
from tests.databases import on_both

SPRINGFIELD = EntityRequest(name="City of Springfield", responsible_authority="Jane Roe")


def test_an_entity_is_in_the_zone_of_minnesota_unless_told_otherwise(session: Session) -> None:
    entity = set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")

    assert (entity.name, entity.time_zone, entity.responsible_authority) == (
        "City of Springfield",
        "America/Chicago",
        "Jane Roe",
    )
    assert (entity.went_live_at, entity.recorded_at, entity.recorded_by) == (None, MARCH_1, "clerk")


def test_a_data_folder_has_one_entity(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")

    with pytest.raises(Conflict, match="belongs to City of Springfield already"):
        set_up_entity(session, EntityRequest(name="Other"), now=APRIL_1, by="clerk")


@pytest.mark.parametrize("name", [None, "", "  "])
def test_an_entity_needs_a_name(session: Session, name: str | None) -> None:
    with pytest.raises(Invalid, match="needs a name"):
        set_up_entity(session, EntityRequest(name=name), now=MARCH_1, by="clerk")


@pytest.mark.parametrize("text", ["x" * 1_001, "City\0", "City \udcff", "City\x1b[2J"])
def test_what_no_page_can_show_is_refused(session: Session, text: str) -> None:
    with pytest.raises(Invalid, match="responsible authority is no text of up to 1,000 letters"):
        set_up_entity(session, EntityRequest(name="City", responsible_authority=text), now=MARCH_1, by="clerk")

    set_up_entity(session, EntityRequest(name="City", responsible_authority_address="1 Main St\n"), now=MARCH_1, by="a")
    with pytest.raises(Invalid, match="name is no text"):
        describe_entity(session, EntityRequest(name=text), now=MARCH_1, by="clerk")


@pytest.mark.parametrize("zone", ["", "Chicago", "America", "../UTC", "/etc/passwd", "America/Chicago\0", "CST6 CDT"])
def test_what_is_no_time_zone_is_refused_and_nothing_is_set_up(session: Session, zone: str) -> None:
    with pytest.raises(Invalid, match="is no time zone; write one such as America/Chicago"):
        set_up_entity(session, EntityRequest(name="City", time_zone=zone), now=MARCH_1, by="clerk")

    assert session.exec(select(Entity)).all() == []


@pytest.mark.parametrize("change", [describe_entity, lambda session, _, now, by: go_live(session, now=now, by=by)])
def test_before_there_is_an_entity_it_can_neither_change_nor_go_live(session: Session, change: object) -> None:
    assert callable(change)
    with pytest.raises(NotFound, match="no entity here yet"):
        change(session, SPRINGFIELD, now=MARCH_1, by="clerk")


def test_a_description_replaces_what_is_given_and_keeps_the_rest(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")
    after = describe_entity(session, EntityRequest(responsible_authority="Bo Larson"), now=APRIL_1, by="mayor")

    assert (after.name, after.responsible_authority, after.recorded_by) == ("City of Springfield", "Bo Larson", "mayor")


@on_both
def test_how_the_entity_was_described_stays_known(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")
    describe_entity(session, EntityRequest(responsible_authority="Bo Larson"), now=APRIL_1, by="mayor")
    authorities = [the_entity(session, at).responsible_authority for at in (JANUARY_1, MARCH_1, APRIL_1, MAY_1)]

    assert authorities == ["Jane Roe", "Jane Roe", "Bo Larson", "Bo Larson"]


def test_describing_it_as_it_is_records_nothing(session: Session) -> None:
    before = set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")

    assert describe_entity(session, SPRINGFIELD, now=APRIL_1, by="mayor") is before
    assert len(session.exec(select(Entity)).all()) == 1


def test_the_zone_cannot_change_as_dates_rest_on_it(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")

    assert describe_entity(session, EntityRequest(time_zone="America/Chicago"), now=APRIL_1, by="mayor")
    with pytest.raises(Conflict, match="cannot change"):
        describe_entity(session, EntityRequest(time_zone="UTC"), now=APRIL_1, by="mayor")


def test_a_name_cannot_be_taken_away(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")

    with pytest.raises(Invalid, match="needs a name"):
        describe_entity(session, EntityRequest(name=" "), now=APRIL_1, by="mayor")


@on_both
def test_going_live_is_recorded_and_keeps_the_description(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")
    live = go_live(session, now=APRIL_1, by="mayor")

    assert (live.went_live_at, live.name, live.responsible_authority) == (APRIL_1, "City of Springfield", "Jane Roe")
    assert the_entity(session, MARCH_1).went_live_at is None


def test_it_goes_live_once_and_says_since_when(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")
    go_live(session, now=APRIL_1, by="mayor")

    with pytest.raises(Conflict, match="is live since 2025-04-01 00:00; nothing was changed"):
        go_live(session, now=MAY_1, by="mayor")


def test_a_later_description_leaves_it_live(session: Session) -> None:
    set_up_entity(session, SPRINGFIELD, now=MARCH_1, by="clerk")
    go_live(session, now=APRIL_1, by="mayor")

    assert describe_entity(session, EntityRequest(name="Village"), now=MAY_1, by="mayor").went_live_at == APRIL_1
