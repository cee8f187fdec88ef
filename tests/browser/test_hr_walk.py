"""Human resources' path: a roster is looked at row by row, applied and taken back; who holds what position."""

import csv
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import City, Manner, Site
from tests.browser.walking import Walk

_ROSTER = "roster-2025-10-01.csv"
_NEW = {"employee_id": "E20001", "name": "Ada Newhire", "title": "City Clerk", "department": "City Clerk's Office"}


def test_hr_uploads_a_roster_looks_at_it_applies_it_and_takes_it_back(
    city: City, city_site: Site, manner: Manner, tmp_path: Path
) -> None:
    roster = _later_roster(city.files / _ROSTER, tmp_path / "roster.csv")
    walk = city_site.signed_in("hr", width=manner[0], scripts=manner[1])
    walk.check()
    walk.follow("Import a roster")
    _send(walk, roster, "31 Febtober")
    walk.reads("These need another look" if walk.page.locator("#faults li").count() > 1 else "This needs another look")
    _send(walk, roster, "2025-12-31")
    city_site.work_off()
    walk.look_again()
    for told in ("1 hired", "1 left", "1 moved", "1 renamed", "Ada Newhire"):
        walk.reads(told)
    walk.page.get_by_label("With the text").fill("Newhire")
    walk.press("Show")
    walk.reads("Ada Newhire")
    for stop in walk.page.get_by_label("It is meant").all():
        walk.page.get_by_text("It is meant, however much it changes").click()
        expect(stop).to_be_checked()
    walk.press("Apply")
    city_site.work_off()
    walk.look_again()
    walk.reads("It was imported")

    walk.go("/people?q=Newhire")
    walk.reads("City Clerk")
    walk.go("/imports")
    walk.follow("Take back import", first=True)
    walk.reads("Ada Newhire")
    walk.follow("Leave it as it is")
    walk.follow("Take back import", first=True)
    walk.press("Take back import")
    walk.go("/people?q=Newhire")
    walk.reads("Nobody fits")


def test_hr_looks_at_people_positions_and_accounts(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("hr", width=manner[0], scripts=manner[1])
    walk.go("/people")
    walk.page.get_by_label("Name, id or e-mail").fill("Chavez")
    walk.press("Show")
    walk.follow("Todd Chavez")
    walk.follow("Water Quality Technician")
    walk.reads("Before or later")
    expect(walk.page.get_by_label("Ready to be copied")).to_be_visible()
    walk.page.get_by_label("As of").fill("2024-06-01")
    walk.press("Show")
    walk.go("/positions")
    walk.go("/accounts?left=1")
    walk.reads("Paula Kowalski")


def _send(walk: Walk, roster: Path, as_of: str) -> None:
    walk.page.get_by_label("What the file holds").select_option("roster")
    walk.page.get_by_label("File", exact=True).set_input_files(roster)
    walk.page.get_by_label("the day on which it was complete").fill(as_of)
    walk.press("Send, and see what it would change")


def _later_roster(old: Path, new: Path) -> Path:
    """Write a roster by which one was hired, one left, one moved and one bears another name."""
    with old.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    managers = {row["manager_id"] for row in rows}
    left, moved, renamed = [row for row in rows if row["employee_id"] not in managers][:3]
    moved |= {"title": "City Clerk", "department": "City Clerk's Office"}
    renamed["name"] = f"{renamed['name'].split()[0]} Othername"
    rows = [*(row for row in rows if row is not left), rows[-1] | _NEW | {"hire_date": "2025-12-01"}]
    with new.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return new
