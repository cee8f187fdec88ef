"""Named questions to the record of the entity and its inventory."""

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from config.database import current, known_at
from config.errors import Conflict, NotFound
from config.remedies import Advice, Remedy
from config.texts import compare_form
from inventory.models import DataSeries, Entity


def the_entity(session: Session, at: datetime) -> Entity:
    """Give the entity as it was known at an instant.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    entity = (
        session.exec(select(Entity).where(known_at(Entity, at))).first()
        or session.exec(
            # asked for a time before the entity was set up, its first description serves
            select(Entity).order_by(col(Entity.recorded_at)).limit(1)
        ).first()
    )
    if entity is None:
        raise NotFound("There is no entity here yet.", remedy=Remedy(Advice.SET_UP_ENTITY))
    return entity


def is_live(session: Session) -> bool:
    """Say whether what is entered now counts as recorded when it is entered."""
    entity = session.exec(select(Entity).where(current(Entity))).first()
    return entity is not None and entity.went_live_at is not None


def entity_zone(session: Session, at: datetime) -> ZoneInfo:
    """Give the entity's time zone as it was known at an instant.

    Raises:
        NotFound: The data folder has no entity yet.
    """
    return ZoneInfo(the_entity(session, at).time_zone)


def all_series(session: Session, at: datetime) -> list[DataSeries]:
    """Give every data series known at an instant, by code."""
    return list(session.exec(select(DataSeries).where(known_at(DataSeries, at)).order_by(DataSeries.code)))


class SeriesNames:
    """Finds a data series by its code or its exact name, in the form in which texts compare."""

    def __init__(self, series: list[DataSeries]) -> None:
        self._by_code = {compare_form(found.code): found for found in series}
        self._by_name: dict[str, list[DataSeries]] = defaultdict(list)
        for found in series:
            self._by_name[compare_form(found.name)].append(found)

    def find(self, text: str) -> DataSeries:
        """Find the series that a code or an exact name means.

        Raises:
            NotFound: The inventory has no such series.
            Conflict: Several series have this name.
        """
        key = compare_form(text)
        if key in self._by_code:
            return self._by_code[key]
        named = self._by_name.get(key, [])
        if not named:
            raise NotFound(f'The inventory has no data series with the code or name "{text}".')
        if len(named) > 1:
            codes = ", ".join(found.code for found in named)
            raise Conflict(f'Several data series are named "{text}"; give the code of the one meant: {codes}.')
        return named[0]
