"""The page of reports: each workbook with its options, and the files that are ready."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.given_files import WORKBOOK
from app.reports.kinds import refuse_other_reports, reports_of
from app.reports.place import new_place
from app.reports.read_options import options_of, read_options
from app.reports.ready import ReadyFile, find_file, ready_files
from config.errors import Invalid
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from config.looks import looked_for
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation
from reports.produce_report import REPORTS

router = APIRouter()
_HERE = "/reports"
_LISTED = 100
_LONGEST = 300
Reader = Annotated[SignedIn, official_who_may("read", "reports")]
Producer = Annotated[SignedIn, official_who_may("run", "reports")]
FileNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
_LABELS = {
    "as_of": ("As of", "An instant or a day that it is about; empty: now."),
    "start": ("First day", "Empty: from the first access on."),
    "end": ("Last day", "Empty: to the last access."),
    "known_at": ("As known at", "Empty: now."),
    "unused_days": ("Unused for so many days", "Empty: 90."),
    "run": ("Number of an audit", "Such as a question's; empty: the findings that stand."),
    "finding": ("One finding, by its key", "A sheet with the drawing that shows why; empty: all findings."),
    "review": ("Number of an access review", "Empty: the newest."),
    "purpose": (
        "Purpose of seeing whom accesses are about",
        "Empty: that is masked. With one, it is written down, and the file is yours alone.",
    ),
}


class OptionField(NamedTuple):
    """A field of a report's form."""

    option: str
    id: str
    label: str
    hint: str


class ReportForm(NamedTuple):
    """A report that can be asked for."""

    name: str
    title: str
    fields: list[OptionField]


@dataclass(frozen=True)
class ReportsPage:
    """Everything that reports.html shows.

    Args:
        asked: The report whose form was refused; empty where none was.
        filled: What was typed there, by field's id.
        faults: What is wrong there, by field's id.
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    forms: Sequence[ReportForm]
    files: Sequence[ReadyFile]
    zone: ZoneInfo
    key: str
    asked: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@router.get(_HERE, response_class=HTMLResponse)
def show_reports(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show each workbook with its options, and the files that are ready."""
    return _show(request, installation, official, "", {}, {})


@router.post(f"{_HERE}/{{name}}")
async def take_report(request: Request, installation: InstallationDep, official: Producer, name: str) -> Response:
    """Ask for a report, or show the form again with what is wrong."""
    form = await request.form()
    typed = {key: str(text)[:_LONGEST] for key, text in form.items() if isinstance(text, str)}
    return await run_in_threadpool(_take, request, installation, official, name, typed)


@router.get(f"{_HERE}/files/{{number}}")
def give_file(installation: InstallationDep, official: Reader, number: FileNumber) -> FileResponse:
    """Give a workbook that is ready."""
    with installation.read() as work:
        file, path = find_file(work.session, official, number)
    looked_for(file.purpose)
    return FileResponse(path, filename=file.name, media_type=WORKBOOK)


def _take(
    request: Request, installation: Installation, official: SignedIn, name: str, typed: dict[str, str]
) -> Response:
    refuse_other_reports(official, name)
    key = typed.pop("key", "")
    if not key.isprintable():
        raise Invalid("The form that was sent is not well formed; open the page again.")
    with installation.read() as work:
        zone = work.zone
    options = {option: typed.get(option, "") for option in _LABELS}
    out = new_place(installation, official.login, name, key)
    asked, faults = read_options(name, options, out, zone)
    if faults:
        return _show(request, installation, official, name, options, faults)
    looked_for(asked.purpose)
    job = JobRequest(JobKind.REPORT, asked, official.login, f"report {name} {key}" if key else "")
    return RedirectResponse(f"/jobs/{enqueue(installation, job)}", HTTPStatus.SEE_OTHER)


def _show(
    request: Request,
    installation: Installation,
    official: SignedIn,
    asked: str,
    filled: Mapping[str, str],
    faults: Mapping[str, str],
) -> HTMLResponse:
    may_run = official.may("run", "reports")
    with installation.read() as work:
        page = ReportsPage(
            [_form(name) for name in reports_of(official)] if may_run else [],
            ready_files(work.session, official, limit=_LISTED),
            work.zone,
            secrets.token_urlsafe(16),
            asked,
            {f"{asked}-{option}": text for option, text in filled.items()},
            {f"{asked}-{option}": fault for option, fault in faults.items()},
        )
    title = "Error: Reports" if faults else "Reports"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "app/reports.html", page, title=title, official=official, here=_HERE, status=status)


def _form(name: str) -> ReportForm:
    report = REPORTS[name]
    fields = [OptionField(option, f"{name}-{option}", *_LABELS[option]) for option in options_of(name)]
    return ReportForm(name, report.title, fields)
