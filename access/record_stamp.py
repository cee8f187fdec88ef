"""A stamp of all that is known at an instant: equal stamps of one record mean that nothing was entered in between."""

import hashlib
from datetime import datetime

from sqlmodel import Session, func, select

from access.recorded_tables import DECIDING_TABLES
from config.recorded import table_of
from config.settings import Graces


def record_stamp(session: Session, at: datetime, graces: Graces) -> str:
    """Give the stamp of what was known at an instant of the service's own clock.

    Nothing is overwritten in the record, so counting what was recorded and what was superseded tells its states apart.
    """
    counted = [str(graces)]
    for model in DECIDING_TABLES:
        table = table_of(model)
        recorded = session.execute(select(func.count(), func.max(table.c.id)).where(table.c.recorded_at <= at)).one()
        superseded = session.execute(
            select(func.count(), func.max(table.c.superseded_at)).where(table.c.superseded_at <= at)
        ).one()
        counted.append(f"{table.name} {tuple(recorded)} {tuple(superseded)}")
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()
