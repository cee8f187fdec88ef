"""A compliance official's week: a log comes in, an audit is run, findings are dealt with, a workbook is handed on."""

import csv
import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from app.jobs.beats import Beats
from config.jobs.queue import taken_job
from tests.browser.conftest import Manner, Site
from tests.browser.walking import Walk

_KEY = re.compile("[0-9a-f]{16}")
_LOG = """time,account,resource,action,subject,purpose
2025-12-30T15:00:00Z,kiosk7,plans/vault-1,view,,
2025-12-30T15:05:00Z,kiosk7,plans/vault-2,view,,
soon,kiosk7,plans/vault-2,view,,
"""


def test_an_official_imports_a_log_and_audits_it(city_site: Site, manner: Manner, tmp_path: Path) -> None:
    walk = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    walk.check()
    walk.go("/logs")
    _add_source(walk)
    _import(walk, city_site, tmp_path)
    _audit(walk, city_site)

    walk.go("/findings?who=kiosk7")
    assert walk.page.locator("tbody tr").count() == 2
    walk.reads("uninventoried resource")
    walk.go("/logs/kiosks/mapping")
    _answer(walk)


def test_an_official_narrows_the_findings_exports_them_and_looks_at_one(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    walk.go("/findings")
    walk.page.get_by_text("Narrow the list").click()
    walk.page.get_by_label("Verdict").select_option("unauthorized")
    walk.page.get_by_label("Department").fill("no such department")
    walk.press("Show")
    walk.reads("no such department")
    walk.page.get_by_label("Department").fill("")
    walk.press("Show")

    shown = walk.page.locator("tbody th").all_inner_texts()
    assert len(shown) > 1
    assert _exported(walk.page) == sorted(shown)
    assert _exported_as_workbook(walk.page) == sorted(shown)
    _keep_view(walk)

    walk.page.get_by_label("Reason", exact=True).select_option("assignment_ended")
    walk.press("Show")
    walk.page.locator("tbody th a").click()
    walk.check()
    expect(
        walk.page.get_by_role("img", name="Who held", exact=False).or_(walk.page.locator(".lanes-drawing"))
    ).to_be_visible()
    walk.reads("landdesk: landdesk.csv.gz, record 152")
    walk.page.get_by_text("The same as a table").click()
    expect(walk.page.locator(".lanes-table table")).to_be_visible()


def test_an_official_moves_findings_alone_and_together(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    page = walk.page
    walk.go("/findings")
    page.locator("tbody th a").first.click()
    page.get_by_label("Move to").select_option("dismissed")
    page.get_by_label("Note").fill("Her supervisor has the letter")
    walk.press("Record")
    walk.reads("A finding is dismissed for one of these reasons")
    expect(page.get_by_label("Note")).to_have_value("Her supervisor has the letter")
    page.get_by_label("Move to").select_option("under_review")
    walk.press("Record")
    walk.reads("open to under review. Her supervisor has the letter")

    walk.go("/findings?status=open")
    walk.press("Record")
    walk.reads("Choose the findings that are meant")
    keys = page.locator("tbody th").all_inner_texts()[:2]
    for key in keys:
        page.get_by_label(f"Choose {key}").check()
    together = page.get_by_role("group", name="Make the same of all chosen")
    together.get_by_label("Move to").select_option("under_review")
    together.get_by_label("Note").fill("Asked both")
    walk.press("Record")
    for key in keys:
        walk.reads(f"{key}: is under review")


def test_an_official_hands_a_workbook_on(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    walk.go("/reports")
    walk.page.get_by_text("Findings of the access audit", exact=True).click()
    walk.press("Produce the workbook: Findings of the access audit")
    city_site.work_off()
    walk.look_again()
    walk.go("/reports")

    with walk.page.expect_download() as download:
        walk.page.locator("tbody th a").click()
    with zipfile.ZipFile(download.value.path()) as workbook:
        assert workbook.testzip() is None


def test_an_official_keeps_the_inventory(city_site: Site, manner: Manner) -> None:
    walk = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    page = walk.page
    walk.go("/inventory")
    walk.follow("911 Call Recordings")
    walk.follow("Change")
    page.get_by_label("Name of the record").fill("")
    page.get_by_label("Classification", exact=True).fill("secret")
    walk.press("Save")
    expect(page.get_by_label("Classification", exact=True)).to_have_value("secret")
    page.get_by_label("Name of the record").fill("911 Call Recordings")
    walk.press("Save")
    walk.reads('"secret" in the classification cannot be read')
    walk.follow("Change")
    page.get_by_label("Classification", exact=True).fill("private")
    page.get_by_label("Add a class").select_option("nonpublic")
    walk.press("Save")
    walk.heading("911 Call Recordings")
    walk.reads("private; nonpublic")

    walk.go("/inventory/unread")
    before = page.locator("section.thirteen-unread").count()
    page.get_by_label("Who is meant").first.fill("nobody known")
    walk.press("Resolve", first=True)
    page.get_by_label("Who is meant").first.fill("all employees")
    walk.press("Resolve", first=True)
    walk.press("Dismiss", first=True)
    assert page.locator("section.thirteen-unread").count() == before - 2


def _add_source(walk: Walk) -> None:
    walk.follow("Add a source")
    walk.page.get_by_label("Zone of times").fill("the moon")
    walk.press("Add")
    expect(walk.page.get_by_label("Zone of times")).to_have_value("the moon")
    walk.page.get_by_label("Name", exact=True).fill("kiosks")
    walk.page.get_by_label("Format").select_option("csv")
    walk.page.get_by_label("Zone of times").fill("America/Chicago")
    walk.press("Add")
    walk.heading("Source kiosks")


def _import(walk: Walk, site: Site, folder: Path) -> None:
    (folder / "kiosks.csv").write_text(_LOG, encoding="utf-8")
    walk.follow("Import logs of kiosks")
    walk.page.get_by_label("Log files").set_input_files(folder / "kiosks.csv")
    walk.press("Send, and see how they would be read")
    site.work_off()
    walk.look_again()
    walk.reads("1 account that no list of accounts names")
    walk.reads("plans/vault-2")
    walk.press("Import")
    site.work_off()
    walk.look_again()
    walk.reads("2 added, 0 already known, 1 unreadable")


def _answer(walk: Walk) -> None:
    """Say what the names of the log mean that map to nothing, each at its place."""
    walk.page.get_by_label("Employee: id or full name of kiosk7").fill("nobody known")
    walk.press("Save the answer to kiosk7")
    walk.follow("nobody known")
    walk.page.get_by_label("It is of kiosk7").select_option("shared")
    walk.page.get_by_label("Employee: id or full name of kiosk7").fill("")
    walk.press("Save the answer to kiosk7")
    walk.reads("Every one of the accounts maps to something")

    walk.follow("Resources")
    pattern = walk.page.get_by_label("Pattern of plans/vault-1")
    pattern.fill("plans/*")
    walk.press("What would it match? The pattern of plans/vault-1")
    expect(walk.page.get_by_role("region", name="What the pattern would match")).to_contain_text("2 resources")
    walk.page.get_by_label("Series: code or name, public or ignore of plans/vault-1").fill("public")
    walk.press("Save the answer to plans/vault-1")
    walk.reads("Every one of the resources maps to something")


def _audit(walk: Walk, site: Site) -> None:
    walk.follow("Audit now")
    walk.page.get_by_label("First day").fill("someday")
    walk.press("Audit")
    expect(walk.page.get_by_label("First day")).to_have_value("someday")
    walk.page.get_by_label("First day").fill("")
    walk.press("Audit")
    walk.reads("The job is queued")
    with taken_job(site.installation, "a worker that dies") as job:
        assert job is not None
        with Beats(site.installation, job, seconds_between=3_600) as beats:
            beats.step("Deciding", 0.4)
            beats.beat()
            if not walk.has_scripts:
                walk.page.get_by_role("link", name="Look again").click()
            expect(walk.page.get_by_role("progressbar")).to_have_attribute("value", "40")
            walk.check()
    site.work_off()
    walk.look_again()
    walk.follow("Audit 4", first=True)
    walk.reads("1,002 accesses")


def _keep_view(walk: Walk) -> None:
    """Save how the list is narrowed, come back to it, and delete it."""
    open_up = walk.page.get_by_text("Save this view, or delete one")
    open_up.click()
    walk.press("Save it")
    walk.follow("Give it a name")
    walk.page.get_by_label("Name of this view").fill("Those to look at")
    walk.press("Save it")
    walk.page.goto("/findings")
    walk.follow("Those to look at")
    expect(walk.page.get_by_label("Verdict")).to_have_value("unauthorized")
    open_up.click()
    walk.press("Delete the view Those to look at")
    expect(walk.page.get_by_role("list", name="Your views")).to_have_count(0)
    walk.page.go_back()


def _exported_as_workbook(page: Page) -> list[str]:
    with page.expect_download() as download:
        page.get_by_role("link", name="as a workbook").click()
    sheets = load_workbook(BytesIO(download.value.path().read_bytes()), read_only=True).worksheets
    cells = (str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return sorted({cell for cell in cells if _KEY.fullmatch(cell)})


def _exported(page: Page) -> list[str]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Export these").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as lines:
        return sorted(row["key"] for row in csv.DictReader(lines))
