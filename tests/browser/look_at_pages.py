"""Takes every page of a sample city that is being served, at 1280 and 320 px, to be looked at.

Run it beside `make demo` and `make serve`: `python -m tests.browser.look_at_pages FOLDER`.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from app.sample_city.sign_ins import PASSWORD

_CHROMIUM = "/usr/bin/chromium"
_ALL = {
    "official": (
        *("/", "/findings", "/findings?reason=backdated", "/inventory", "/inventory/unread", "/people", "/positions"),
        *(
            "/accounts",
            "/duties",
            "/duties/new",
            "/logs",
            "/logs/upload",
            "/logs/new",
            "/logs/hris",
            "/logs/hris/mapping",
            "/audits",
        ),
        *("/audits/3", "/imports", "/imports/new", "/reports", "/admin/jobs", "/admin/schedule", "/search?q=king"),
        *("/me", "/me/looks"),
        *("/inventory/versions", "/inventory/published", "/inventory/difference?before=1&after=2", "/entity"),
        *("/inventory/compared", "/inventory/reviews", "/documents", "/documents/data-subjects"),
        *("/reviews", "/reviews/1", "/reviews/new", "/logs/hris/release", "/assurance", "/notices", "/me/notices"),
    ),
    "hr": ("/", "/people", "/accounts?left=1", "/imports", "/reports"),
    "manager": ("/", "/my-people", "/my-people/delegations", "/duties", "/duties/new", "/people", "/reviews/1"),
    "employee": ("/", "/me", "/me/access", "/me/looks", "/duties/new", "/notices", "/me/second-factor"),
    "auditor": ("/", "/findings", "/logs", "/audits", "/imports", "/reports"),
    "administrator": (
        "/",
        "/admin/officials",
        "/admin/jobs",
        "/admin/schedule",
        "/admin/mails",
        "/admin/backup",
        "/me",
    ),
}


def main() -> None:
    """Take every page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path, help="where the pictures are put")
    asked.add_argument("--address", default="http://localhost:8013", help="where the sample city is served")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        _take_all(browser, given.address, given.folder)
        browser.close()


def _take_all(browser: Browser, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for width in (1280, 320):
        for login, paths in _ALL.items():
            with _signed_in(browser, address, login, width) as page:
                for path in paths:
                    page.goto(path)
                    name = "".join(letter if letter.isalnum() else "-" for letter in f"{login}{path}")
                    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


@contextmanager
def _signed_in(browser: Browser, address: str, login: str, width: int) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    yield page
    context.close()


if __name__ == "__main__":
    main()
