"""The life of a second small city, in which a worker is killed at each kind of job, and the schedule while it asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select, update

from access.models import TemporaryDuty
from app.open_installation import open_installation
from app.schedule.entries import SCHEDULE
from app.schedule.keep_schedule import Keeper
from audit.models import Finding
from audit.run_audit import AuditRequest
from audit.statuses import Status
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind, ScheduleEntry
from config.recorded import current
from config.uploads.models import Upload
from config.work import Installation
from reports.report_request import ReportRequest
from tests.kills.steps import Step, imported, log
from tests.kills.world import FILES, OUT
from tests.uploading import stage

_LONG_AGO = timedelta(days=3)
Asks = Callable[[Installation], None]


def job(name: str, asked: Asks | None, *, on_server: bool = False, also_unsettled: str = "") -> Step:
    """A worker does the job that is asked for; killed, it may leave that job to the next worker.

    Args:
        asked: Asks for it; None where what went before did.
        also_unsettled: The table that another job of the same step, done before, has changed already.
    """
    words = ("work", "--until-none-waits")
    unsettled = frozenset({"jobs", also_unsettled} - {""})
    before = None if asked is None else _in_installation(asked)
    return Step(words, f"job: {name}", on_server, before=before, unsettled=unsettled)


def _in_installation(does: Asks) -> Callable[[], None]:
    """Do something in the world's installation."""

    def prepare() -> None:
        with opened() as installation:
            does(installation)

    return prepare


@contextmanager
def opened() -> Iterator[Installation]:
    """Open the world's installation."""
    installation = open_installation(None, create=False)
    yield installation
    installation.engine.dispose()


def _uploads(file: str, upload_id: str, *, kind: str, source: str = "", job: JobKind = JobKind.STAGED_IMPORT) -> Asks:
    def ask(installation: Installation) -> None:
        stage(installation, Path(FILES, file), kind=kind, source=source, job=job, upload_id=upload_id)

    return ask


def asks(kind: JobKind, arguments: object = None) -> Asks:
    """Ask for a job of a kind."""

    def ask(installation: Installation) -> None:
        enqueue(installation, JobRequest(kind, arguments, "ann"))

    return ask


def _lets_exceptions_end(installation: Installation) -> None:
    with installation.change() as work:
        newest = select(Finding).order_by(col(Finding.id).desc()).limit(3)
        for finding in work.session.exec(newest).all():
            finding.status, finding.exception_ends = Status.ACCEPTED, work.now - timedelta(days=1)
    asks(JobKind.EXPIRY)(installation)


def _lets_duties_end(installation: Installation) -> None:
    with installation.change() as work:
        held = select(TemporaryDuty).where(current(TemporaryDuty), col(TemporaryDuty.revoked_at).is_(None))
        for duty in work.session.exec(held.order_by(col(TemporaryDuty.id)).limit(3)).all():
            duty.end = work.now - timedelta(days=1)
    asks(JobKind.REMINDERS)(installation)


def _leaves_things_behind(installation: Installation) -> None:
    """Leave an upload that nobody applied, and what a killed import was writing."""
    stage(
        *(installation, Path(FILES, "positions.csv")), kind="positions", job=JobKind.PREVIEW, upload_id="nobody-applied"
    )
    with installation.aside() as work:
        work.session.execute(update(Upload).values(uploaded_at=work.clock - _LONG_AGO))
    asks(JobKind.LEFTOVERS)(installation)


def _is_late(installation: Installation) -> None:
    """Let every entry of the schedule have been missed, again and again."""
    with installation.aside() as work:
        for name, scheduled in SCHEDULE.items():
            due = work.clock.replace(hour=3, minute=0, second=0, microsecond=0) - _LONG_AGO
            work.session.add(ScheduleEntry(name=name, cadence=scheduled.cadence, next_run_at=due))


def _look_at_schedule() -> None:
    with opened() as installation, Keeper(installation) as keeper:
        keeper.look()


_AUDIT = asks(JobKind.AUDIT, AuditRequest())
_REPORT = ReportRequest("findings", Path(OUT, "job.xlsx"), None, None, None, None)
JOB_STEPS = (
    Step(("init", "--entity", "City of Springfield")),
    *(imported(kind) for kind in ("positions", "employees", "assignments", "accounts", "inventory")),
    *(imported(kind) for kind in ("officers", "officer-duties", "work-access", "resources")),
    Step(("source", "add", "records", "--format", "csv")),
    log("part-1.csv", name=""),
    job("preview of logs", _uploads("part-2.csv", "seen", kind="log", source="records", job=JobKind.PREVIEW)),
    job("import of logs", _uploads("part-2.csv", "logs", kind="log", source="records"), on_server=True),
    job("import of a table", _uploads("corrected.csv", "table", kind="temporary-duties"), on_server=True),
    job("audit", _AUDIT, on_server=True),
    log("part-3.csv", name=""),
    job("audit of what is new", _AUDIT, on_server=True),
    job("report", asks(JobKind.REPORT, _REPORT), on_server=True),
    job("ended exceptions", _lets_exceptions_end, on_server=True),
    job("count of ended duties", _lets_duties_end, on_server=True),
    job("verify", asks(JobKind.VERIFY)),
    job("leftovers", _leaves_things_behind, on_server=True, also_unsettled="uploads"),
    Step((), "jobs that are due", on_server=True, before=_in_installation(_is_late), program=_look_at_schedule),
    Step(("work", "--until-none-waits")),
)
