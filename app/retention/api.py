"""Retention, legal holds and removals over JSON."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from app.jobs.ask import accepted, ask_once
from app.jobs.views import JobView
from app.logs.pages import Changer, Reader, SourceName
from app.retention.apply_retention import RemovalRequest
from app.retention.views import (
    DueView,
    HoldView,
    RemovalView,
    RetentionView,
    due_view,
    hold_view,
    removal_view,
    retention_version,
    retention_view,
)
from audit.logs.find_source import find_source
from audit.logs.keeping.find_due import find_due
from audit.logs.keeping.legal_holds import HoldRequest, legal_holds, lift_hold, place_hold
from audit.logs.keeping.removed import removals
from audit.logs.keeping.retention import Retention, end_retention, retention_of_sources, state_retention
from audit.logs.retention_models import HeldWhat, PeriodUnit
from config.errors import NotFound
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.web.days import Day
from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn
from config.web.versions import NamedVersion, check_version
from config.work import Work

router = APIRouter(prefix="/api/v1", tags=["retention"])
_LONGEST = 500


class RetentionAsked(BaseModel):
    """How long each access of a source is to be kept; code and citation are those of the entity's own schedule."""

    model_config = ConfigDict(extra="forbid")

    keeps: int = Field(ge=1, le=36_500)
    unit: PeriodUnit
    code: str = Field(min_length=1, max_length=_LONGEST)
    citation: str = Field(min_length=1, max_length=_LONGEST)
    by_itself: bool = Field(default=False, description="Whether the schedule removes what is due, without being asked.")


class RemovalAsked(BaseModel):
    """What is to be removed: what was due when it was looked at."""

    model_config = ConfigDict(extra="forbid")

    stamp: str = Field(min_length=1, max_length=64, description="That of what was shown to be due.")


class HoldAsked(BaseModel):
    """What is to be held, and why; `source` empty = of all, `about` the account, the employee's id, or the text."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(default="", max_length=200)
    what: HeldWhat
    about: str = Field(default="", max_length=_LONGEST)
    reason: str = Field(min_length=1, max_length=2_000)
    first: Day | None = None
    last: Day | None = None


@router.get("/retention")
def list_retention(installation: InstallationDep, official: Reader) -> Listed[RetentionView]:
    """List how long the sources are kept of which it is entered."""
    with installation.read() as work:
        found = retention_of_sources(work.session)
    admitted = [(name, one) for name, one in found.items() if official.limits.admit_source(name)]
    return Listed(items=[retention_view(name, one) for name, one in admitted], next=None)


@router.get("/retention/{source}")
def show_retention(
    installation: InstallationDep, official: Reader, source: SourceName, response: Response
) -> RetentionView | None:
    """Show how long a source is kept, null where that is not entered, with the version of which a change is made."""
    with installation.read() as work:
        name = _admitted(work, official, source)
        stated = retention_of_sources(work.session).get(name)
    response.headers["ETag"] = retention_version(name, stated)
    return retention_view(name, stated) if stated else None


@router.put("/retention/{source}")
def put_retention(
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    asked: RetentionAsked,
    version: NamedVersion,
    response: Response,
) -> RetentionView:
    """Enter how long a source is kept; nothing is removed by that."""
    wanted = Retention(asked.keeps, asked.unit, asked.code, asked.citation, asked.by_itself)
    with installation.change() as work:
        name = _admitted(work, official, source)
        check_version(version, retention_version(name, retention_of_sources(work.session).get(name)))
        stated = state_retention(replace(work, by=official.login), name, wanted)
    response.headers["ETag"] = retention_version(name, stated)
    return retention_view(name, stated)


@router.delete("/retention/{source}", status_code=HTTPStatus.NO_CONTENT)
def delete_retention(
    installation: InstallationDep, official: Changer, source: SourceName, version: NamedVersion
) -> None:
    """Let a source have no retention period any more, so that nothing of it is due."""
    with installation.change() as work:
        name = _admitted(work, official, source)
        check_version(version, retention_version(name, retention_of_sources(work.session).get(name)))
        end_retention(replace(work, by=official.login), name)


@router.get("/retention/{source}/due")
def show_due(installation: InstallationDep, official: Reader, source: SourceName) -> DueView | None:
    """Show what of a source is due to be removed, and what is held; null where no period is entered."""
    with installation.read() as work:
        found = find_due(work, _admitted(work, official, source))
    return due_view(found[0]) if found else None


@router.post("/retention/{source}/removal", status_code=HTTPStatus.ACCEPTED)
def ask_removal(
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    asked: RemovalAsked,
    response: Response,
    key: IdempotencyKey = "",
) -> JobView:
    """Remove what is due of a source, as it was shown; nothing brings it back. The answer is the job."""
    with installation.read() as work:
        name = _admitted(work, official, source)
    arguments = RemovalRequest(name, asked.stamp)
    request = JobRequest(JobKind.RETENTION, arguments, official.login, f"removal {key}" if key else "")
    return accepted(installation, official, ask_once(installation, request), response)


@router.get("/removals")
def list_removals(
    installation: InstallationDep, official: Reader, source: Annotated[str, Query(max_length=200)] = ""
) -> Listed[RemovalView]:
    """List what was removed under which schedule, the newest first."""
    with installation.read() as work:
        found = [
            removal_view(one) for one in removals(work.session, source) if official.limits.admit_source(one.source)
        ]
    return Listed(items=found, next=None)


@router.get("/legal-holds")
def list_holds(installation: InstallationDep, official: Reader) -> Listed[HoldView]:
    """List the legal holds that were not lifted."""
    with installation.read() as work:
        found = [hold_view(one) for one in legal_holds(work.session) if official.limits.admit_source(one.source)]
    return Listed(items=found, next=None)


@router.post("/legal-holds", status_code=HTTPStatus.CREATED)
def make_hold(
    installation: InstallationDep, official: Changer, asked: HoldAsked, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Hold accesses, whatever a schedule says."""
    request = HoldRequest(**{name: getattr(asked, name) for name in HoldAsked.model_fields})

    def make(work: Work) -> HoldView:
        return hold_view(place_hold(replace(work, by=official.login), request))

    return once(installation, official, key, asked, make)


@router.post("/legal-holds/{number}/lift", status_code=HTTPStatus.NO_CONTENT)
def end_hold(installation: InstallationDep, official: Changer, number: int) -> None:
    """Let a legal hold end now; that it was there stays on the record."""
    with installation.change() as work:
        lift_hold(replace(work, by=official.login), number)


def _admitted(work: Work, official: SignedIn, source: str) -> str:
    name = find_source(work.session, source).name
    if not official.limits.admit_source(name):
        raise NotFound(f'There is no source "{source}" that you may read of.')
    return name
