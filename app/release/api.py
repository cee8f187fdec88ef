"""The release of audit trails over JSON."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from app.logs.pages import Reader, SourceName
from app.release.kept_trail import find_trail, keep_trail
from app.release.pages import Decider, Exporter
from app.release.trail_receipt import TrailReceipt
from app.release.views import ReleaseView, admitted_source, column_views, export_view, release_version
from audit.logs.release_models import Release
from audit.logs.releasing.say_trail import list_exports
from audit.logs.releasing.state_release import Decision, state_release
from config.web.once import IdempotencyKey, answer_of, once
from config.web.signed_in import InstallationDep
from config.web.versions import NamedVersion, check_version

router = APIRouter(prefix="/api/v1", tags=["releases"])


class DecisionAsked(BaseModel):
    """What is decided of one column; `decided_by` empty = who asks, `decided_on` null = today."""

    model_config = ConfigDict(extra="forbid")

    column: str = Field(min_length=1, max_length=500)
    decision: Release
    citation: str = Field(min_length=1, max_length=2_000, description="The law that it rests on.")
    decided_by: str = Field(default="", max_length=200)
    decided_on: date | None = None


class TrailAsked(BaseModel):
    """The days of the accesses that are wanted, both included; null = open."""

    model_config = ConfigDict(extra="forbid")

    first: date | None = None
    last: date | None = None


class _Asked(TrailAsked):
    source: str


@router.get("/releases/{source}")
def show_release(
    installation: InstallationDep, official: Reader, source: SourceName, response: Response
) -> ReleaseView:
    """Show what is decided of each column of a source's audit trail, and what was handed out."""
    with installation.read() as work:
        name = admitted_source(work, official, source)
        response.headers["ETag"] = release_version(work.session, name)
        return _view(work.session, name)


@router.post("/releases/{source}/decision")
def decide_column(
    installation: InstallationDep,
    official: Decider,
    source: SourceName,
    asked: DecisionAsked,
    version: NamedVersion,
    response: Response,
) -> ReleaseView:
    """Decide whether a column of a source's audit trail is released, masked or withheld."""
    with installation.change() as work:
        name = admitted_source(work, official, source)
        check_version(version, release_version(work.session, name))
        decision = Decision(asked.decision, asked.citation, asked.decided_by, asked.decided_on)
        state_release(replace(work, by=official.login), name, asked.column, decision)
        response.headers["ETag"] = release_version(work.session, name)
        return _view(work.session, name)


@router.post("/releases/{source}/trails", status_code=HTTPStatus.CREATED, response_model=TrailReceipt)
def write_trail(
    installation: InstallationDep,
    official: Exporter,
    source: SourceName,
    asked: TrailAsked,
    response: Response,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Write the accesses of some days as CSV: released and masked columns alone, and nothing that was found of them.

    The answer is its receipt, to be read before the file goes out. `Location` gives it for a day; its `/file`, the CSV.
    """
    with installation.read() as work:
        name = admitted_source(work, official, source)
        is_answered = bool(answer_of(work.session, official, key))
    trail = "" if is_answered else keep_trail(installation, official, name, asked.first, asked.last)
    made = once(
        *(installation, official, key, _Asked(source=name, **asked.model_dump())),
        lambda _: find_trail(installation, official, name, trail).receipt,
    )
    response.headers["Location"] = f"{router.prefix}/releases/{quote(name, safe='')}/trails/{made['key']}"
    return made


@router.get("/releases/{source}/trails/{key}")
def show_trail(installation: InstallationDep, official: Exporter, source: SourceName, key: str) -> TrailReceipt:
    """Show the receipt of a trail that was written, for a day."""
    return find_trail(installation, official, source, key).receipt


@router.get("/releases/{source}/trails/{key}/file", response_class=FileResponse)
def give_trail(installation: InstallationDep, official: Exporter, source: SourceName, key: str) -> FileResponse:
    """Give a trail that was written, as CSV, for a day."""
    return find_trail(installation, official, source, key).file


def _view(session: Session, source: str) -> ReleaseView:
    return ReleaseView(
        source=source,
        columns=column_views(session, source),
        exports=[export_view(one) for one in list_exports(session, source)],
    )
