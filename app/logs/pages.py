"""The pages of sources: all of them, a new one, and one with its imports, its unreadable records and its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, col, select

from app.logs.calendar import Calendar, show_calendar
from app.logs.give_rejects import give_rejects_of
from app.logs.read_expected_form import read_expected_form
from app.logs.read_source_form import FORMATS, read_source_form
from app.logs.source_version import source_version
from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.expected_logs import CADENCES, expected_of
from audit.logs.find_source import find_source
from audit.logs.list_sources import ListedSource, describe_source, list_sources
from audit.logs.models import LogImport, Source
from audit.logs.profiles.reading import shipped_profiles
from audit.logs.say_coverage import sum_up
from audit.logs.sources import SourceChange, SourceRequest, add_source, set_source
from audit.logs.standing_logs import standing_ids
from config.errors import Conflict
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()
_HERE = "/logs"
_LISTED = 200
Reader = Annotated[SignedIn, official_who_may("read", "sources")]
Changer = Annotated[SignedIn, official_who_may("change", "sources")]
Exporter = Annotated[SignedIn, official_who_may("export", "events")]
Typed = Annotated[str, Form(max_length=200_000)]
# a source's name in an address; no database takes a NUL
SourceName = Annotated[str, PathPart(max_length=200, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True)
class SourcesPage:
    """Everything that logs.html shows.

    Args:
        missing: How many days are missing of each source; `not_seen` says which, the longest times first.
    """

    sources: Sequence[ListedSource]
    zone: ZoneInfo
    may_change: bool
    may_import: bool
    missing: Mapping[str, int]
    not_seen: str


@dataclass(frozen=True)
class SourcePage:
    """Everything that source.html and source_new.html show.

    Args:
        listed: The source; None of a new one.
        imports: The newest logs that were imported of it.
        standing: The ids of those that count.
        filled: What stands in the form, by field.
        faults: What is wrong there, by field.
        version: Of the source that the form shows.
        calendar: Which days of it were seen; None where none was.
    """

    listed: ListedSource | None
    imports: Sequence[LogImport]
    standing: frozenset[int]
    zone: ZoneInfo
    filled: Mapping[str, str]
    may_change: bool
    may_export: bool
    may_import: bool
    version: str = ""
    calendar: Calendar | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    formats: Sequence[str] = FORMATS
    cadences: Sequence[str] = CADENCES
    shipped: Sequence[str] = field(default_factory=lambda: list(shipped_profiles()))


@router.get(_HERE, response_class=HTMLResponse)
def show_sources(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """List the sources, and what was imported of each."""
    may = official.may("change", "sources"), official.may("run", "log imports")
    with installation.read() as work:
        seen = read_coverage(work, CoverageRequest(limits=official.limits, usual=False))
        missing = {one.source: one.missing for one in seen}
        page = SourcesPage(
            list_sources(work.session, work.settings.data_dir), work.zone, *may, missing, sum_up(seen).said
        )
        work.session.expunge_all()
    return render(request, "app/logs.html", page, title="Logs", official=official, here=_HERE)


@router.get(f"{_HERE}/new", response_class=HTMLResponse)
def show_new(request: Request, installation: InstallationDep, official: Changer) -> HTMLResponse:
    """Show the form of a new source."""
    with installation.read() as work:
        filled = {"time_zone": work.zone.key}
    return _show_new(request, installation, official, filled, {})


@router.post(f"{_HERE}/new")
def take_new(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    name: Typed = "",
    format: Typed = "",  # noqa: A002 - the word in the form
    time_zone: Typed = "",
    system: Typed = "",
    shipped: Typed = "",
    profile: Typed = "",
    cadence: Typed = "",
    keeps_days: Typed = "",
) -> Response:
    """Set up a source, or show the form again with what is wrong."""
    typed = _typed(name, format, time_zone, system, shipped, profile)
    typed |= {"cadence": cadence, "keeps_days": keeps_days}
    asked, faults = read_source_form(typed)
    expected, of_expected = read_expected_form(typed)
    faults |= of_expected
    if not faults:
        try:
            with installation.change() as work:
                add_source(work.session, asked, now=work.now, by=official.login)
                expected.state(work, asked.name, by=official.login)
        except Conflict as refusal:
            faults = {"name": str(refusal)}
    if faults:
        return _show_new(request, installation, official, typed, faults)
    return RedirectResponse(f"{_HERE}/{asked.name}", HTTPStatus.SEE_OTHER)


@router.get(f"{_HERE}/{{source}}", response_class=HTMLResponse)
def show_source(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    source: SourceName,
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
) -> HTMLResponse:
    """Show a source: which days of it were seen, its imports, its unreadable records, its settings."""
    return _show(request, installation, official, source, year=year)


@router.post(f"{_HERE}/{{source}}")
def take_change(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    source: SourceName,
    format: Typed = "",  # noqa: A002 - the word in the form
    time_zone: Typed = "",
    system: Typed = "",
    shipped: Typed = "",
    profile: Typed = "",
    cadence: Typed = "",
    keeps_days: Typed = "",
    version: Typed = "",
) -> Response:
    """Correct a source, or show the form again with what is wrong."""
    typed = _typed(source, format, time_zone, system, shipped, profile)
    typed |= {"cadence": cadence, "keeps_days": keeps_days}
    asked, faults = read_source_form(typed)
    expected, of_expected = read_expected_form(typed)
    faults |= of_expected
    try:
        with installation.change() as work:
            standing = find_source(work.session, source)
            if version != source_version(work.session, standing).strip('"'):
                faults = {"format": _said_of_stale(standing)}
            if not faults:
                set_source(work.session, source, _change(asked), now=work.now, by=official.login)
                expected.state(work, source, by=official.login)
    except Conflict as refusal:
        faults = {"profile": str(refusal)}
    if faults:
        return _show(request, installation, official, source, typed=typed, faults=faults)
    return RedirectResponse(f"{_HERE}/{source}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/{{source}}/rejects", response_class=FileResponse)
def give_rejects(installation: InstallationDep, official: Exporter, source: SourceName) -> FileResponse:
    """Give the records of a source that cannot be read, letter for letter, to be mended and sent again."""
    return give_rejects_of(replace(installation, by=official.login), source)


def _typed(name: str, log_format: str, time_zone: str, system: str, shipped: str, profile: str) -> dict[str, str]:
    fields = {"name": name, "format": log_format, "time_zone": time_zone}
    return {**fields, "system": system, "shipped": shipped, "profile": profile}


def _change(asked: SourceRequest) -> SourceChange:
    return SourceChange(**{name: text for name, text in asdict(asked).items() if name != "name"})


def _said_of_stale(standing: Source) -> str:
    return (
        f"{standing.recorded_by} changed it meanwhile to {standing.format}, {standing.time_zone}, system "
        f"{standing.system}. What you typed is still here; save again if it is to stand."
    )


def _show_new(
    request: Request,
    installation: Installation,
    official: SignedIn,
    filled: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    with installation.read() as work:
        zone = work.zone
    page = SourcePage(
        *(None, [], frozenset(), zone, filled), may_change=True, may_export=False, may_import=False, faults=faults
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = "Error: New source" if faults else "New source"
    return render(request, "app/source_new.html", page, title=title, official=official, here=_HERE, status=status)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    name: str,
    *,
    year: int | None = None,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> HTMLResponse:
    with installation.read() as work:
        page = _page(work, official, name, typed, faults or {}, year)
        work.session.expunge_all()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    title = f"{'Error: ' if faults else ''}Source {name}"
    return render(request, "app/source.html", page, title=title, official=official, here=_HERE, status=status)


def _page(
    work: Work,
    official: SignedIn,
    name: str,
    typed: Mapping[str, str] | None,
    faults: Mapping[str, str],
    year: int | None,
) -> SourcePage:
    source = find_source(work.session, name)
    standing = {"format": source.format, "time_zone": source.time_zone, "system": source.system}
    expected = expected_of(work.session, name)
    standing |= {"cadence": expected.cadence.value, "keeps_days": str(expected.keeps_days or "")}
    return SourcePage(
        describe_source(work.session, source, work.settings.data_dir),
        _newest(work.session, name),
        frozenset(standing_ids(work.session)),
        work.zone,
        {**standing, "profile": source.profile} if typed is None else typed,
        official.may("change", "sources"),
        official.may("export", "events"),
        official.may("run", "log imports"),
        source_version(work.session, source).strip('"'),
        show_calendar(work, name, year, official.limits),
        faults,
    )


def _newest(session: Session, name: str) -> Sequence[LogImport]:
    chosen = select(LogImport).where(LogImport.source == name).order_by(col(LogImport.id).desc())
    return session.exec(chosen.limit(_LISTED)).all()
