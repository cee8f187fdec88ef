"""Notices of the inventory: which of its series are overdue for their yearly review."""

from collections.abc import Iterator

from app.notices.wanted import Gathering, Wanted, for_each
from inventory.review_series import count_overdue


def reviews_due(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who keeps the inventory, once a year, that the yearly review of series is overdue."""
    work = gathering.work
    today = work.clock.astimezone(work.zone).date()
    series = count_overdue(work.session, today=today, zone=work.zone)
    if series:
        text = (
            f"The yearly review of {series:,} data series is overdue; the inventory is updated annually "
            "(Minn. Stat. 13.025 subd. 1)."
        )
        told = gathering.recipients.who_may("change", "inventory")
        yield from for_each(told, "inventory", str(today.year), text, "/inventory/reviews?overdue=1")
