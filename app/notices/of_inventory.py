"""Notices of the inventory: that series are due for their yearly review."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, func, select

from app.notices.wanted import Gathering, Wanted, for_each
from config.database import current
from inventory.models import DataSeries
from inventory.publication_models import SeriesReview

_YEAR = timedelta(days=365)


def reviews_due(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who keeps the inventory, anew each year, how many series nobody has reviewed for a year or longer."""
    work = gathering.work
    series = _count_due(gathering)
    if series:
        are = "series is" if series == 1 else "series are"
        text = (
            f"{series:,} data {are} due for the yearly review; the inventory is updated annually "
            "(Minn. Stat. 13.025 subd. 1)."
        )
        year = str(work.clock.astimezone(work.zone).year)
        told = gathering.recipients.who_may("change", "inventory")
        yield from for_each(told, "inventory", year, text, "/inventory")


def _count_due(gathering: Gathering) -> int:
    """Count the series that were neither first recorded nor reviewed within the year."""
    work = gathering.work
    since = work.now - _YEAR
    reviewed = select(SeriesReview.series).where(SeriesReview.reviewed_at > since)
    old = select(DataSeries.code).group_by(DataSeries.code).having(func.min(DataSeries.recorded_at) <= since)
    standing = select(func.count()).where(current(DataSeries), col(DataSeries.retired).is_(None))
    due = (col(DataSeries.code).in_(old), col(DataSeries.code).not_in(reviewed))
    return work.session.exec(standing.where(*due).select_from(DataSeries)).one()
