"""Notices of logs: which records of them cannot be read, and which are missing."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from sqlmodel import col, select

from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.models import LogImport
from audit.logs.say_coverage import say_gap
from audit.logs.standing_logs import standing_ids
from config.clock import day_text

_DAYS_LOOKED_AT = 90
# what a system writes at night comes in the morning, or on Monday
_DAYS_TO_ARRIVE = 3


def unreadable(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who imported logs lately that some records cannot be read, once for a source and a day."""
    work = gathering.work
    columns = select(LogImport.source, LogImport.imported_by, LogImport.imported_at)
    chosen = columns.where(
        LogImport.unreadable > 0,
        LogImport.imported_at > work.now - LATELY,
        col(LogImport.id).in_(standing_ids(work.session)),
    )
    days = {(source, by, at.astimezone(work.zone).date()) for source, by, at in work.session.exec(chosen)}
    for source, by, day in sorted(days):
        importers = [one for one in gathering.recipients.named(by) if one.may("run", "log imports")]
        told = importers or gathering.recipients.who_may("run", "log imports")
        text = f"Some records of {source} that were imported on {day_text(day)} cannot be read."
        yield from for_each(told, source, str(day), text, f"/logs/{quote(source, safe='')}")


def missing(gathering: Gathering) -> Iterator[Wanted]:
    """Tell who imports logs of each source whose records are missing, anew with each gap that begins."""
    today = gathering.work.clock.astimezone(gathering.work.zone).date()
    first, last = today - timedelta(days=_DAYS_LOOKED_AT), today - timedelta(days=_DAYS_TO_ARRIVE)
    told = gathering.recipients.who_may("run", "log imports")
    # from the first day on, as a gap whose beginning is not looked at would seem to begin anew each day
    for one in read_coverage(gathering.work, CoverageRequest(last=last, usual=False)):
        gaps = [gap for gap in one.gaps if gap.last >= first]
        if one.last_seen is None or not one.expected.cadence or not gaps:
            continue
        newest = max(gaps, key=lambda gap: gap.first)
        lasts = one.last_seen < newest.first
        since = f"No records of {one.source} of {day_text(newest.first)} or later are here; these days are not judged."
        text = since if lasts else say_gap(one.source, newest)
        yield from for_each(told, one.source, str(newest.first), text, f"/logs/{quote(one.source, safe='')}#coverage")
