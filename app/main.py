"""The service: its doors, templates, styles and scripts, put together on an installation."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app import health, home_pages, kept_form_pages, metrics, search_pages
from app.assurance import api as assurance_api
from app.assurance import pages as assurance_pages
from app.audits import api as audit_api
from app.audits import pages as audit_pages
from app.backup import pages as backup_pages
from app.changes import api as changes_api
from app.decisions import authzen, decisions_api, explain_api
from app.duties import api as duty_api
from app.duties import delegation_api, delegation_pages, duty_pages, new_duty_pages
from app.duties import pages as duties_pages
from app.entity import api as entity_api
from app.entity import pages as entity_pages
from app.findings import export_pages as finding_export_pages
from app.help import pages as help_pages
from app.imports import api as import_api
from app.imports import pages as import_pages
from app.imports import rows_api, staged_pages, undo_pages
from app.jobs import api as job_api
from app.jobs import pages as job_pages
from app.logs import api as log_api
from app.logs import coverage_api, detect_pages, upload_pages
from app.logs import pages as log_pages
from app.looks import me_pages as looks_pages
from app.looks.watched_answers import WatchedAnswers
from app.mappings import api as mapping_api
from app.mappings import pages as mapping_pages
from app.notices import api as notices_api
from app.notices import mail_pages, wish_pages
from app.notices import pages as notice_pages
from app.officials import admin_pages as officials_admin_pages
from app.officials import api as official_api
from app.officials import me_pages, oidc_pages, own_access_pages, own_api, second_factor_pages
from app.officials import pages as official_pages
from app.openapi import describe_api
from app.people import api as people_api
from app.people import (
    grant_pages,
    grants_api,
    people_changes,
    position_pages,
    row_changes,
    training_pages,
    trainings_api,
    weigh_api,
    work_access_api,
)
from app.people import pages as people_pages
from app.problems import FaultsAnswered, answer_refusals
from app.proposals import api as proposal_api
from app.proposals import pages as proposal_pages
from app.publishing import api as publishing_api
from app.publishing import document_pages, documents_api, public_pages, version_pages
from app.release import api as release_api
from app.release import pages as release_pages
from app.reports import api as report_api
from app.reports import pages as report_pages
from app.retention import api as retention_api
from app.retention import pages as retention_pages
from app.reviews import api as review_api
from app.reviews import item_pages as review_item_pages
from app.reviews import pages as review_pages
from app.schedule import pages as schedule_pages
from app.series import api as series_api
from app.series import compared_api, compared_pages, reviews_api, texts_api
from app.series import edit_pages as series_edit_pages
from app.series import pages as series_pages
from app.series import review_pages as series_review_pages
from app.shared_by_requests import share_installation
from app.watched_requests import RequestFigures, WatchedRequests
from audit import answer_pages, finding_pages, view_pages
from audit import api as finding_api
from audit import pages as findings_pages
from config.errors import Conflict
from config.web.bounded_bodies import BoundedBodies
from config.web.guards import GuardedAnswers, NothingFromOtherSites
from config.work import Installation

_STATIC = Path(str(files("app").joinpath("static")))
_HOSTS = ("127.0.0.1", "localhost")
_STAMP = _STATIC / "vendor" / ".stamp"
# in the order in which they are looked through
_DOORS = (
    health.router,
    metrics.router,
    # asked most often, by programs that wait for the answer
    authzen.router,
    explain_api.router,
    home_pages.router,
    search_pages.router,
    kept_form_pages.router,
    findings_pages.router,
    view_pages.router,
    answer_pages.router,
    finding_pages.router,
    finding_export_pages.router,
    people_pages.router,
    position_pages.router,
    grant_pages.router,
    proposal_pages.router,
    public_pages.router,
    version_pages.router,
    document_pages.router,
    series_review_pages.router,
    compared_pages.router,
    series_edit_pages.router,
    series_pages.router,
    audit_pages.router,
    upload_pages.router,
    detect_pages.router,
    mapping_pages.router,
    release_pages.router,
    retention_pages.router,
    log_pages.router,
    import_pages.router,
    report_pages.router,
    assurance_pages.router,
    staged_pages.router,
    undo_pages.router,
    official_pages.router,
    oidc_pages.router,
    officials_admin_pages.router,
    me_pages.router,
    looks_pages.router,
    own_access_pages.router,
    notice_pages.router,
    wish_pages.router,
    mail_pages.router,
    second_factor_pages.router,
    job_pages.router,
    schedule_pages.router,
    entity_pages.router,
    backup_pages.router,
    help_pages.router,
    entity_api.router,
    changes_api.router,
    mapping_api.router,
    official_api.router,
    own_api.router,
    notices_api.router,
    job_api.router,
    finding_api.router,
    duty_api.router,
    delegation_api.router,
    delegation_pages.router,
    duties_pages.router,
    new_duty_pages.router,
    duty_pages.router,
    review_pages.router,
    review_item_pages.router,
    review_api.router,
    people_api.router,
    people_changes.router,
    row_changes.router,
    work_access_api.router,
    weigh_api.router,
    trainings_api.router,
    training_pages.router,
    grants_api.router,
    proposal_api.router,
    compared_api.router,
    texts_api.router,
    reviews_api.router,
    publishing_api.router,
    documents_api.router,
    series_api.router,
    decisions_api.router,
    audit_api.router,
    import_api.router,
    import_api.templates,
    rows_api.router,
    log_api.router,
    coverage_api.router,
    log_api.profiles,
    release_api.router,
    retention_api.router,
    report_api.router,
    assurance_api.router,
)


def create_app(installation: Installation, *, hosts: tuple[str, ...] = _HOSTS) -> FastAPI:
    """Make the service of an installation.

    Args:
        hosts: The names under which it may be asked.

    Raises:
        Conflict: The styles and scripts of the pages are not there.
    """
    app = open_doors(hosts)
    share_installation(app, installation)
    return app


def open_doors(hosts: tuple[str, ...] = _HOSTS) -> FastAPI:
    """Make the service but for the installation that it is to be of."""
    if not _STAMP.is_file():
        raise Conflict("The styles and scripts of the pages are missing; set the program up again with make demo.")
    app = FastAPI(
        title="Thirteen",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry={"auto_configure": False},
    )
    for router in _DOORS:
        app.include_router(router)
    # pages are not compressed: what is typed into an address would stand beside what nobody else is to guess
    app.mount("/static", GZipMiddleware(StaticFiles(directory=_STATIC)), name="static")
    describe_api(app)
    answer_refusals(app)
    app.add_middleware(WatchedAnswers)
    app.add_middleware(BoundedBodies)
    app.add_middleware(FaultsAnswered)
    app.add_middleware(NothingFromOtherSites)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(GuardedAnswers)
    app.add_middleware(WatchedRequests, figures=RequestFigures())
    return app
