"""In which time zone the entity is, and since when it is live, as known at an instant."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, text

from config.database import Reader, UtcDateTime, UtcMicroseconds
from config.errors import NotFound
from config.remedies import Advice, Remedy

# By its name, as every command asks this, and few need the table's class. Asked for a time before the entity was set
# up, its first description serves.
_ASKED = (
    text(
        "SELECT time_zone, went_live_at FROM entities ORDER BY CASE WHEN recorded_at <= :at "
        "AND (superseded_at IS NULL OR superseded_at > :at) THEN 0 ELSE 1 END, recorded_at LIMIT 1"
    )
    .bindparams(bindparam("at", type_=UtcDateTime()))
    .columns(went_live_at=UtcMicroseconds())
)


class EntityTime(NamedTuple):
    """The entity's time zone, and the instant at which it went live in microseconds since 1970 in UTC, if it did."""

    zone: ZoneInfo
    went_live_at: int | None


def entity_time(reader: Reader, at: datetime) -> EntityTime:
    """Give both as they were known at an instant.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    found = reader.execute(_ASKED, {"at": at}).first()
    if found is None:
        raise no_entity()
    return EntityTime(ZoneInfo(found.time_zone), found.went_live_at)


def entity_zone(reader: Reader, at: datetime) -> ZoneInfo:
    """Give the entity's time zone as it was known at an instant.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    return entity_time(reader, at).zone


def no_entity() -> NotFound:
    """Give the refusal of who asks for an entity where there is none."""
    return NotFound("There is no entity here yet.", remedy=Remedy(Advice.SET_UP_ENTITY))
