"""The files of reports that are ready, and who may have them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, TypeAdapter
from sqlmodel import Session, col, select

from app.reports.kinds import reports_of
from app.reports.place import KEPT
from config.errors import NotFound
from config.jobs.models import Job, JobKind, JobState
from config.officials.permissions import Scope
from config.web.signed_in import SignedIn
from reports.report_request import ReportRequest

_ASKED = TypeAdapter(ReportRequest)


class ReadyFile(BaseModel):
    """A workbook that is ready; `id` is also the number of the job that wrote it.

    `purpose` is what it was asked for to see whom accesses are about; then nobody else has it.
    """

    id: int
    report: str
    name: str
    produced_by: str
    produced_at: datetime
    bytes: int
    sha256: str
    purpose: str


def ready_files(session: Session, official: SignedIn, *, limit: int) -> list[ReadyFile]:
    """Give the newest files that an official may have."""
    chosen = select(Job).where(Job.kind == JobKind.REPORT, Job.state == JobState.DONE)
    if official.reach("read", "reports") is not Scope.ALL:
        chosen = chosen.where(Job.asked_by == official.login)
    jobs = session.exec(chosen.order_by(col(Job.number).desc()).limit(limit))
    return list(_ready(jobs.all(), official))


def find_file(session: Session, official: SignedIn, number: int) -> tuple[ReadyFile, Path]:
    """Give a file that an official may have, and where it lies.

    Raises:
        NotFound: There is none, or it is not one that they may know of.
    """
    job = session.get(Job, number)
    found = list(_ready([job], official)) if job is not None and job.kind == JobKind.REPORT else []
    if (
        job is None
        or not found
        or not (official.reach("read", "reports") is Scope.ALL or job.asked_by == official.login)
    ):
        raise NotFound(f"There is no file {number}; files of reports are kept for {KEPT.days} days.")
    return found[0], Path(job.came_to.file)


def _ready(jobs: Sequence[Job], official: SignedIn) -> Iterator[ReadyFile]:
    may = reports_of(official)
    for job in jobs:
        path, asked = Path(job.came_to.file), _ASKED.validate_json(job.arguments)
        is_shown = asked.masks_subjects or not asked.tells_subjects or job.asked_by == official.login
        if job.state == JobState.DONE and job.ended_at and path.stem in may and is_shown and path.is_file():
            yield ReadyFile(
                id=job.number,
                report=path.stem,
                name=f"{path.stem}-{job.ended_at:%Y-%m-%d}-{job.number}.xlsx",
                produced_by=job.asked_by,
                produced_at=job.ended_at,
                bytes=path.stat().st_size,
                sha256=job.came_to.sha256,
                purpose=asked.purpose,
            )
