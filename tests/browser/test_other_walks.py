"""The paths of an auditor, who changes nothing, and of an administrator, who sees nobody's data."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import City, Manner, Site
from tests.browser.walking import Walk

_READ = (
    *("/findings", "/inventory", "/inventory/unread", "/people", "/positions", "/accounts", "/duties", "/logs"),
    *("/logs/records", "/audits", "/audits/3", "/imports", "/reports", "/entity", "/inventory/versions"),
    *("/inventory/published", "/inventory/difference?before=1&after=2", "/inventory/compared", "/inventory/reviews"),
    *("/documents", "/documents/security"),
)
_CHANGING = ("Record", "Change", "Import", "Add", "Take back", "Resolve", "Dismiss", "Grant", "Audit", "Save")


def test_an_auditor_reads_all_and_changes_nothing(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("auditor", width=manner[0], scripts=manner[1])
    walk.check()
    for path in _READ:
        walk.go(path)
        main = walk.page.locator("main")
        offered = [*main.get_by_role("button").all_inner_texts(), *main.locator("a.usa-button").all_inner_texts()]
        assert not [name for name in offered if name.startswith(_CHANGING)], path
    walk.go("/findings")
    with walk.page.expect_download():
        walk.page.get_by_role("link", name="Export these").click()
    walk.page.locator("tbody th a").first.click()
    walk.check()
    expect(walk.page.get_by_role("heading", name="What to make of it")).to_have_count(0)


@pytest.mark.parametrize("path", ["/findings/moves", "/imports/1/undo", "/audits", "/inventory/unread"])
def test_what_an_auditor_sends_all_the_same_is_refused(city_site: Site, path: str) -> None:
    walk = city_site.signed_in("auditor")
    form = f"<form method=post action='{path}'><button>Send</button></form>"
    walk.page.evaluate("form => { document.querySelector('main').innerHTML = form; }", form)
    walk.page.get_by_role("button", name="Send").click()
    walk.reads("may not")
    walk.check()


def test_an_administrator_sees_officials_jobs_schedule_and_backups_and_nobodys_data(
    city: City, city_site: Site, manner: Manner, tmp_path: Path
) -> None:
    with (city.files / "employees.csv").open(encoding="utf-8", newline="") as lines:
        names = {row["name"] for row in csv.DictReader(lines)}
    walk = city_site.signed_in("administrator", width=manner[0], scripts=manner[1])
    walk.check()
    for path in ("/me", "/notices", "/me/notices", "/admin/mails", "/admin/officials"):
        walk.go(path)
    walk.follow("auditor")
    walk.go("/admin/schedule")
    cadence = walk.page.get_by_label("When nightly audit is done")
    cadence.fill("whenever")
    walk.press("Save nightly audit")
    walk.reads("The schedule was not changed")
    cadence.fill("weekdays at 06:00")
    walk.press("Save nightly audit")
    walk.reads("weekdays at 06:00")
    walk.press("Run nightly audit now")
    walk.go("/admin/jobs")
    city_site.work_off()
    walk.go("/admin/jobs")
    _back_up(walk, city_site, tmp_path / "backups")
    walk.page.goto("/admin/jobs")
    text = walk.page.locator("main").inner_text()
    assert not [name for name in names if name in text]
    for path in ("/people", "/findings", "/my-people", "/accounts"):
        walk.go(path)
        walk.reads("may not")


def _back_up(walk: Walk, site: Site, folder: Path) -> None:
    walk.go("/admin/backup")
    walk.reads("THIRTEEN_BACKUP_DIR")
    folder.mkdir()
    site.installation.settings.backup_dir = folder
    walk.page.goto("/admin/backup")
    walk.press("Back up now")
    site.work_off()
    walk.look_again()
    walk.go("/admin/backup")
    (written,) = folder.iterdir()
    walk.reads(written.name)
