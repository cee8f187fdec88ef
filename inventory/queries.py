"""Named questions to the record of the entity and its inventory."""

from datetime import datetime

from sqlmodel import Session, col, select

from config.recorded import current, known_at
from inventory.entity_time import no_entity
from inventory.models import DataSeries, Entity
from inventory.series_names import SeriesNames


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
        raise no_entity()
    return entity


def is_live(session: Session) -> bool:
    """Say whether what is entered now counts as recorded when it is entered."""
    entity = session.exec(select(Entity).where(current(Entity))).first()
    return entity is not None and entity.went_live_at is not None


def all_series(session: Session, at: datetime) -> list[DataSeries]:
    """Give every data series known at an instant, by code."""
    return list(session.exec(select(DataSeries).where(known_at(DataSeries, at)).order_by(DataSeries.code)))


def series_called(session: Session, text: str, at: datetime) -> DataSeries:
    """Give the data series that a code or an exact name means, in the form in which texts compare.

    Raises:
        NotFound: There is none.
        Conflict: Several have the name.
    """
    written = select(DataSeries).where(known_at(DataSeries, at), DataSeries.code == text)
    # as pages and programs ask; to read all others takes long
    return session.exec(written).first() or SeriesNames(all_series(session, at)).find(text)
