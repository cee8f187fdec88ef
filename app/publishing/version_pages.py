"""The pages on which the inventory is published: its versions, the draft, and what differs between any two."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from app.given_files import WORKBOOK, GivenFile, give_once
from app.publishing.api import Asked, Publisher, Reader, publish_once
from config.errors import Conflict, Invalid
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn
from config.work import Installation
from reports.inventory_versions.difference import InventoryDifference, difference
from reports.inventory_versions.draft import Draft, make_draft
from reports.inventory_versions.publish import NamesEmployees
from reports.inventory_versions.versions import (
    DRAFT,
    NEWEST,
    Edition,
    VersionHead,
    find_edition,
    list_versions,
    newest_version,
)
from reports.inventory_versions.workbooks import difference_workbook
from reports.workbook import write_workbook

router = APIRouter()
_VERSIONS, _DIFFERENCE = "/inventory/versions", "/inventory/difference"
Which = Annotated[str, Query(max_length=20)]


@dataclass(frozen=True)
class VersionsPage:
    """Everything versions.html shows.

    Args:
        since: What the draft would change; None where nothing was published yet.
        note: What was typed of the version.
        fault: Why nothing was published; empty where that was not asked for.
        must_mean: Whether the draft names employees, which has to be said to be meant.
        key: Lets a form that is sent twice be done once.
    """

    versions: Sequence[VersionHead]
    draft: Draft
    since: InventoryDifference | None
    zone: ZoneInfo
    may_publish: bool
    note: str = ""
    fault: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def must_mean(self) -> bool:
        """Whether the draft names employees, which has to be said to be meant."""
        return bool(self.draft.named)


@dataclass(frozen=True)
class DifferencePage:
    """Everything inventory_difference.html shows."""

    before: Edition
    after: Edition
    found: InventoryDifference
    asked: tuple[str, str]
    choices: Sequence[str]


@router.get(_VERSIONS, response_class=HTMLResponse)
def show_versions(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show the versions, what the draft would change, and what to look at before it is published."""
    return _show(request, installation, official)


@router.post(_VERSIONS)
def take_publication(
    request: Request,
    installation: InstallationDep,
    official: Publisher,
    note: Annotated[str, Form(max_length=10_000)] = "",
    draft: Annotated[str, Form(max_length=64)] = "",
    names_meant: Annotated[str, Form(max_length=3)] = "",
    after: Annotated[int | None, Form()] = None,
    key: Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")] = "",
) -> Response:
    """Publish the draft that was shown, or show the page again with why not."""
    asked = Asked(note=note, draft=draft, names_meant=bool(names_meant), after=after)
    try:
        made = publish_once(installation, official, asked, f"page {key}" if key else "")
    except (Conflict, Invalid, NamesEmployees) as refusal:
        return _show(request, installation, official, note, str(refusal))
    return RedirectResponse(f"/inventory/published/{made['version']['number']}", HTTPStatus.SEE_OTHER)


@router.get(_DIFFERENCE, response_class=HTMLResponse)
def show_difference(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    before: Which = NEWEST,
    after: Which = DRAFT,
) -> HTMLResponse:
    """Show what differs between two versions, or a version and the draft."""
    with installation.read() as work:
        one, other = find_edition(work, before), find_edition(work, after)
        numbers = [str(head.number) for head in list_versions(work.session)]
    page = DifferencePage(one, other, difference(one.copy, other.copy), (before, after), [DRAFT, NEWEST, *numbers])
    title = f"From {one.name} to {other.name}"
    return render(request, "app/inventory_difference.html", page, title=title, official=official, here="/inventory")


@router.get(f"{_DIFFERENCE}/workbook")
def give_difference(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    before: Which = NEWEST,
    after: Which = DRAFT,
) -> FileResponse:
    """Give the same as a workbook."""
    with installation.read() as work:
        one, other = find_edition(work, before), find_edition(work, after)
        zone, now = work.zone, work.now

    def make(folder: Path) -> GivenFile:
        path = folder / "difference.xlsx"
        sheets = difference_workbook(one, other, difference(one.copy, other.copy))
        title = "What differs in the data inventory"
        write_workbook(path, sheets, title=title, entity=other.copy.entity, zone=zone, produced_at=now)
        return GivenFile(path, f"inventory-difference-{before}-{after}.xlsx", WORKBOOK)

    return give_once(installation.settings.data_dir, make)


def _show(
    request: Request, installation: Installation, official: SignedIn, note: str = "", fault: str = ""
) -> HTMLResponse:
    with installation.read() as work:
        draft, newest = make_draft(work), newest_version(work.session)
        page = VersionsPage(
            list_versions(work.session),
            draft,
            difference(newest.copy, draft.copy) if newest else None,
            work.zone,
            official.may("change", "publications"),
            note,
            fault,
        )
    title = f"{'Error: ' if fault else ''}Versions of the inventory"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "app/versions.html", page, title=title, official=official, here="/inventory", status=status)
