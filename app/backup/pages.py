"""The administrator's page of backups: which there are, one more, and how one is brought back."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.backup.backup_folder import written_backups
from app.backup.sizes import size_text
from config.clock import local_text
from config.jobs.enqueue import JobRequest, enqueue
from config.jobs.models import JobKind
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter()
_HERE = "/admin/backup"
Reader = Annotated[SignedIn, official_who_may("read", "backups")]
Runner = Annotated[SignedIn, official_who_may("run", "backups")]


@dataclass(frozen=True)
class BackupRow:
    """A backup as the page lists it."""

    name: str
    taken_at: str
    size: str


@dataclass(frozen=True)
class BackupPage:
    """Everything backup.html shows.

    Args:
        has_folder: A setting names a folder for backups.
        kept: How many stay there.
        key: Tells one form from another.
    """

    backups: list[BackupRow]
    has_folder: bool
    kept: int
    zone: str
    key: str


@router.get(_HERE, response_class=HTMLResponse)
def show_backups(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """List the backups in the folder that the settings name."""
    settings = installation.settings
    with installation.read() as work:
        zone = work.zone
    rows = [
        BackupRow(one.name, local_text(one.taken_at, zone), size_text(one.bytes)) for one in written_backups(settings)
    ]
    page = BackupPage(rows, settings.backup_dir is not None, settings.backups_kept, zone.key, secrets.token_urlsafe(16))
    return render(request, "app/backup.html", page, title="Backup", official=official, here=_HERE)


@router.post(_HERE)
def take_backup(
    installation: InstallationDep, official: Runner, key: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Ask for a backup now; a form that is sent twice asks for one."""
    number = enqueue(installation, JobRequest(JobKind.BACKUP, None, official.login, f"backup {key}" if key else ""))
    return RedirectResponse(f"/jobs/{number}", HTTPStatus.SEE_OTHER)
