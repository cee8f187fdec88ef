"""Sources over JSON, and logs that are sent to be imported as a job."""

from dataclasses import asdict, replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from access.stage_table import Apply
from app.imports.read_table_form import fault_of_files
from app.jobs.ask import accepted
from app.jobs.views import JobView
from app.logs.give_rejects import give_rejects_of
from app.logs.pages import Exporter, SourceName
from app.logs.read_expected_form import ExpectedAsked, read_expected_form
from app.logs.read_source_form import read_source_form
from app.logs.source_version import source_version
from app.logs.upload_pages import MOST_FILES, Importer, stage_logs
from audit.logs.expected_logs import CADENCES, LONGEST_KEPT, NOT_STATED
from audit.logs.find_source import find_source
from audit.logs.list_sources import ListedSource, describe_source, list_sources
from audit.logs.models import Source
from audit.logs.profiles.reading import shipped_profiles
from audit.logs.sources import SourceChange, SourceRequest, add_source, set_source
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.uploads.uploads import PreviewRequest
from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.receive_upload import ReceivedFormDep
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Work

router = APIRouter(prefix="/api/v1/sources", tags=["sources"])
profiles = APIRouter(prefix="/api/v1/log-profiles", tags=["sources"])
Reader = Annotated[SignedIn, official_who_may("read", "sources")]
Changer = Annotated[SignedIn, official_who_may("change", "sources")]
_LONGEST = 200_000
_SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


class ProfileView(BaseModel):
    """A log profile that ships with the product; its text serves as the profile of a source."""

    name: str
    profile: str


class SourceAsked(BaseModel):
    """How a source is to be set up; `profile` is the YAML text of a profile, empty = the canonical names."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"format": "csv", "time_zone": "America/Chicago"}]}
    )

    format: str = Field(max_length=20)
    time_zone: str = Field(max_length=100)
    system: str = Field(default="", max_length=200)
    profile: str = Field(default="", max_length=_LONGEST)
    cadence: str | None = Field(
        default=None, max_length=20, json_schema_extra={"enum": [*CADENCES, NOT_STATED]}, description="None = as it is."
    )
    keeps_days: int | None = Field(
        default=None,
        ge=0,
        le=LONGEST_KEPT,
        description="For how many days the source keeps its own trail; 0 = not stated, None = as it is.",
    )


class NewSource(SourceAsked):
    """A source that is to be set up."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "cad", "format": "csv", "time_zone": "America/Chicago"}]},
    )

    name: str = Field(max_length=200)


class SourceView(BaseModel):
    """A source, and what counts of its logs."""

    name: str
    system: str
    format: str
    time_zone: str
    profile: str
    fields: list[str]
    logs: int
    accesses: int
    unreadable: int
    first: datetime | None
    last: datetime | None
    cadence: str
    keeps_days: int | None


@router.get("")
def show_sources(installation: InstallationDep, official: Reader) -> Listed[SourceView]:  # noqa: ARG001 - who may
    """List the sources by their names."""
    with installation.read() as work:
        return Listed(items=[_view(one) for one in list_sources(work.session, work.settings.data_dir)], next=None)


@router.post("", status_code=HTTPStatus.CREATED)
def make_source(
    installation: InstallationDep, official: Changer, asked: NewSource, response: Response, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Set up a source."""
    request, expected = _checked(asked, asked.name)

    def make(work: Work) -> SourceView:
        source = add_source(work.session, request, now=work.now, by=official.login)
        expected.state(work, source.name, by=official.login)
        return _view(describe_source(work.session, source, work.settings.data_dir))

    made = once(installation, official, key, asked, make)
    response.headers["Location"] = f"/api/v1/sources/{quote(request.name, safe='')}"
    return made


@profiles.get("")
def list_profiles(official: Reader) -> Listed[ProfileView]:  # noqa: ARG001 - who may
    """List the log profiles that ship with the product."""
    shipped = shipped_profiles()
    return Listed(items=[ProfileView(name=name, profile=text) for name, text in shipped.items()], next=None)


@router.get("/{name}")
def show_source(installation: InstallationDep, official: Reader, name: SourceName, response: Response) -> SourceView:  # noqa: ARG001 - who may
    """Show a source."""
    with installation.read() as work:
        source = find_source(work.session, name)
        response.headers["ETag"] = source_version(work.session, source)
        return _view(describe_source(work.session, source, work.settings.data_dir))


@router.put("/{name}")
def change_source(
    installation: InstallationDep,
    official: Changer,
    name: SourceName,
    asked: SourceAsked,
    version: NamedVersion,
    response: Response,
) -> SourceView:
    """Correct a source; logs that were imported stay as they were read until they are read anew."""
    request, expected = _checked(asked, name)
    change = SourceChange(**{field: text for field, text in asdict(request).items() if field != "name"})
    with installation.change() as work:
        check_version(version, source_version(work.session, find_source(work.session, name)))
        source: Source = set_source(work.session, name, change, now=work.now, by=official.login)
        expected.state(work, name, by=official.login)
        response.headers["ETag"] = source_version(work.session, source)
        return _view(describe_source(work.session, source, work.settings.data_dir))


@router.post("/{name}/logs", status_code=HTTPStatus.ACCEPTED, openapi_extra=_SENT)
def send_logs(
    installation: InstallationDep,
    official: Importer,
    name: SourceName,
    form: ReceivedFormDep,
    response: Response,
    *,
    dry_run: bool = False,
    key: IdempotencyKey = "",
) -> JobView:
    """Send logs of a source to be imported, or to see what that would do; the answer is the job."""
    with installation.read() as work:
        find_source(work.session, name)
    if form.fault is not None:
        raise form.fault
    if fault := fault_of_files(form, most=MOST_FILES):
        raise RequestValidationError([{"loc": ("body", "file"), "msg": fault}])
    job = JobRequest(
        JobKind.PREVIEW if dry_run else JobKind.STAGED_IMPORT,
        PreviewRequest(form.id) if dry_run else Apply(form.id, stamp=None),
        official.login,
        f"upload {key}" if key else "",
    )
    return accepted(installation, official, stage_logs(installation, form, name, job).first_job, response)


@router.post("/{name}/rejects", response_class=FileResponse)
def take_rejects(installation: InstallationDep, official: Exporter, name: SourceName) -> FileResponse:
    """Take out the records of a source that cannot be read, letter for letter, to be mended and sent again.

    It is remembered what was taken out, and by whom, to know the records when they come back mended. Logs that name
    their columns otherwise have files of their own, which then lie in a zip archive.
    """
    return give_rejects_of(replace(installation, by=official.login), name)


def _checked(asked: SourceAsked, name: str) -> tuple[SourceRequest, ExpectedAsked]:
    expects = asked.model_dump(include={"cadence"})
    request, faults = read_source_form({"name": name, **asked.model_dump(exclude={"name", "cadence", "keeps_days"})})
    expected, of_expected = read_expected_form(expects)
    if faults | of_expected:
        told = [{"loc": ("body", field), "msg": fault} for field, fault in {**faults, **of_expected}.items()]
        raise RequestValidationError(told)
    return request, expected._replace(keeps_days=asked.keeps_days)


def _view(one: ListedSource) -> SourceView:
    source = one.source
    return SourceView(
        name=source.name,
        system=source.system,
        format=source.format,
        time_zone=source.time_zone,
        profile=source.profile,
        fields=list(one.fields),
        logs=one.logs,
        accesses=one.accesses,
        unreadable=one.unreadable,
        first=one.first,
        last=one.last,
        cadence=one.expected.cadence or NOT_STATED,
        keeps_days=one.expected.keeps_days,
    )
