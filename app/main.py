"""The service: its doors, templates, styles and scripts, put together on an installation."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlmodel import Session
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app import health, home_pages
from app.duties import api as duty_api
from app.duties import duty_pages, new_duty_pages
from app.duties import pages as duties_pages
from app.jobs import api as job_api
from app.jobs import pages as job_pages
from app.officials import pages as official_pages
from app.problems import answer_refusals
from app.schedule import pages as schedule_pages
from audit import api as finding_api
from audit import pages as finding_pages
from config.errors import Conflict
from config.web.guards import GuardedAnswers, NothingFromOtherSites
from config.web.rendering import environment
from config.work import Installation
from inventory.queries import the_entity

_STATIC = Path(str(files("app").joinpath("static")))
_STAMP = _STATIC / "vendor" / ".stamp"
# in the order in which they are looked through
_DOORS = (
    health.router,
    home_pages.router,
    finding_pages.router,
    official_pages.router,
    job_pages.router,
    schedule_pages.router,
    job_api.router,
    finding_api.router,
    duties_pages.router,
    new_duty_pages.router,
    duty_pages.router,
    duty_api.router,
)


def create_app(installation: Installation, *, hosts: tuple[str, ...] = ("127.0.0.1", "localhost")) -> FastAPI:
    """Make the service of an installation.

    Args:
        hosts: The names under which it may be asked.

    Raises:
        Conflict: The styles and scripts of the pages are not there.
    """
    if not _STAMP.is_file():
        raise Conflict("The styles and scripts of the pages are missing; set the program up again with make demo.")
    app = FastAPI(
        title="Thirteen",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry={"auto_configure": False},
    )
    app.state.installation = installation
    app.state.templates = environment()
    app.state.entity_name = lambda: _entity_name(installation)
    for router in _DOORS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    answer_refusals(app)
    app.add_middleware(NothingFromOtherSites)
    app.add_middleware(GuardedAnswers)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return app


def _entity_name(installation: Installation) -> str:
    with installation.read() as work:
        return _named(work.session, installation)


def _named(session: Session, installation: Installation) -> str:
    return the_entity(session, installation.clock()).name
