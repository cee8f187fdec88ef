"""Notices of the inventory: which of its series nobody has touched for a year."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, func, select

from app.notices.wanted import Gathering, Wanted, for_each
from config.database import current
from inventory.models import DataSeries

_YEAR = timedelta(days=365)


def reviews_due(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who keeps the inventory, once a year, that series have stood as they are for a year or longer."""
    work = gathering.work
    chosen = select(func.count()).select_from(DataSeries)
    chosen = chosen.where(current(DataSeries), DataSeries.recorded_at <= work.now - _YEAR)
    series = work.session.exec(chosen.where(col(DataSeries.retired).is_(None))).one()
    if series:
        have = "has" if series == 1 else "have"
        text = (
            f"{series:,} data series {have} stood unchanged for a year or longer; the inventory is updated annually "
            "(Minn. Stat. 13.025 subd. 1)."
        )
        year = str(work.clock.astimezone(work.zone).year)
        told = gathering.recipients.who_may("change", "inventory")
        yield from for_each(told, "inventory", year, text, "/inventory")
