"""Takes the pictures of the pages of help anew, from the service of the sample city: `make pictures`."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page
from sqlmodel import col, select

from access.models import Employee
from audit.models import Finding
from config.officials.permissions import Role
from config.recorded import current
from tests.browser.album import ALBUM, Album
from tests.browser.conftest import City, Site

pytestmark = pytest.mark.pictures

_ALBUM = Album(ALBUM)
_HIRED = {"employee_id": "E20001", "name": "Ada Newhire", "title": "City Clerk", "department": "City Clerk's Office"}
_LOOK_UPS = """time,account,record
2025-03-03 10:00,OTTERPRAIRIE\\skrueger,RMS/fire_operations/firefighter_exposure_records/007946
2025-03-04 14:30,nobody7,RMS/fire_operations/firefighter_exposure_records/006431
soon,nobody7,RMS/fire_operations/firefighter_exposure_records/006431
"""


def test_what_an_official_reads(city_site: Site) -> None:
    page = city_site.signed_in("official").page
    for name, path in (
        ("home", "/"),
        ("findings", "/findings?verdict=unauthorized"),
        ("mapping", "/logs/hris/mapping"),
        ("review", "/reviews/1"),
        ("published", "/inventory/published/2"),
        ("difference", "/inventory/difference?before=1&after=2"),
    ):
        page.goto(path)
        _ALBUM.take(page, name)
    page.goto("/findings?reason=assignment_ended")
    page.locator("tbody a").first.click()
    _ALBUM.take(page, "finding-page")


def test_what_an_official_hands_out(city_site: Site) -> None:
    page = city_site.signed_in("official").page
    page.goto("/logs/records/release")
    columns = page.locator("#column option").all_inner_texts()[1:]
    for column, decision in zip(columns, ("release", "mask", "withhold", "release"), strict=False):
        page.get_by_label("Column", exact=True).select_option(column)
        page.get_by_label("Decision", exact=True).select_option(decision)
        page.get_by_label("The law that it rests on").fill("as the city's attorney advised")
        page.get_by_role("button", name="Save").click()
    _ALBUM.take(page, "release")
    page.get_by_role("button", name="Write it as CSV").click()
    _ALBUM.take(page, "release-written")

    page.goto("/assurance")
    page.get_by_label("Pasted list").fill(_LOOK_UPS)
    page.get_by_label("Source", exact=True).select_option("records")
    page.get_by_role("button", name="Answer").click()
    _ALBUM.take(page, "assurance")


def test_what_human_resources_looks_at_before_a_roster_is_applied(city: City, city_site: Site, tmp_path: Path) -> None:
    page = city_site.signed_in("hr").page
    page.goto("/imports/new?kind=roster")
    page.get_by_label("File", exact=True).set_input_files(_later_roster(city.files, tmp_path))
    page.get_by_label("the day on which it was complete").fill("2025-12-31")
    page.get_by_role("button", name="Send").click()
    city_site.work_off()
    page.get_by_role("heading", name="What it would change").wait_for()
    _ALBUM.take(page, "roster-preview")


def test_what_a_manager_decides(city_site: Site) -> None:
    page = city_site.signed_in("manager").page
    _preview_duty(page)
    _ALBUM.take(page, "duty-meaning")
    page.goto("/")
    page.get_by_role("link", name="Temporary duties asked for").click()
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="What would it mean?").first.click()
    _ALBUM.take(page, "request")
    page.goto("/reviews/1?state=waiting")
    _ALBUM.take(page, "review-answers", above="Grants", height=700)


def test_what_an_employee_sees_and_is_asked(city_site: Site) -> None:
    with city_site.installation.read() as work:
        asked = select(Finding.key, Finding.who).where(Finding.who_is_employee, Finding.status == "open")
        key, who = work.session.exec(asked.where(col(Finding.figures_id).is_not(None)).order_by(Finding.key)).all()[0]
        called = select(Employee.name).where(Employee.employee_id == who, current(Employee))
        name = work.session.exec(called).one()
    city_site.let_in("asked", Role.EMPLOYEE, who, name)
    page = city_site.signed_in("official").page
    page.goto(f"/findings/{key}")
    page.get_by_label("Move to").select_option("under_review")
    page.get_by_label("Note").fill("What were these look-ups for?")
    page.get_by_label("Employee who is to explain it").fill(who)
    page.get_by_label("Last day for the explanation").fill((datetime.now(UTC) + timedelta(days=14)).date().isoformat())
    _ALBUM.take(page, "ask", above="What to make of it")
    page.get_by_role("button", name="Record").click()

    page = city_site.signed_in("asked").page
    for name, path in (("explain", f"/findings/{key}/answer"), ("own-access", "/me/access"), ("looks", "/me/looks")):
        page.goto(path)
        _ALBUM.take(page, name)


def test_how_a_second_factor_is_set_up_and_signed_in_with(city_site: Site) -> None:
    page = city_site.signed_in("hr").page
    page.goto("/me/second-factor")
    _ALBUM.take(page, "second-factor")
    codes = pyotp.TOTP(page.locator("#key").inner_text().replace(" ", ""))
    page.get_by_label("Password").fill(city_site.password)
    page.get_by_label("Code").fill(codes.now())
    page.get_by_role("button", name="Set it up").click()
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Login").fill("hr")
    page.get_by_label("Password").fill(city_site.password)
    page.get_by_label("Code").fill("318 204")
    _ALBUM.take(page, "sign-in")


def test_what_an_administrator_sees(city_site: Site) -> None:
    page = city_site.signed_in("administrator").page
    page.goto("/admin/officials")
    _ALBUM.take(page, "officials", height=700)


def _preview_duty(page: Page) -> None:
    page.goto("/my-people")
    page.get_by_role("link", name="Grant a duty to").first.click()
    page.get_by_label("Data series").select_option(index=2)
    page.get_by_label("From").fill("2025-12-01")
    page.get_by_label("Until").fill("2025-12-31")
    page.get_by_label("Reason").fill("covers for a colleague who is ill")
    page.get_by_role("button", name="Go on").click()


def _later_roster(files: Path, folder: Path) -> Path:
    """Write a roster by which one was hired, two left, and one bears another name."""
    with next(files.glob("roster-*.csv")).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[-4]["name"] = f"{rows[-4]['name'].split()[0]} Othername"
    rows = [*rows[:-2], rows[-1] | _HIRED | {"hire_date": "2025-12-01"}]
    with (folder / "roster-2025-12-31.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return Path(out.name)
