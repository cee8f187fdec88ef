"""What waits for an official, the largest first: each a count in words and one link to where it is dealt with."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from audit.list_findings import FindingsFilter, list_findings
from audit.logs.models import LogImport
from audit.logs.standing_logs import standing_ids
from audit.statuses import Status
from config.jobs.models import Job, JobState
from config.web.signed_in import SignedIn


class Waiting(NamedTuple):
    """Something that waits: how many, what it is, and where it is dealt with."""

    how_many: int
    what: str
    path: str


class Month(NamedTuple):
    """A month's findings that stand, by verdict."""

    month: str
    unauthorized: int
    unresolved: int


def waiting_for(session: Session, official: SignedIn, now: datetime) -> list[Waiting]:
    """Give what waits for an official, the largest first; what there is none of is left out."""
    found = [*_findings(session, official, now), *_jobs(session, official), *_records(session, official)]
    return sorted((one for one in found if one.how_many), key=lambda one: (-one.how_many, one.path))


def findings_by_month(session: Session, now: datetime, most: int = 12) -> Sequence[Month]:
    """Give the newest months in which findings stand, the newest first."""
    counted: dict[str, list[int]] = {}
    for one in list_findings(session, FindingsFilter(), now=now).findings:
        counted.setdefault(one.month, [0, 0])[one.verdict != "unauthorized"] += 1
    return [Month(month, *counted[month]) for month in sorted(counted, reverse=True)[:most]]


def _findings(session: Session, official: SignedIn, now: datetime) -> Iterator[Waiting]:
    if not official.may("change", "findings"):
        return
    for wanted, what, path in (
        (FindingsFilter(status=Status.OPEN), "findings are open", "/findings?status=open"),
        (FindingsFilter(status=Status.UNDER_REVIEW), "findings are under review", "/findings?status=under_review"),
        (FindingsFilter(grown=True), "findings grew since they were closed", "/findings?grown=1"),
    ):
        yield Waiting(list_findings(session, wanted, now=now, limit=1).total, what, path)


def _jobs(session: Session, official: SignedIn) -> Iterator[Waiting]:
    if not official.may("read", "jobs"):
        return
    # what was overtaken fails as well, but another job does it anew
    failed = (Job.state == JobState.FAILED, col(Job.followed_by).is_(None))
    chosen = select(func.count()).select_from(Job).where(*failed)
    if not official.may("read", "schedule"):
        chosen = chosen.where(Job.asked_by == official.login)
    yield Waiting(session.exec(chosen).one(), "jobs failed", "/admin/jobs")


def _records(session: Session, official: SignedIn) -> Iterator[Waiting]:
    if official.may("change", "sources"):
        counting = standing_ids(session)
        unreadable = select(func.sum(LogImport.unreadable)).where(col(LogImport.id).in_(counting))
        yield Waiting(session.exec(unreadable).one() or 0, "records of logs cannot be read", "/")
