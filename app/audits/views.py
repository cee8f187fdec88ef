"""Audits as pages and JSON show them."""

import json
from datetime import datetime

from pydantic import BaseModel, Field
from sqlmodel import Session, col, func, select

from audit.differences import Differences, differences_of
from audit.models import AuditRun, FindingFigures
from audit.rules import VERDICT_OF


class AuditView(BaseModel):
    """An audit that ended: what was asked, and what it decided; a question left what stands alone."""

    id: int
    range_start: datetime | None
    range_end: datetime | None
    known_at: datetime
    logs_known_at: datetime
    digest: str
    events: int
    authorized: int
    unauthorized: int
    unresolved: int
    out_of_scope: int
    reasons: dict[str, int]
    examined: int
    agreed: int
    findings: int
    run_at: datetime
    run_by: str
    is_question: bool
    days_not_seen: int | None = Field(description="Days of its time without expected records; null = not counted then.")
    not_seen: str = Field(description="What was said of these days: their accesses are not judged.")


class ReasonRow(BaseModel):
    """How many accesses were decided for a reason, and how many in the audit before; None where there is none."""

    reason: str
    verdict: str
    events: int
    before: int | None


class RunDifference(BaseModel):
    """How an audit differs from the one before.

    Args:
        before: The number of that.
        same_range: Whether both were of the same time.
        counted: How many findings it found or counted otherwise.
        ended: How many findings no longer stand as they did.
    """

    before: int
    same_range: bool
    same_digest: bool
    counted: int
    ended: int


def view_audit(run: AuditRun) -> AuditView:
    """Give an audit as it is shown."""
    shown = {name: getattr(run, name) for name in AuditView.model_fields if name != "reasons"}
    return AuditView(**shown, reasons=json.loads(run.reasons))


def run_before(session: Session, run: AuditRun) -> AuditRun | None:
    """Give the newest audit, no question, before one."""
    earlier = select(AuditRun).where(col(AuditRun.id) < run.id, ~col(AuditRun.is_question))
    return session.exec(earlier.order_by(col(AuditRun.id).desc()).limit(1)).first()


def reason_rows(run: AuditRun, before: AuditRun | None) -> list[ReasonRow]:
    """Give the reasons in the order of the decision table, with the counts of the audit before."""
    now, then = json.loads(run.reasons), json.loads(before.reasons) if before else {}
    return [
        ReasonRow(
            reason=reason,
            verdict=verdict,
            events=now.get(reason, 0),
            before=then.get(reason, 0) if before else None,
        )
        for reason, verdict in VERDICT_OF.items()
        if reason in now or reason in then
    ]


def difference_to(session: Session, run: AuditRun, before: AuditRun | None) -> RunDifference | None:
    """Say how an audit differs from the one before; None of a question, and where there is none before."""
    if before is None or run.is_question:
        return None
    counted = select(func.count()).select_from(FindingFigures).where(FindingFigures.run_id == run.id)
    ended = select(func.count()).select_from(FindingFigures).where(FindingFigures.until_run == run.id)
    return RunDifference(
        before=before.id,
        same_range=(run.range_start, run.range_end) == (before.range_start, before.range_end),
        same_digest=run.digest == before.digest,
        counted=session.exec(counted).one(),
        ended=session.exec(ended).one(),
    )


def question_differences(session: Session, run: AuditRun) -> Differences | None:
    """Say how what a question found differs from what stood then; None of what is no question."""
    return differences_of(session, run.id) if run.is_question else None
