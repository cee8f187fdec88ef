"""Exports exactly the findings that the list shows, all pages of them, as CSV for programs or as a workbook."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from audit.finding_layouts import HEADINGS, whole_rows
from audit.list_findings import list_findings
from audit.named_findings import name_findings
from audit.read_filter import asked_of, read_filter
from audit.said_not_seen import LINK
from audit.views import FindingView
from config.row_layouts import Layout, row_lines
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work
from inventory.queries import the_entity
from reports.about import About
from reports.findings_as_listed import findings_as_listed
from reports.not_seen import coverage_of, say_not_seen
from reports.workbook import write_workbook

router = APIRouter()

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Exporter = Annotated[SignedIn, official_who_may("export", "findings")]


@router.get("/findings.csv")
def export_csv(request: Request, installation: InstallationDep, official: Exporter) -> StreamingResponse:
    """Give the findings of a list as CSV."""
    with installation.read() as work:
        found = list_findings(
            work.session, read_filter(request.query_params), now=work.now, limits=official.limits
        ).findings
    lines = (f"{line}\r\n" for line in row_lines(Layout.CSV, HEADINGS, whole_rows(found), None))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=_named("findings.csv") | LINK)


@router.get("/findings.xlsx")
def export_workbook(request: Request, installation: InstallationDep, official: Exporter) -> Response:
    """Give the findings of a list as a workbook, behind a cover that says what narrowed the list."""
    with installation.read() as work:
        found = list_findings(
            work.session, read_filter(request.query_params), now=work.now, limits=official.limits
        ).findings
        named = name_findings(work.session, found, work.now)
        entity = the_entity(work.session, work.now)
        about = About(entity.name, work.zone, produced_at=work.now, known_at=work.now, as_of=work.now)
        seen = coverage_of(work.session, work.settings, about, limits=official.limits)
        about = replace(about, not_seen=say_not_seen(seen))
    with TemporaryDirectory() as folder:  # for this account alone
        written = write_workbook(
            Path(folder, "findings.xlsx"),
            findings_as_listed(named, asked_of(request.query_params), about),
            title="Findings, as listed",
            entity=about.entity,
            zone=about.zone,
            produced_at=about.produced_at,
        )
        return Response(written.path.read_bytes(), media_type=_XLSX, headers=_named("findings.xlsx"))


def _findings(work: Work, request: Request, official: SignedIn) -> Sequence[FindingView]:
    wanted = read_filter(request.query_params)
    return list_findings(work.session, wanted, now=work.now, limits=official.limits).findings


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
