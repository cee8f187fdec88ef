"""The public pages of the published inventory, for whoever comes: a version to read and print, and its workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse, Response

from app.given_files import WORKBOOK
from config.errors import NotFound
from config.web.rendering import render
from config.web.signed_in import InstallationDep, NotSignedIn, SignedIn, find_signed_in
from config.work import Work
from inventory.entity_details import Readers, entity_details, inventory_readers
from reports.inventory_report import TEMPLATE, by_department
from reports.inventory_versions.inventory_copy import CopiedSeries, read_copy, write_copy
from reports.inventory_versions.versions import (
    PublishedVersion,
    VersionHead,
    find_version,
    list_versions,
    newest_version,
)
from reports.inventory_versions.workbooks import ROLES, shown_name, version_workbook
from reports.workbook import write_workbook

router = APIRouter()
_HERE = "/inventory/published"
_WORKBOOKS_KEPT = 4
Number = Annotated[int, InPath(ge=1, le=2**31 - 1)]


@dataclass(frozen=True)
class PublishedPage:
    """Everything published.html shows.

    Args:
        departments: The series of each, under its heading.
        versions: All of them, the newest first.
    """

    version: PublishedVersion
    departments: Sequence[tuple[str, Sequence[CopiedSeries]]]
    versions: Sequence[VersionHead]
    columns: Sequence[str] = tuple(TEMPLATE)
    roles: str = ROLES

    @property
    def is_newest(self) -> bool:
        """Whether no later version was published."""
        return self.version.head.number == self.versions[0].number

    @staticmethod
    def name_of(series: CopiedSeries) -> str:
        """Give a series' name, and from when on it is retired where it is."""
        return shown_name(series)


def _reader(request: Request, installation: InstallationDep) -> SignedIn | None:
    """Let in whoever may read the published inventory; give who is signed in, if anybody is.

    Raises:
        NotSignedIn: The entity shows it here to those alone who are signed in, and nobody is.
    """
    official = find_signed_in(request)
    if official is None:
        with installation.read() as work:
            readers = inventory_readers(entity_details(work.session, work.now))
        if readers is not Readers.EVERYONE:
            raise NotSignedIn("Sign in first; the published inventory is shown here to those who are signed in.")
    return official


ReaderDep = Annotated[SignedIn | None, Depends(_reader)]


@router.get(_HERE, response_class=HTMLResponse)
def show_newest(request: Request, installation: InstallationDep, official: ReaderDep) -> HTMLResponse:
    """Show the newest version."""
    with installation.read() as work:
        version = newest_version(work.session)
        if version is None:
            raise NotFound("Nothing was published of the inventory yet.")
        page = _page(work, version)
    return _render(request, page, official)


@router.get(f"{_HERE}/{{number}}", response_class=HTMLResponse)
def show_version(request: Request, installation: InstallationDep, official: ReaderDep, number: Number) -> HTMLResponse:
    """Show a version."""
    with installation.read() as work:
        page = _page(work, find_version(work.session, number))
    return _render(request, page, official)


@router.get(f"{_HERE}/{{number}}/workbook")
def give_workbook(installation: InstallationDep, official: ReaderDep, number: Number) -> Response:  # noqa: ARG001 - who may
    """Give a version as a workbook in the form of the State's template; it is made of the version's copy alone."""
    with installation.read() as work:
        version = find_version(work.session, number)
    name = f"data-inventory-{number}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_workbook(version.head, write_copy(version.copy)), media_type=WORKBOOK, headers=headers)


@lru_cache(_WORKBOOKS_KEPT)
def _workbook(head: VersionHead, content: str) -> bytes:
    """Write a version's workbook, or give what was written for it: whoever comes may ask for it, however often."""
    version = PublishedVersion(head, read_copy(content))
    with TemporaryDirectory() as folder:  # for this account alone
        path = Path(folder, "inventory.xlsx")
        write_workbook(
            path,
            version_workbook(version),
            title="Data inventory",
            entity=version.copy.entity,
            zone=version.zone,
            produced_at=head.published_at,
        )
        return path.read_bytes()


def _page(work: Work, version: PublishedVersion) -> PublishedPage:
    departments = list(by_department(version.copy.series, lambda one: one.department))
    return PublishedPage(version, departments, list_versions(work.session))


def _render(request: Request, page: PublishedPage, official: SignedIn | None) -> HTMLResponse:
    title = f"Data inventory, version {page.version.head.number}"
    return render(request, "app/published.html", page, title=title, official=official, here="/inventory")
