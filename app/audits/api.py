"""Audits over JSON: asked for as jobs, listed, looked at."""

from dataclasses import asdict, replace
from datetime import datetime
from http import HTTPStatus
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlmodel import SQLModel

from app.audits.pages import RunNumber
from app.audits.read_audit_form import read_audit_form
from app.audits.views import AuditView, view_audit
from app.jobs.ask import accepted, ask_once
from app.jobs.views import JobView
from audit.models import AuditRun
from audit.read_findings import FindingsQuestion, read_findings
from audit.run_views import the_run
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.web.once import IdempotencyKey
from config.web.paging import Cursor, Limit, Listed, Ordered, Sort, list_page
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter(prefix="/api/v1/audits", tags=["audits"])
Reader = Annotated[SignedIn, official_who_may("read", "audits")]
FindingsReader = Annotated[SignedIn, official_who_may("read", "findings")]
Auditor = Annotated[SignedIn, official_who_may("run", "audits")]
_COLUMNS = SQLModel.metadata.tables["audit_runs"].c
_FIELDS = {name: Ordered(_COLUMNS[name], attrgetter(name)) for name in ("id", "known_at", "run_at", "run_by", "events")}


class RunFindingView(BaseModel):
    """A finding of one audit; `difference` says how what a question found differs from what stood."""

    key: str
    who: str
    what: str
    reason: str
    verdict: str
    month: str
    events: int
    first: datetime
    last: datetime
    subjects: int
    status: str
    explanation: str
    difference: str = ""


class AuditAsked(BaseModel):
    """What to audit; each is a date or an instant, empty = from the first access, to the last, as known now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"from": "2025-01-01"}]})

    start: str = Field(default="", alias="from", max_length=100)
    end: str = Field(default="", alias="to", max_length=100)
    known_at: str = Field(default="", max_length=100)
    logs_known_at: str = Field(default="", max_length=100, description="With the logs imported by then; empty = all.")
    whole: bool = Field(default=False, description="Decide everything anew, not only what can have changed.")


@router.post("", status_code=HTTPStatus.ACCEPTED)
def ask_for_audit(
    installation: InstallationDep,
    official: Auditor,
    asked: AuditAsked,
    response: Response,
    key: IdempotencyKey = "",
) -> JobView:
    """Ask for an audit; the answer is the job that does it."""
    with installation.read() as work:
        request, faults = read_audit_form(asked.model_dump(by_alias=True, exclude={"whole"}), work.zone)
        for name in ("known_at", "logs_known_at"):
            if (known := getattr(request, name)) is not None and known > work.now:
                faults[name] = "This has not come yet; ask for a time that has passed."
    if faults:
        raise RequestValidationError([{"loc": ("body", name), "msg": fault} for name, fault in faults.items()])
    job = JobRequest(JobKind.AUDIT, replace(request, whole=asked.whole), official.login, f"audit {key}" if key else "")
    return accepted(installation, official, ask_once(installation, job), response)


@router.get("")
def list_audits(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    *,
    is_question: bool | None = None,
    cursor: Cursor = "",
    limit: Limit = 100,
    sort: Sort = "",
) -> Listed[AuditView]:
    """List the audits, the newest first."""
    chosen = select(AuditRun)
    if is_question is not None:
        chosen = chosen.where(_COLUMNS["is_question"] == is_question)
    with installation.read() as work:
        runs, further = list_page(work.session, chosen, _FIELDS, cursor=cursor, limit=limit, sort=sort, last="-id")
        return Listed(items=[view_audit(run) for run in runs], next=further)


@router.get("/{run}")
def show_audit(installation: InstallationDep, official: Reader, run: RunNumber) -> AuditView:  # noqa: ARG001 - who may
    """Show an audit."""
    with installation.read() as work:
        return view_audit(the_run(work.session, run))


@router.get("/{run}/findings")
def list_findings_of_run(
    installation: InstallationDep,
    official: FindingsReader,
    run: RunNumber,
) -> Listed[RunFindingView]:
    """List the findings of one audit as it counted them, also of a question about the past; status and notes are now's.

    They are all on one page, by month, reason, who and what.
    """
    with installation.read() as work:
        every = read_findings(work.session, FindingsQuestion(run=run), work.zone, now=work.now)
        found = [one for one in every if official.limits.admit(one.month, one.sources.split("; "))]
        names = set(RunFindingView.model_fields)
        shown = [{name: value for name, value in asdict(one).items() if name in names} for one in found]
        return Listed(items=[RunFindingView(**one) for one in shown], next=None)
