"""Facts as they were known, and the grants that they give."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from access.facts import Facts
from access.load_facts import load_facts
from access.models import (
    Employee,
    Employment,
    Position,
)
from access.resolve_grants import Policy
from access.rules import Grant
from config.bulk import open_bulk
from config.settings import Graces, Settings
from inventory.models import DataSeries, Entity
from tests.builders import DAY, a_row

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
