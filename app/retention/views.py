"""What pages, JSON and the command line tell of retention."""

from datetime import date, datetime

from pydantic import BaseModel

from audit.logs.keeping.find_due import SourceDue
from audit.logs.keeping.retention import Retention
from audit.logs.retention_models import HeldWhat, LegalHold, PeriodUnit, Removal
from config.web.versions import version_of


class RetentionView(BaseModel):
    """How long each access of a source is kept, and under which schedule, as an official has entered it."""

    source: str
    keeps: int
    unit: PeriodUnit
    code: str
    citation: str
    by_itself: bool


class DueView(BaseModel):
    """What of a source is due; `stamp` tells it from what is due at another time, and is given back to remove it."""

    source: str
    before: datetime
    accesses: int
    unreadable_records: int
    first: datetime | None
    last: datetime | None
    held: int
    holds: list[str]
    stamp: str


class HoldView(BaseModel):
    """A legal hold; `source` is empty where it is of all sources, `first` and `last` are its days where it has any."""

    number: int
    source: str
    what: HeldWhat
    about: str
    reason: str
    first: date | None
    last: date | None
    placed_at: datetime
    placed_by: str


class RemovalView(BaseModel):
    """What was removed of a source, of which time, under which schedule, by whom and when."""

    number: int
    source: str
    before: datetime
    first: datetime | None
    last: datetime | None
    accesses: int
    unreadable_records: int
    held: int
    keeps: int
    unit: PeriodUnit
    code: str
    citation: str
    removed_at: datetime
    removed_by: str


def retention_version(source: str, stated: Retention | None) -> str:
    """Give the version of a source's retention period, as the header ETag writes it."""
    return version_of(source, stated)


def retention_view(source: str, one: Retention) -> RetentionView:
    """Give a retention period as it is told."""
    return RetentionView(
        source=source,
        keeps=one.keeps,
        unit=one.unit,
        code=one.code,
        citation=one.citation,
        by_itself=one.by_itself,
    )


def due_view(one: SourceDue) -> DueView:
    """Give what is due as it is told."""
    return DueView(
        source=one.source,
        before=one.before,
        accesses=one.events,
        unreadable_records=one.rejects,
        first=one.first,
        last=one.last,
        held=one.held,
        holds=list(one.holds),
        stamp=one.stamp,
    )


def hold_view(one: LegalHold) -> HoldView:
    """Give a legal hold as it is told."""
    return HoldView(
        number=one.id,
        source=one.source,
        what=HeldWhat(one.what),
        about=one.about,
        reason=one.reason,
        first=one.first,
        last=one.last,
        placed_at=one.recorded_at,
        placed_by=one.recorded_by,
    )


def removal_view(one: Removal) -> RemovalView:
    """Give a removal as it is told."""
    return RemovalView(
        number=one.id,
        source=one.source,
        before=one.before,
        first=one.first_time,
        last=one.last_time,
        accesses=one.events,
        unreadable_records=one.rejects,
        held=one.held,
        keeps=one.keeps,
        unit=PeriodUnit(one.unit),
        code=one.code,
        citation=one.citation,
        removed_at=one.removed_at,
        removed_by=one.removed_by,
    )
