"""Say to a person whose a reviewed grant is, what it permits, how it was used, and what became of it.

Of a series there is only to say what became of it.
"""

from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from access.models import Employee, Position
from access.reviews.find_review import CHANGED, WAITING, ItemNow, silence_in_words
from access.reviews.models import AccessReview, ReviewItem, ReviewUse
from config.clock import local_text, period_text
from config.recorded import current
from config.texts import counted
from inventory.models import DataSeries


class Names:
    """The names of employees, positions and series as they stand, each kind looked up when first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _employees(self) -> dict[str, str]:
        chosen = select(Employee.employee_id, Employee.name).where(current(Employee))
        return dict(self._session.exec(chosen).all())

    @cached_property
    def _positions(self) -> dict[str, str]:
        chosen = select(Position.position_code, Position.title).where(current(Position))
        return dict(self._session.exec(chosen).all())

    @cached_property
    def _series(self) -> dict[str, str]:
        chosen = select(DataSeries.code, DataSeries.name).where(current(DataSeries))
        return dict(self._session.exec(chosen).all())

    def employee(self, employee_id: str) -> str:
        """Give an employee's name and id."""
        return _named(self._employees, employee_id)

    def owner(self, employee_id: str) -> str:
        """Give who is to answer: a manager, or an official where nobody is named."""
        return self.employee(employee_id) if employee_id else "an official"

    def series(self, code: str) -> str:
        """Give a series' name and code."""
        return _named(self._series, code)

    def name_of_series(self, code: str) -> str:
        """Give a series' name alone; its code where nothing stands under it."""
        return self._series.get(code, code)

    def holder(self, item: ReviewItem) -> str:
        """Say who holds a grant; nothing of a series."""
        return "" if item.is_series else self.held_by(item.holder_type, item.holder)

    def held_by(self, holder_type: str, holder: str) -> str:
        """Say who is meant by a holder as work access names it, or by a text of the inventory."""
        if holder_type == "everyone":
            return "every employee"
        if holder_type == "text":
            return f"the inventory's text “{holder}”"
        if holder_type == "employee":
            return self.employee(holder)
        named = _named(self._positions, holder) if holder_type == "position" else holder
        return f"{holder_type} {named}"


def _named(names: dict[str, str], key: str) -> str:
    return f"{names[key]} ({key})" if key in names else key


def permits_in_words(item: ReviewItem, zone: ZoneInfo) -> str:
    """Say what a grant permitted at the start, and when it holds; nothing of a series."""
    if item.is_series:
        return ""
    actions = "any action" if item.actions == "*" else item.actions.replace(";", ", ")
    purposes = "any purpose" if item.purposes == "*" else item.purposes.replace(";", ", ")
    return f"{actions}, for {purposes}, {period_text(item.start, item.end, zone)}"


def use_in_words(use: ReviewUse | None, days: int, zone: ZoneInfo) -> str:
    """Say how often a grant was used in so many days; that nothing used it apart from that no log tells of it."""
    if use is None:
        return "not counted yet"
    if not use.log_days and not use.uses:
        return f"no log seen in these {counted(days, 'day')}, so it cannot be told"
    seen = "" if use.log_days >= days else f"; logs seen on {use.log_days:,} of {counted(days, 'day')}"
    if not use.uses or use.last_use is None:
        return f"never used in these {counted(days, 'day')}{seen}"
    last = local_text(use.last_use.replace(second=0, microsecond=0), zone)
    return f"used {counted(use.uses, 'time')}, last on {last}{seen}"


def answer_in_words(review: AccessReview, now: ItemNow) -> str:
    """Say what became of a grant or a series of a review, until now or when it was closed."""
    if now.answer is not None:
        return " ".join(filter(None, (now.answer.answer, now.answer.said)))
    if now.state == CHANGED:
        return "gone over otherwise since the start, or retired" if now.item.is_series else f"{CHANGED} since the start"
    return f"nobody answered: it {silence_in_words(review)}" if review.closed_at else WAITING
