"""What pages and JSON show of a job."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from app.jobs.find_job import may_cancel, may_read_outcome
from app.jobs.kinds import KINDS
from config.clock import local_text
from config.jobs.models import Job, JobKind, JobState
from config.remedies import Advice, Remedy
from config.web.signed_in import SignedIn


class OutcomeView(BaseModel):
    """What a job came to: its receipt or refusal in sentences, and what it made."""

    said: list[str]
    details: list[str]
    run: int | None
    imports: list[int]
    file: str | None


class JobView(BaseModel):
    """A job as JSON; `outcome` is null until it has ended, and for those who may not read what it is about.

    `followed_by` is the job that does it anew, as what it read was changed meanwhile.
    """

    number: int
    kind: JobKind
    state: JobState
    phase: str
    done: int | None
    total: int | None
    asked_by: str
    queued_at: datetime
    started_at: datetime | None
    beat_at: datetime | None
    ended_at: datetime | None
    attempts: int
    cancel_asked_by: str
    followed_by: int | None
    outcome: OutcomeView | None


class JobRow(NamedTuple):
    """A job as a page shows it, its times in the entity's zone."""

    number: int
    what: str
    asked_by: str
    queued_at: str
    ended_at: str
    state: str
    phase: str
    percent: int | None
    said: tuple[str, ...]
    details: tuple[str, ...]
    remedy: Remedy | None
    file: str
    run: int | None
    followed_by: int | None
    has_ended: bool
    may_cancel: bool
    is_withheld: bool

    @property
    def summary(self) -> str:
        """Say in one line what it came to: of an audit its first line, of all else the receipt, which comes last."""
        if self.said:
            return self.said[-1 if self.run is None else 0]
        if self.is_withheld:
            return "for those who may read it"
        return "nothing was done" if self.has_ended else "not yet"


def job_view(job: Job, official: SignedIn) -> JobView:
    """Give a job as an official may see it."""
    outcome = None
    if job.has_ended and may_read_outcome(job, official):
        came_to = job.came_to
        outcome = OutcomeView(
            said=list(came_to.said),
            details=list(came_to.details),
            run=came_to.run,
            imports=list(came_to.imports),
            file=Path(came_to.file).name or None,
        )
    shown = {name: getattr(job, name) for name in JobView.model_fields if name != "outcome"}
    return JobView(**shown, outcome=outcome)


def job_row(job: Job, official: SignedIn, zone: ZoneInfo) -> JobRow:
    """Give a job as a page shows it to an official."""
    is_shown = may_read_outcome(job, official)
    came_to = job.came_to
    return JobRow(
        number=job.number,
        what=KINDS[JobKind(job.kind)].in_words,
        asked_by=job.asked_by,
        queued_at=local_text(job.queued_at.replace(microsecond=0), zone),
        ended_at=local_text(job.ended_at.replace(microsecond=0), zone) if job.ended_at else "",
        state=_state(job),
        phase="" if job.has_ended else job.phase,
        percent=None if job.has_ended or not job.total else round(100 * (job.done or 0) / job.total),
        said=came_to.said if is_shown else (),
        details=came_to.details if is_shown else (),
        remedy=Remedy(Advice[came_to.advice], came_to.about) if is_shown and came_to.advice else None,
        file=Path(came_to.file).name if is_shown else "",
        run=came_to.run if is_shown else None,
        followed_by=job.followed_by,
        has_ended=job.has_ended,
        may_cancel=not job.has_ended and not job.cancel_asked_by and may_cancel(job, official),
        is_withheld=job.has_ended and not is_shown and bool(came_to.said),
    )


def _state(job: Job) -> str:
    if job.state == JobState.RUNNING and job.cancel_asked_by:
        return f"is being cancelled for {job.cancel_asked_by}"
    if job.state == JobState.CANCELLED:
        return f"cancelled by {job.cancel_asked_by}"
    return job.state
