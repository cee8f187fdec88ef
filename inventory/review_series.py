"""The yearly review of each series: who went over it, when, and when it is due again (Minn. Stat. 13.025 subd. 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from config.errors import Invalid
from config.recorded import current
from config.shown_text import can_be_printed
from config.texts import compare_form
from config.work import Work
from inventory.change_series import find_series
from inventory.models import DataSeries
from inventory.publication_models import SeriesReview
from inventory.queries import all_series

_LONGEST = 2_000


@dataclass(frozen=True)
class ReviewState:
    """How a series stands with its yearly review.

    Args:
        last: Its newest review; None where there was none.
        due: A year after that, or after the series was first recorded; None where it is retired.
    """

    series: DataSeries
    last: SeriesReview | None
    due: date | None
    today: date

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which it was due is past."""
        return self.due is not None and self.due < self.today


def review_series(session: Session, code: str, note: str, *, now: datetime, by: str) -> SeriesReview:
    """Record that somebody went over what the inventory says of a series, and found it right or has put it right.

    Raises:
        NotFound: There is no series of that code.
        Invalid: The note is too long, or cannot be printed.
    """
    series = find_series(session, code)
    note = note.strip().replace("\r\n", "\n")
    if len(note) > _LONGEST or not can_be_printed(note):
        raise Invalid(f"The note is no text of up to {_LONGEST:,} letters that can be printed. Write it anew.")
    review = SeriesReview(series=series.code, reviewed_at=now, reviewed_by=by, note=note)
    session.add(review)
    session.flush()
    return review


def take_review_back(session: Session, code: str, reviewed_at: datetime, *, now: datetime, by: str) -> None:
    """Let a review of a series count no more, as if it had not been."""
    of_it = (SeriesReview.series == code, SeriesReview.reviewed_at == reviewed_at, _counts())
    for review in session.exec(select(SeriesReview).where(*of_it)):
        review.taken_back_at, review.taken_back_by = now, by
    session.flush()


def unreviewed_since(session: Session, instant: datetime) -> set[str]:
    """Give the codes of the series, retired ones left out, that nobody went over after an instant."""
    reviewed = select(SeriesReview.series).where(SeriesReview.reviewed_at > instant, _counts())
    standing = (current(DataSeries), col(DataSeries.retired).is_(None))
    return set(session.exec(select(DataSeries.code).where(*standing, col(DataSeries.code).not_in(reviewed))))


def count_overdue(session: Session, *, today: date, zone: ZoneInfo) -> int:
    """Count the series whose review is overdue."""
    newest = select(col(SeriesReview.series), func.max(SeriesReview.reviewed_at)).where(_counts())
    reviewed = newest.group_by(col(SeriesReview.series))
    begins = _first_recorded(session) | dict(session.exec(reviewed).all())
    standing = select(DataSeries.code).where(current(DataSeries), col(DataSeries.retired).is_(None))
    days = (begins[code].astimezone(zone).date() for code in session.exec(standing))
    return sum(_a_year_later(day) < today for day in days)


def review_states(session: Session, *, now: datetime, today: date, zone: ZoneInfo) -> Sequence[ReviewState]:
    """Give how each series stands with its review: those due first come first, retired ones last."""
    last, recorded = _newest(session), _first_recorded(session)
    states = [
        _state(one, last.get(one.code), recorded[one.code].astimezone(zone).date(), today, zone)
        for one in all_series(session, now)
    ]
    return sorted(
        states, key=lambda one: (one.due is None, one.due or today, compare_form(one.series.name), one.series.code)
    )


def review_state(session: Session, series: DataSeries, *, today: date, zone: ZoneInfo) -> ReviewState:
    """Give how one series stands with its review."""
    of_it = select(SeriesReview).where(SeriesReview.series == series.code, _counts())
    newest = of_it.order_by(col(SeriesReview.id).desc())
    first = session.exec(select(func.min(DataSeries.recorded_at)).where(DataSeries.code == series.code)).one()
    return _state(series, session.exec(newest.limit(1)).first(), first.astimezone(zone).date(), today, zone)


def _first_recorded(session: Session) -> dict[str, datetime]:
    first = select(col(DataSeries.code), func.min(DataSeries.recorded_at)).group_by(col(DataSeries.code))
    return dict(session.exec(first).all())


def _newest(session: Session) -> dict[str, SeriesReview]:
    counting = select(SeriesReview).where(_counts()).order_by(col(SeriesReview.id))
    return {one.series: one for one in session.exec(counting)}


def _counts() -> ColumnElement[bool]:
    return col(SeriesReview.taken_back_at).is_(None)


def _state(series: DataSeries, last: SeriesReview | None, recorded: date, today: date, zone: ZoneInfo) -> ReviewState:
    begins = last.reviewed_at.astimezone(zone).date() if last else recorded
    return ReviewState(series, last, None if series.retired else _a_year_later(begins), today)


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # of 29 February
        return day.replace(year=day.year + 1, day=28)


def states_now(work: Work) -> list[ReviewState]:
    """Give how each series stands with its review today."""
    today = work.clock.astimezone(work.zone).date()
    return list(review_states(work.session, now=work.now, today=today, zone=work.zone))
