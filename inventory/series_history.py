"""The versions of a data series: what each changed, when and by whom it was recorded."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlmodel import Session, col, select

from inventory.models import DataSeries

_SHOWN = (
    *("name", "description", "classification_text", "citation_text", "work_access_text", "department", "systems"),
    *("retention", "purpose", "retired"),
)


class FieldChange(NamedTuple):
    """A field that a version changed, as it was before and as it is since."""

    name: str
    before: str
    after: str


class SeriesVersion(NamedTuple):
    """A version of a series; the first one changes nothing."""

    recorded_at: datetime
    recorded_by: str
    changes: Sequence[FieldChange]


def series_history(session: Session, code: str) -> list[SeriesVersion]:
    """Give the versions of a series, the newest first."""
    rows = session.exec(select(DataSeries).where(DataSeries.code == code).order_by(col(DataSeries.id))).all()
    first = [SeriesVersion(row.recorded_at, row.recorded_by, ()) for row in rows[:1]]
    later = [SeriesVersion(row.recorded_at, row.recorded_by, _changes(before, row)) for before, row in pairwise(rows)]
    return [*first, *later][::-1]


def _changes(before: DataSeries, after: DataSeries) -> list[FieldChange]:
    return [
        FieldChange(name.removesuffix("_text"), _text(getattr(before, name)), _text(getattr(after, name)))
        for name in _SHOWN
        if getattr(before, name) != getattr(after, name)
    ]


def _text(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell or "")
