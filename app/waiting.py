"""What waits for an official, the largest first: each a count in words and one link to where it is dealt with."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from sqlmodel import Session, col, func, select

from access.duty_reminders import reminders
from audit.list_findings import FindingsFilter, count_findings
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


def waiting_for(session: Session, official: SignedIn, now: datetime) -> list[Waiting]:
    """Give what waits for an official, the largest first; what there is none of is left out."""
    found = [*_findings(session, official, now), *_duties(session, official, now), *_jobs(session, official)]
    found += [*_records(session, official)]
    return sorted((one for one in found if one.how_many), key=lambda one: (-one.how_many, one.path))


def _findings(session: Session, official: SignedIn, now: datetime) -> Iterator[Waiting]:
    if not official.may("change", "findings"):
        return
    for wanted, what, path in (
        (FindingsFilter(status=Status.OPEN), "findings are open", "/findings?status=open"),
        (FindingsFilter(status=Status.UNDER_REVIEW), "findings are under review", "/findings?status=under_review"),
        (
            FindingsFilter(status=Status.UNDER_REVIEW, assignee=official.login),
            "findings are assigned to you",
            f"/findings?status=under_review&assignee={quote(official.login)}",
        ),
        (FindingsFilter(proposed=True), "dismissals wait for a second official", "/findings?proposed=1"),
        (FindingsFilter(grown=True), "findings grew since they were closed", "/findings?grown=1"),
    ):
        yield Waiting(count_findings(session, wanted, now=now), what, path)


def _duties(session: Session, official: SignedIn, now: datetime) -> Iterator[Waiting]:
    if official.may("change", "temporary duties") and official.employee_id:
        mine = [duty for duty in reminders(session, now) if official.employee_id in {duty.granted_by, duty.employee_id}]
        yield Waiting(len(mine), "temporary duties of yours end within three days", "/")


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
