"""Coverage over JSON: which days of each source were seen, and which were not."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from app.logs.pages import Reader
from audit.logs.coverage import CoverageRequest, SourceCoverage, days_asked, read_coverage
from audit.logs.expected_logs import NOT_STATED
from audit.logs.judge_days import DayState
from audit.logs.say_coverage import sum_up
from audit.logs.source_purge import Purge, find_purge
from config.clock import read_end, read_start
from config.errors import InvalidFields
from config.web.paging import Listed
from config.web.signed_in import InstallationDep
from config.work import Work

router = APIRouter(prefix="/api/v1/coverage", tags=["sources"])


class CoverageAsked(BaseModel):
    """Of what coverage is asked; what is left out narrows nothing."""

    source: str = Query(default="", max_length=200, pattern=r"^[^\x00]*$", description="Day by day, of this source.")
    start: str = Query(default="", alias="from", max_length=60, description="First day; empty = the first seen.")
    end: str = Query(
        default="", alias="to", max_length=60, description="Last day; empty = the last on which any source was seen."
    )


class GapView(BaseModel):
    """Days without records that were expected; accesses of these are not judged. `days` of them are missing."""

    first: date
    last: date
    days: int


class LowDayView(BaseModel):
    """A day with fewer than half of the records that are usual."""

    day: date
    accesses: int
    usual: int | None


class JumpView(BaseModel):
    """A jump of the source's own record numbers: `missing` of them are of no record that was read."""

    after: str
    before: str
    missing: int
    after_time: datetime
    before_time: datetime


class DayView(BaseModel):
    """One day of a source; of one that was removed under a schedule, how many accesses it held."""

    day: date
    accesses: int
    state: DayState


class PurgeView(BaseModel):
    """What the source purges before it was imported: the next day, and when; how many days are lost."""

    day: date | None
    on: date | None
    lost: int


class CoverageView(BaseModel):
    """What was seen of one source, by the accesses' own times, in days of the entity's zone.

    `first_seen` and `last_seen` are of all that arrived, the rest is of the days asked about; `days` is empty where
    all sources are asked about.
    """

    source: str
    cadence: str
    keeps_days: int | None
    first_seen: date | None
    last_seen: date | None
    first: date | None
    last: date | None
    accesses: int
    days_seen: int
    days_missing: int
    days_removed: int
    missing: list[GapView]
    low: list[LowDayView]
    jumps: list[JumpView]
    purges: PurgeView | None
    said: str
    days: list[DayView]


@router.get("")
def show_coverage(
    installation: InstallationDep, official: Reader, asked: Annotated[CoverageAsked, Query()]
) -> Listed[CoverageView]:
    """Show which days of each source were seen, and which are missing: accesses of these are not judged."""
    with installation.read() as work:
        first, last = _days(work, asked)
        request = CoverageRequest(asked.source, first, last, limits=official.limits)
        found = read_coverage(work, request)
    return Listed(items=[_view(one, by_day=bool(asked.source)) for one in found], next=None)


def _days(work: Work, asked: CoverageAsked) -> tuple[date | None, date | None]:
    faults, instants = dict[str, str](), {}
    for name, text, read in (("from", asked.start, read_start), ("to", asked.end, read_end)):
        try:
            instants[name] = read(text, work.zone) if text.strip() else None
        except ValueError as error:
            faults[name] = f"This cannot be read; expected {error}."
    if faults:
        raise InvalidFields(faults)
    return days_asked(instants["from"], instants["to"], work.zone)


def _view(one: SourceCoverage, *, by_day: bool) -> CoverageView:
    return CoverageView(
        source=one.source,
        cadence=one.expected.cadence or NOT_STATED,
        keeps_days=one.expected.keeps_days,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        first=one.days[0].day if one.days else None,
        last=one.days[-1].day if one.days else None,
        accesses=one.events,
        days_seen=one.seen,
        days_missing=one.missing,
        days_removed=one.removed,
        missing=[GapView(first=gap.first, last=gap.last, days=gap.days) for gap in one.gaps],
        low=[LowDayView(day=low.day, accesses=low.events, usual=low.usual) for low in one.low],
        jumps=[JumpView(**{name: getattr(jump, name) for name in JumpView.model_fields}) for jump in one.jumps],
        purges=_purge(find_purge(one)),
        said=sum_up([one]).said,
        days=[DayView(day=day.day, accesses=day.events, state=day.state) for day in one.days] if by_day else [],
    )


def _purge(purge: Purge | None) -> PurgeView | None:
    return PurgeView(day=purge.day, on=purge.on, lost=purge.lost) if purge else None
