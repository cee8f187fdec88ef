"""What leaves the house: an audit trail by the decisions on its columns, and an answer about look-ups."""

from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.walking import Walk

_LOOK_UPS = "time,account,record\n2025-03-03 10:00,nobody7,permits/1\nsoon,nobody7,permits/2\n"


def test_a_trail_is_decided_written_and_downloaded(city_site: Site) -> None:
    walk = city_site.signed_in("official", width=320, scripts=False)
    walk.page.goto("/logs/landdesk")
    walk.follow("What of it may be handed out")
    walk.press("Write it as CSV")
    walk.follow("No column of landdesk is released")
    column = walk.page.locator("#column option").nth(1).inner_text()
    _decide(walk, column, "release", "")
    walk.reads("Name the law")
    expect(walk.page.get_by_label("Column", exact=True)).to_have_value(column)
    _decide(walk, column, "release", "Minn. Stat. 13.82 subd. 7")
    walk.reads("Minn. Stat. 13.82 subd. 7")
    walk.press("Write it as CSV")
    walk.heading("The trail of landdesk is written")
    walk.reads(f"Released: {column} (Minn. Stat. 13.82 subd. 7")
    walk.reads("Withheld, as nothing is decided of them")
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Download landdesk.csv").click()
    assert download.value.path().read_text("utf-8").startswith(f"{column}\n")
    walk.follow("Release of landdesk")
    walk.reads("official: ")


def test_a_list_of_look_ups_is_answered_and_given_as_a_workbook(city_site: Site) -> None:
    walk = city_site.signed_in("auditor", width=320, scripts=False)
    walk.page.goto("/reports")
    walk.follow("Answer a list of look-ups")
    walk.press("Answer")
    walk.reads("another look")
    expect(walk.page.get_by_role("alert")).to_be_focused()
    walk.page.get_by_label("Pasted list").fill(_LOOK_UPS)
    walk.page.get_by_label("Source", exact=True).select_option("landdesk")
    walk.press("Answer")
    walk.reads("nobody7")
    walk.reads("Rows that could not be answered")
    with walk.page.expect_download():
        walk.page.get_by_role("button", name="Give the workbook").click()


def _decide(walk: Walk, column: str, decision: str, citation: str) -> None:
    walk.page.get_by_label("Column", exact=True).select_option(column)
    walk.page.get_by_label("Decision", exact=True).select_option(decision)
    walk.page.get_by_label("The law that it rests on").fill(citation)
    walk.press("Save")
