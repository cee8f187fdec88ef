"""A real browser, and the service on a port of this machine; skipped where there is no chromium."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Engine

from app.data_folder import open_data_folder
from app.demo import demo
from app.jobs.work import do_next
from app.main import create_app
from app.newest_time import newest_time
from app.sample_city import sign_ins
from config.officials.officials import OfficialRequest, add_official, find_official
from config.officials.permissions import Role
from config.settings import Settings
from config.work import Installation
from inventory.entity_time import entity_zone
from tests.app.service.serving import PASSWORD, Service, serve
from tests.browser.walking import Walk

_CHROMIUM = Path("/usr/bin/chromium")
_LONGEST_WAIT = 30_000  # in milliseconds, on a machine that has other things to do as well
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class Site:
    """The service at an address, with what opens it in a browser."""

    installation: Installation
    address: str
    browser: Browser
    password: str

    def signed_in(self, login: str, *, width: int = 1280, scripts: bool = True) -> Walk:
        """Open a browser and sign in with it."""
        walk = self.visitor(width=width, scripts=scripts)
        walk.page.goto("/sign-in")
        walk.page.get_by_label("Login").fill(login)
        walk.page.get_by_label("Password").fill(self.password)
        walk.page.get_by_role("button", name="Sign in").click()
        walk.page.wait_for_url("**/")
        return walk

    def visitor(self, *, width: int = 1280, scripts: bool = True) -> Walk:
        """Open a browser with which nobody has signed in."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        context.set_default_timeout(_LONGEST_WAIT)
        return Walk(context.new_page(), scripts)

    def let_in(self, login: str, role: Role, employee_id: str, name: str = "") -> None:
        """Let an employee sign in too, with the password that all have here."""
        with self.installation.change() as work:
            known = find_official(work.session, "official")
            assert known is not None
            request = OfficialRequest(login, name or login.title(), [role], employee_id, known.password)
            add_official(work.session, request, now=work.now, by=work.by)

    def work_off(self) -> None:
        """Do all jobs that are asked for."""
        while do_next(self.installation, "test"):
            pass


@dataclass(frozen=True)
class City:
    """The sample city at a small size: the files that it would import, and its own data folder."""

    files: Path
    data_dir: Path


Manner = tuple[int, bool]


@pytest.fixture(params=[(1280, True), (320, False)], ids=["scripts-1280px", "no-scripts-320px"])
def manner(request: pytest.FixtureRequest) -> Manner:
    """Give how a path is walked: at which width, and whether with scripts."""
    manner: Manner = request.param
    return manner


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    if not _CHROMIUM.exists():
        pytest.skip(f"needs chromium at {_CHROMIUM}")
    expect.set_options(timeout=_LONGEST_WAIT)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def city(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> City:  # noqa: ARG001 - no browser, no city
    """Give the sample city, audited, with a finding for each reason."""
    folder = tmp_path_factory.mktemp("sample") / "city"
    # what it tells is for whoever runs it, and no log, so persons have their names there
    with pytest.MonkeyPatch.context() as patched, redirect_stderr(StringIO()):
        patched.setattr("app.demo.who_asks", lambda: "clerk")  # on every machine
        demo(folder, events=1_000, employees=60)
    return City(folder / "city", folder / "thirteen-data")


@pytest.fixture
def city_site(city: City, chromium: Browser, tmp_path: Path) -> Iterator[Site]:
    """Give the service of the sample city as the demo leaves it, in the browser."""
    settings = Settings(data_dir=tmp_path / "data", database_url=None)
    shutil.copytree(city.data_dir, settings.data_dir)
    engine = open_data_folder(settings)
    installation = Installation(settings, engine, "test", entity_zone, newest_time)
    with _in_browser(create_app(installation), installation, chromium, sign_ins.PASSWORD) as site:
        yield site
    engine.dispose()


@pytest.fixture
def new_site(engine: Engine, settings: Settings, chromium: Browser) -> Iterator[tuple[Site, Service]]:
    """Give the service of a new city, in the browser, and as tests ask it otherwise."""
    service = serve(engine, settings)
    with _in_browser(service.app, service.installation, chromium, PASSWORD) as site:
        yield site, service


@contextmanager
def _in_browser(app: FastAPI, installation: Installation, chromium: Browser, password: str) -> Iterator[Site]:
    with _listening(app) as address:
        yield Site(installation, address, chromium, password)
        for context in chromium.contexts:
            context.close()


@contextmanager
def _listening(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    server.config.load()
    socket = server.config.bind_socket()
    thread = Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://localhost:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()
