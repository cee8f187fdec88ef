"""Figures for whoever watches over the service, as Prometheus reads them: counts alone, nothing of a person."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry
from sqlmodel import Session, col, func, select

from app.backup.backup_folder import written_backups
from app.watched_requests import RequestFigures
from audit.logs.models import LogImport
from audit.logs.standing_logs import standing_ids
from audit.models import AuditRun, Finding
from config.jobs.models import Job, JobState
from config.officials.models import SignInAttempt
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter(tags=["health"], include_in_schema=False)
Reader = Annotated[SignedIn, official_who_may("read", "metrics")]


class _OfRecord(Collector):
    """Counts what the record holds, when it is asked."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the figures."""
        session = self._work.session
        yield _by_word(session, "thirteen_jobs", "Jobs on the record, by state.", "state", Job.state)
        yield _by_word(session, "thirteen_findings", "Findings on the record, by status.", "status", Finding.status)
        yield _sign_ins(session)
        waiting = session.exec(select(func.min(col(Job.queued_at))).where(Job.state == JobState.QUEUED)).one()
        waits = (self._work.clock - waiting).total_seconds() if waiting else 0.0
        yield GaugeMetricFamily("thirteen_oldest_waiting_job_seconds", "Seconds the oldest job waits.", waits)
        stored = select(func.sum(LogImport.added)).where(col(LogImport.id).in_(standing_ids(session)))
        yield GaugeMetricFamily(
            "thirteen_stored_accesses", "Accesses of imported logs.", session.exec(stored).one() or 0
        )
        audited = session.exec(select(func.max(col(AuditRun.run_at)))).one()
        yield _when("thirteen_newest_audit", "When the newest audit ran.", audited.timestamp() if audited else 0.0)
        backups = written_backups(self._work.settings)
        newest = backups[0].taken_at.timestamp() if backups else 0.0
        yield _when("thirteen_newest_backup", "When the newest backup was taken.", newest)


@router.get("/metrics")
def give_metrics(request: Request, installation: InstallationDep, _: Reader) -> Response:
    """Give counts of requests since this process began, of jobs, findings and accesses, in the text of Prometheus."""
    figures: RequestFigures = request.state.figures
    registry = CollectorRegistry()
    with installation.read() as work:
        registry.register(_OfRecord(work))
        text = generate_latest(figures.registry) + generate_latest(registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _by_word(session: Session, name: str, said: str, label: str, column: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=(label,))
    for word, count in session.exec(select(column, func.count()).group_by(column)):
        family.add_metric((str(word),), count)
    return family


def _sign_ins(session: Session) -> GaugeMetricFamily:
    said = "Attempts to sign in, by the way in and why they were refused; none = they were not."
    family = GaugeMetricFamily("thirteen_sign_in_attempts", said, labels=("way", "fault"))
    way_in, why, succeeds = (col(SignInAttempt.way), col(SignInAttempt.fault), col(SignInAttempt.succeeded))
    counted = select(way_in, why, succeeds, func.count()).group_by(way_in, why, succeeds)
    for way, fault, succeeded, count in session.exec(counted):
        # of those from before this was kept it is known only whether they succeeded
        family.add_metric((way, fault or ("none" if succeeded else "password")), count)
    return family


def _when(name: str, said: str, seconds: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{name}_timestamp_seconds", f"{said} Seconds since 1970; 0 = never.", seconds)
