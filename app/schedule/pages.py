"""The page of the schedule: what the service does by itself, when, and how it came out."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.jobs.views import JobRow, job_row
from app.schedule.cadence import EXAMPLES
from app.schedule.change_schedule import ScheduleChange, change_schedule, run_now
from app.schedule.entries import SCHEDULE, find_entry, standing_entries
from config.clock import local_text
from config.errors import Conflict, Invalid, Refusal
from config.jobs.models import ScheduleEntry
from config.jobs.queries import jobs_by_number
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import version_of
from config.work import Installation, Work

router = APIRouter()
_HERE = "/admin/schedule"
Reader = Annotated[SignedIn, official_who_may("read", "schedule")]
Changer = Annotated[SignedIn, official_who_may("change", "schedule")]


class EntryRow(NamedTuple):
    """An entry of the schedule as the page shows it; `typed` and `refusal` are those of a change that was refused."""

    name: str
    in_words: str
    cadence: str
    enabled: bool
    version: str
    next_run: str
    last_job: JobRow | None
    changed: str
    typed: ScheduleChange
    refusal: str


@dataclass(frozen=True)
class SchedulePage:
    """Everything that schedule.html shows.

    Args:
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    entries: list[EntryRow]
    zone: str
    may_change: bool
    examples: str
    key: str


@dataclass(frozen=True)
class _Refused:
    """A change that was not made."""

    change: ScheduleChange
    refusal: str


@router.get("/admin/schedule", response_class=HTMLResponse)
def show_schedule(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """List what the service does by itself."""
    return _show(request, installation, official)


@router.post("/admin/schedule/{name}")
def take_change(
    request: Request,
    installation: InstallationDep,
    official: Changer,
    name: str,
    cadence: Annotated[str, Form(max_length=200)] = "",
    enabled: Annotated[str, Form()] = "",
    version: Annotated[str, Form()] = "",
) -> Response:
    """Change an entry, or show the form again with why not."""
    change = ScheduleChange(name, cadence, bool(enabled))
    try:
        with installation.change() as work:
            _refuse_stale(find_entry(work.session, name), version)
            change_schedule(work.session, change, zone=work.zone, now=work.now, by=official.login)
    except (Invalid, Conflict) as refusal:
        return _show(request, installation, official, refused=_Refused(change, str(refusal)), status=_status(refusal))
    return RedirectResponse(f"{_HERE}#{name}", HTTPStatus.SEE_OTHER)


@router.post("/admin/schedule/{name}/run")
def take_run(
    installation: InstallationDep,
    official: Changer,
    name: str,
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Ask for an entry's job now, and show it."""
    with installation.aside() as work:
        number = run_now(work.session, name, key=f"{name} {key}" if key else "", now=work.clock, by=official.login)
    return RedirectResponse(f"/jobs/{number}", HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    *,
    refused: _Refused | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    with installation.read() as work:
        page = SchedulePage(
            _rows(work, official, refused),
            work.zone.key,
            official.may("change", "schedule"),
            EXAMPLES,
            secrets.token_urlsafe(16),
        )
    title = "Error: Schedule" if refused else "Schedule"
    return render(request, "app/schedule.html", page, title=title, official=official, here=_HERE, status=status)


def _rows(work: Work, official: SignedIn, refused: _Refused | None) -> list[EntryRow]:
    entries = standing_entries(work.session)
    jobs = jobs_by_number(work.session, [entry.last_job for entry in entries if entry.last_job is not None])
    rows = []
    for entry in entries:
        job = jobs.get(entry.last_job or 0)
        mine = refused if refused is not None and refused.change.name == entry.name else None
        rows.append(
            EntryRow(
                name=entry.name,
                in_words=SCHEDULE[entry.name].in_words,
                cadence=entry.cadence,
                enabled=entry.enabled,
                version=_version(entry),
                next_run=local_text(entry.next_run_at, work.zone) if entry.next_run_at else "",
                last_job=job_row(job, official, work.zone) if job else None,
                changed=_changed(entry, work),
                typed=mine.change if mine else ScheduleChange(entry.name, entry.cadence, entry.enabled),
                refusal=mine.refusal if mine else "",
            )
        )
    return rows


def _changed(entry: ScheduleEntry, work: Work) -> str:
    if entry.changed_at is None:
        return ""
    return f"{local_text(entry.changed_at.replace(microsecond=0), work.zone)} by {entry.changed_by}"


def _version(entry: ScheduleEntry) -> str:
    return version_of(entry.cadence, entry.enabled).strip('"')


def _refuse_stale(entry: ScheduleEntry, version: str) -> None:
    if version and version != _version(entry):
        state = "on" if entry.enabled else "off"
        raise Conflict(
            f"{entry.changed_by} changed it meanwhile to “{entry.cadence}”, {state}. "
            "What you typed is still here; save again if it is to stand."
        )


def _status(refusal: Refusal) -> HTTPStatus:
    return HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
