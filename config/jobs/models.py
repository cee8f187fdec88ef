"""Jobs and their schedule as rows: what was asked for by whom, how far it has come, what it came to."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class JobKind(StrEnum):
    """What jobs there are; `app/jobs/kinds.py` says what each does."""

    AUDIT = "audit"
    PREVIEW = "preview"
    STAGED_IMPORT = "staged-import"
    REPORT = "report"
    VERIFY = "verify"
    LEFTOVERS = "leftovers"
    EXPIRY = "expiry"
    REMINDERS = "reminders"
    WATCH = "watch"
    COMPACT = "compact"
    RETENTION = "retention"
    NOTICES = "notices"
    MAILS = "mails"
    BACKUP = "backup"
    REVIEW_USES = "review-uses"


class JobState(StrEnum):
    """How a job stands; of the last three nothing changes any more."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True)
class Outcome:
    """What a job came to.

    Args:
        said: Its receipt or its refusal, sentence by sentence.
        details: Of a refusal: fault by fault.
        advice: Of a refusal: the remedy's code, which each door words; empty where there is none.
        about: What that remedy names.
        run: The audit that it ran.
        imports: The imports that it applied, by their numbers.
        file: The file that it wrote.
        sha256: Of that file, as a report's is told.
        is_overtaken: What it read was changed meanwhile, so that it made nothing and is to be done anew.
    """

    said: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    advice: str = ""
    about: str = ""
    run: int | None = None
    imports: tuple[int, ...] = field(default=())
    file: str = ""
    sha256: str = ""
    is_overtaken: bool = False


_OUTCOMES = TypeAdapter(Outcome)


class Job(SQLModel, table=True):
    """A piece of long work that a worker process does when its turn comes.

    `asked_by` is an official's login, or the schedule's name. While a worker does the job it holds the job's lock
    (`config/locks.py`), which the worker's death frees; `beat_at` only shows to people that it goes on.
    """

    __tablename__ = "jobs"
    __table_args__ = (UniqueConstraint("asked_by", "idempotency_key"),)

    number: int = Field(default=None, primary_key=True)
    kind: str
    arguments: str = Field(sa_type=Text, description="the request of its use case, as JSON")
    asked_by: str = Field(index=True)
    idempotency_key: str | None = Field(default=None, description="asked for again with the same, it is the same job")
    scheduled_as: str = Field(default="", index=True, description="the entry of the schedule that asked for it")
    request_id: str = Field(
        default="", sa_column_kwargs={"server_default": text("''")}, description="the request that asked for it"
    )
    state: str = Field(index=True)
    phase: str = ""
    done: int | None = Field(default=None, description="of the phase, of `total`")
    total: int | None = None
    queued_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    beat_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    worker: str = Field(default="", description="the process that does it, or did it last")
    attempts: int = Field(default=0, description="how often a worker began it that did not hand it back")
    cancel_asked_by: str = ""
    followed_by: int | None = Field(default=None, index=True, description="the job that does it anew")
    outcome: str = Field(default="", sa_type=Text)

    @property
    def has_ended(self) -> bool:
        """Say whether nothing changes any more."""
        return self.state in ENDED

    @property
    def came_to(self) -> Outcome:
        """What it came to; nothing before it has ended."""
        return _OUTCOMES.validate_json(self.outcome) if self.outcome else Outcome()


def written(outcome: Outcome) -> str:
    """Write an outcome as a job's row keeps it."""
    return _OUTCOMES.dump_json(outcome).decode()


class ScheduleEntry(SQLModel, table=True):
    """A job that is asked for again and again; how its last run came out stands with that job."""

    __tablename__ = "schedule"

    name: str = Field(primary_key=True)
    cadence: str = Field(description="in the entity's zone, such as: daily at 03:15")
    enabled: bool = True
    next_run_at: datetime | None = Field(default=None, sa_type=UtcDateTime, description="None until it is worked out")
    last_run_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_job: int | None = Field(default=None, foreign_key="jobs.number")
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = ""


class ScheduleSetting(Recorded, table=True):
    """What an entry of the schedule was set to, for the list of changes; one that nobody has touched has none."""

    __tablename__ = "schedule_settings"

    id: int = Field(default=None, primary_key=True)
    name: str
    cadence: str
    enabled: bool
