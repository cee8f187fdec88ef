"""Nothing long holds the database: at each step of an audit others save, and wait for nobody."""

from dataclasses import replace

from access.duty_terms import read_duty_terms
from access.grant_duty import grant_duty
from app.jobs.do_job import do_job
from app.jobs.kinds import KINDS
from audit.run_audit import AuditRequest
from config.database import connect
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind, Outcome
from config.jobs.queue import taken_job
from config.progress import Silence
from config.work import Installation
from tests.access.duties_at_work import EVERYBODY, OFFICIAL, asked_for
from tests.databases import on_both
from tests.installing import LATER, installed
from tests.town import Town


class SavesAtEachStep(Silence):
    """Grants a duty whenever the audit tells of a step, with no patience for whoever holds the record."""

    def __init__(self, installation: Installation) -> None:
        engine = connect(installation.settings.resolved_database_url(), wait_seconds=0.05)
        impatient = installation.settings.model_copy(update={"lock_wait_seconds": 0.0})
        self._saving = replace(installation, settings=impatient, engine=engine)
        self.saved = dict[str, str]()

    def step(self, what: str, share: float | None = None) -> None:
        """Grant a duty."""
        super().step(what, share)
        if what not in self.saved:
            with self._saving.change() as work:
                asked = asked_for(reason=f"while {what}")
                self.saved[what] = grant_duty(work, read_duty_terms(work, asked, reach=EVERYBODY), by=OFFICIAL).id

    def close(self) -> None:
        """Let go of the database."""
        self._saving.engine.dispose()


@on_both
def test_a_duty_is_saved_at_each_step_of_an_audit(logged_town: Town) -> None:
    installation, audit = installed(logged_town.session, logged_town.settings, LATER), KINDS[JobKind.AUDIT]
    enqueue(installation, JobRequest(JobKind.AUDIT, AuditRequest(), "ann"))
    saves = SavesAtEachStep(installation)

    def does(doing: Installation, request: AuditRequest) -> Outcome:
        return audit.does(replace(doing, progress=saves), request)

    with taken_job(installation, "w1") as job:
        assert job is not None
        do_job(installation, job, kinds={JobKind.AUDIT: replace(audit, does=does)}, seconds_between=60)
    saves.close()

    steps = {what.removeprefix("Auditing: ") for what in saves.saved}
    assert {"reading what is known", "deciding", "cross-examining", "publishing"} <= steps
    assert len(set(saves.saved.values())) == len(saves.saved)
