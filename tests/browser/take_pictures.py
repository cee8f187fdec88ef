"""Takes the pictures of the pages of help, and of every page where asked for, of a sample city that is being served.

Run it beside `make demo` and `make serve`: `python -m tests.browser.take_pictures`, and with `--all FOLDER` for every
page at 1280 and 320 px, to be looked at.
"""

import argparse
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from app.sample_city.sign_ins import PASSWORD

_CHROMIUM = "/usr/bin/chromium"
_DOCS = Path(__file__).resolve().parents[2] / "app" / "help" / "pictures"
_HIRED = {"employee_id": "E20001", "name": "Ada Newhire", "title": "City Clerk", "department": "City Clerk's Office"}
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
    ),
    "hr": ("/", "/people", "/accounts?left=1", "/imports", "/reports"),
    "manager": ("/", "/my-people", "/duties", "/duties/new", "/people"),
    "auditor": ("/", "/findings", "/logs", "/audits", "/imports", "/reports"),
    "administrator": ("/", "/admin/officials", "/admin/jobs", "/admin/schedule", "/me"),
}


def main() -> None:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--address", default="http://localhost:8013", help="where the sample city is served")
    asked.add_argument("--city", type=Path, default=Path("sample-city/city"), help="the files of the sample city")
    asked.add_argument("--all", type=Path, metavar="FOLDER", help="take every page at 1280 and 320 px into a folder")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        if given.all:
            _take_all(browser, given.address, given.all)
        else:
            _take_documented(browser, given.address, given.city)
        browser.close()


def _take_documented(browser: Browser, address: str, city: Path) -> None:
    with _signed_in(browser, address, "official", 1280) as page:
        for name, path in (
            ("home", "/"),
            ("findings", "/findings?verdict=unauthorized"),
            ("mapping", "/logs/hris/mapping"),
        ):
            page.goto(path)
            _take(page, name)
        page.goto("/findings?reason=assignment_ended")
        page.locator("tbody a").first.click()
        _take(page, "finding-page")
    with _signed_in(browser, address, "hr", 1280) as page, TemporaryDirectory() as folder:
        _preview_roster(page, _later_roster(city, Path(folder)))
        _take(page, "roster-preview")
        page.get_by_role("button", name="Discard").click()
    with _signed_in(browser, address, "manager", 1280) as page:
        _preview_duty(page)
        _take(page, "duty-meaning")


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.screenshot(path=_DOCS / f"{name}.png")


def _preview_duty(page: Page) -> None:
    page.goto("/my-people")
    page.get_by_role("link", name="Grant a duty to").first.click()
    page.get_by_label("Data series").select_option(index=2)
    page.get_by_label("From").fill("2025-12-01")
    page.get_by_label("Until").fill("2025-12-31")
    page.get_by_label("Reason").fill("covers for a colleague who is ill")
    page.get_by_role("button", name="Go on").click()


def _preview_roster(page: Page, roster: Path) -> None:
    page.goto("/imports/new?kind=roster")
    page.get_by_label("File", exact=True).set_input_files(roster)
    page.get_by_label("the day on which it was complete").fill("2025-12-31")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="What it would change").wait_for()


def _later_roster(city: Path, folder: Path) -> Path:
    """Write a roster by which one was hired, two left, and one bears another name."""
    with next(city.glob("roster-*.csv")).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[-4]["name"] = f"{rows[-4]['name'].split()[0]} Othername"
    rows = [*rows[:-2], rows[-1] | _HIRED | {"hire_date": "2025-12-01"}]
    with (folder / "roster-2025-12-31.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return Path(out.name)


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
