"""The pages of audits: the list with the form that asks for one, and one with all that it decided."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import col, select

from app.audits.read_audit_form import read_audit_form
from app.audits.views import (
    AuditView,
    ReasonRow,
    RunDifference,
    difference_to,
    question_differences,
    reason_rows,
    run_before,
    view_audit,
)
from audit.differences import Differences
from audit.models import AuditRun
from audit.run_views import the_run
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation

router = APIRouter()
_HERE = "/audits"
_ON_A_PAGE = 50
Reader = Annotated[SignedIn, official_who_may("read", "audits")]
Auditor = Annotated[SignedIn, official_who_may("run", "audits")]
# a run's number in an address; no database counts farther
RunNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typed = Annotated[str, Form(max_length=100)]


@dataclass(frozen=True)
class AuditsPage:
    """Everything that audits.html shows.

    Args:
        older: The number before which the next page begins; None where this is the last one.
        filled: What was typed, by field.
        faults: What is wrong, by field.
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    audits: Sequence[AuditView]
    older: int | None
    zone: ZoneInfo
    may_run: bool
    key: str
    filled: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditPage:
    """Everything that audit.html shows.

    Args:
        difference: To the audit before; None of a question, and where there is none.
        question: Of a question, how what it found differs from what stood then.
    """

    audit: AuditView
    reasons: Sequence[ReasonRow]
    difference: RunDifference | None
    question: Differences | None
    zone: ZoneInfo


@router.get(_HERE, response_class=HTMLResponse)
def show_audits(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """List the audits, the newest first, with the form that asks for one."""
    return _show(request, installation, official, before=before, filled={}, faults={})


@router.post(_HERE)
def take_audit(
    request: Request,
    installation: InstallationDep,
    official: Auditor,
    start: Annotated[str, Form(alias="from", max_length=100)] = "",
    end: Annotated[str, Form(alias="to", max_length=100)] = "",
    known_at: Typed = "",
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Ask for an audit, or show the form again with what is wrong."""
    filled = {"from": start, "to": end, "known_at": known_at}
    with installation.read() as work:
        asked, faults = read_audit_form(filled, work.zone)
        if asked.known_at is not None and asked.known_at > work.now:
            faults["known_at"] = "This has not come yet; ask for a time that has passed."
    if faults:
        return _show(request, installation, official, before=None, filled=filled, faults=faults)
    number = enqueue(installation, JobRequest(JobKind.AUDIT, asked, official.login, f"audit {key}" if key else ""))
    return RedirectResponse(f"/jobs/{number}", HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/{{run}}", response_class=HTMLResponse)
def show_audit(request: Request, installation: InstallationDep, official: Reader, run: RunNumber) -> HTMLResponse:
    """Show an audit: what was asked, known when, and what it decided."""
    with installation.read() as work:
        found = the_run(work.session, run)
        earlier = run_before(work.session, found)
        page = AuditPage(
            view_audit(found),
            reason_rows(found, earlier),
            difference_to(work.session, found, earlier),
            question_differences(work.session, found),
            work.zone,
        )
    return render(request, "app/audit.html", page, title=f"Audit {run}", official=official, here=_HERE)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    *,
    before: int | None,
    filled: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    chosen = select(AuditRun).order_by(col(AuditRun.id).desc()).limit(_ON_A_PAGE + 1)
    if before is not None:
        chosen = chosen.where(col(AuditRun.id) < before)
    with installation.read() as work:
        found = work.session.exec(chosen).all()
        audits = [view_audit(run) for run in found[:_ON_A_PAGE]]
        older = audits[-1].id if len(found) > _ON_A_PAGE else None
        may_run = official.may("run", "audits")
        page = AuditsPage(audits, older, work.zone, may_run, secrets.token_urlsafe(16), filled, faults)
    title = "Error: Audits" if faults else "Audits"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "app/audits.html", page, title=title, official=official, here=_HERE, status=status)
