"""A real browser, and the service on a port of this machine; skipped where there is no chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from config.settings import Settings
from tests.app.service.serving import PASSWORD, Service, serve

_CHROMIUM = Path("/usr/bin/chromium")
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_BREACHES = """
    window.breaches = [];
    document.addEventListener('securitypolicyviolation', one => window.breaches.push(one.violatedDirective));
"""


@dataclass(frozen=True)
class Site:
    """The service at an address, with what opens it in a browser."""

    service: Service
    address: str
    browser: Browser

    def signed_in(self, login: str, *, width: int = 1280, scripts: bool = True) -> Page:
        """Open a page and sign in."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        if scripts:
            context.add_init_script(_BREACHES)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Login").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        return page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    if not _CHROMIUM.exists():
        pytest.skip(f"needs chromium at {_CHROMIUM}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.fixture
def site(engine: Engine, settings: Settings, chromium: Browser) -> Iterator[Site]:
    """Give the service of a new city, in the browser."""
    service = serve(engine, settings)
    with _listening(service) as address:
        site = Site(service, address, chromium)
        yield site
        for context in chromium.contexts:
            context.close()


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Give what holds a page to WCAG 2.1 AA, to the content security policy, and to its own width."""
    return _check


def _check(page: Page) -> None:
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("window.breaches") == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"


@contextmanager
def _listening(service: Service) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(service.app, port=0, log_level="error", lifespan="off"))
    config = server.config
    config.load()
    socket = config.bind_socket()
    thread = Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://localhost:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()
