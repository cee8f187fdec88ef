"""Ask for a job: what every door does with long work."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from config.jobs.models import Job, JobKind, JobState
from config.request_at_hand import request_at_hand
from config.work import Installation


@dataclass(frozen=True)
class JobRequest:
    """What is to be done.

    Args:
        arguments: The request of the kind's use case, a dataclass; None where it takes none.
        asked_by: The official's login; what the job changes is recorded under it.
        key: Of the form or the request that asks for it: sent twice, it is one job. Empty = each is another job.
        scheduled_as: The entry of the schedule that asks for it.
    """

    kind: JobKind
    arguments: object
    asked_by: str
    key: str = ""
    scheduled_as: str = ""

    def written_arguments(self) -> str:
        """Give the arguments as the job's row keeps them."""
        return TypeAdapter(type(self.arguments)).dump_json(self.arguments).decode()


def enqueue(installation: Installation, request: JobRequest) -> int:
    """Put a job at the end of the queue, and give its number; who asks again with the same key gets the same job.

    Raises:
        Conflict: The database cannot be written to.
    """
    with installation.aside() as work:
        return enter_job(work.session, request, now=work.clock)


def enter_job(session: Session, request: JobRequest, *, now: datetime) -> int:
    """Do the same as `enqueue` within a transaction that does more."""
    values = {
        "kind": request.kind.value,
        "arguments": request.written_arguments(),
        "asked_by": request.asked_by,
        "idempotency_key": request.key or None,
        "scheduled_as": request.scheduled_as,
        "request_id": request_at_hand(),
        "state": JobState.QUEUED.value,
        "queued_at": now,
        "phase": "",
        "worker": "",
        "attempts": 0,
        "cancel_asked_by": "",
        "outcome": "",
    }
    table = SQLModel.metadata.tables["jobs"]
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    added = insert(table).values(values).on_conflict_do_nothing(index_elements=["asked_by", "idempotency_key"])
    number = session.execute(added.returning(table.c.number)).scalar()
    if number is not None:
        return int(number)
    known = select(Job.number).where(Job.asked_by == request.asked_by, Job.idempotency_key == request.key)
    return session.exec(known.order_by(col(Job.number))).one()
